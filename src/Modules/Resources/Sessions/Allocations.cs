using ClusterNet.EventStore;
using ClusterNet.Projections;
using ClusterNet.Resources.Bookings;
using ClusterNet.Resources.Pool;
using NpgsqlTypes;

namespace ClusterNet.Resources.Sessions;

/// <param name="During">The session, and the time that the resource needs before and after it.</param>
internal sealed record AllocationRow(
    Id<Session> Session, Id<Resource> Resource, int Unit, NpgsqlRange<DateTimeOffset> During, long Version);

/// <summary>
/// The guard against double booking: which session has which unit of which resource when. PostgreSQL refuses two rows of one
/// unit whose times overlap. The trigger locks the resource first: bookings of one resource take turns, where the constraint alone would
/// let two of them wait for each other.
/// </summary>
internal sealed class Allocations() : InlineRows<SessionEvent, AllocationRow>(ResourcesModule.Name, Table, "session")
{
    public const string Script = """
        create extension if not exists btree_gist with schema public;
        create function resources.hold() returns trigger language plpgsql as $$
        declare resource record;
        begin
            select p.active, p.withdrawn_at into resource from resources.pool p where p.id = new.resource for update;
            if not found or (not resource.active and upper(new.during) > resource.withdrawn_at) then
                raise exception 'the resource is not in the pool'
                    using errcode = 'unique_violation', constraint = 'allocation_in_pool', schema = 'resources', table = 'allocation';
            end if;
            return new;
        end $$;
        """;

    public static readonly Table<AllocationRow> Table = new(
        ResourcesModule.Name, "allocation", nameof(AllocationRow.Session), nameof(AllocationRow.Resource), nameof(AllocationRow.Unit))
    {
        Guard = true,
        Constraints = ["constraint allocation_no_overlap exclude using gist (resource with =, unit with =, during with &&)"],
        Triggers = [("before insert or update", "resources.hold()")],
    };

    protected override IReadOnlyList<AllocationRow> Apply(IReadOnlyList<AllocationRow> rows, Recorded<SessionEvent> recorded) =>
        recorded.Fact switch
        {
            SessionBooked e => Rows(recorded, e.Uses, e.StartsAt, e.EndsAt),
            SessionConfirmed e => Rows(recorded, e.Uses, e.StartsAt, e.EndsAt),
            SessionMoved e => Rows(recorded, e.Uses, e.StartsAt, e.EndsAt),
            SessionCancelled => [],
            _ => rows,
        };

    /// <summary>In one order for all sessions, so that two bookings that share several resources lock them alike.</summary>
    private static List<AllocationRow> Rows(
        Recorded<SessionEvent> recorded, IEnumerable<Use> uses, DateTimeOffset start, DateTimeOffset end) =>
        [
            .. from use in uses
            orderby use.Resource
            from unit in use.Units
            orderby unit
            select new AllocationRow(new(recorded.Stream), use.Resource, unit, new(start.AddMinutes(-use.Before), true, end.AddMinutes(use.After), false), recorded.Version),
        ];
}
