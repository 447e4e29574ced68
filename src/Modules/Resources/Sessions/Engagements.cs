using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Projections;
using ClusterNet.Resources.Bookings;
using NpgsqlTypes;

namespace ClusterNet.Resources.Sessions;

internal sealed record EngagementRow(Id<Session> Id, Id<Person> Trainer, NpgsqlRange<DateTimeOffset> During, long Version);

/// <summary>The guard that nobody teaches two sessions at a time, in whichever clusters they are.</summary>
internal sealed class Engagements() : InlineProjection<SessionEvent, EngagementRow>(ResourcesModule.Name, Table)
{
    public const string Script = """
        create function resources.hold_trainer() returns trigger language plpgsql as $$
        begin
            perform pg_advisory_xact_lock(hashtextextended('trainer/' || new.trainer, 7203215));
            return new;
        end $$;
        """;

    public static readonly Table<EngagementRow> Table = new(ResourcesModule.Name, "engagement", nameof(EngagementRow.Id))
    {
        Guard = true,
        Constraints = ["constraint engagement_no_overlap exclude using gist (trainer with =, during with &&)"],
        Triggers = [("before insert or update", "resources.hold_trainer()")],
    };

    protected override EngagementRow? Apply(EngagementRow? row, Recorded<SessionEvent> recorded) => recorded.Fact switch
    {
        SessionBooked { Trainer: { } trainer } e =>
            new(new(recorded.Stream), trainer, new(e.StartsAt, true, e.EndsAt, false), recorded.Version),
        SessionConfirmed { Trainer: { } trainer } e => new(new(recorded.Stream), trainer, new(e.StartsAt, true, e.EndsAt, false), recorded.Version),
        SessionMoved e when row is not null => row with { During = new(e.StartsAt, true, e.EndsAt, false), Version = recorded.Version },
        SessionCancelled => null,
        _ => row,
    };
}
