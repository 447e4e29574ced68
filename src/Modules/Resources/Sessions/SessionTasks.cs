using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Resources.Resources;
using Microsoft.Extensions.Localization;

namespace ClusterNet.Resources.Sessions;

/// <summary>Sessions of the next two weeks that one organised, gives, or has a seat in.</summary>
internal sealed class SessionTasks(Database database, IStringLocalizer<Texts> text, TimeProvider clock) : IHomeTasks
{
    private const int Days = 14, Most = 5;

    /// <summary>For $1: what concerns the person; seats name people inside the reservations.</summary>
    internal const string ConcernsMe =
        "standing = 'booked' and (booked_by = $1 or trainer = $1 or jsonb_path_exists(reservations, '$[*].people[*] ? (@ == $me)', jsonb_build_object('me', $1::text)))";

    public async Task<IReadOnlyList<HomeTask>> Of(Caller caller, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var rows = await database.Query(
            ResourcesModule.Name,
            Statement.Of(
                Sessions.Table.Select($"where {ConcernsMe} and starts_at > $2 and starts_at < $3 order by starts_at, id limit $4"),
                caller.Person.Value, now, now.AddDays(Days), Most),
            Sessions.Table.Read, ct);
        return [.. rows.Select(TaskOf)];
    }

    private HomeTask TaskOf(SessionRow row)
    {
        var on = DateOnly.FromDateTime(row.StartsAt.UtcDateTime);
        return new(
            "session-soon", text["TaskSession", row.Title.Or(text["SessionUntitled"])], $"/sessions/{row.Id}", on);
    }
}
