using ClusterNet.EventStore;
using ClusterNet.Projections;
using NpgsqlTypes;

namespace ClusterNet.Resources.Pool;

/// <param name="Number">Of the closed times of one exception, from 1.</param>
internal sealed record ClosureRow(Id<Resource> Resource, Id<HoursException> Exception, int Number, NpgsqlRange<DateTimeOffset> During, long Version);

/// <summary>
/// The guard against bookings on days on which a resource is closed: such a time and a booking never pass each other unseen, because both
/// lock the row of their resource.
/// </summary>
internal sealed class Closures() : InlineRows<ResourceEvent, ClosureRow>(ResourcesModule.Name, Table, "resource")
{
    /// <summary>Comes after the script of the allocations, whose function looks at closed times too from then on: a script that has run is not changed.</summary>
    public const string Script = """
        create function resources.shut() returns trigger language plpgsql as $$
        begin
            perform from resources.pool p where p.id = new.resource for update;
            if exists (select from resources.allocation a where a.resource = new.resource and a.during && new.during) then
                raise exception 'the resource is booked then'
                    using errcode = 'unique_violation', constraint = 'closure_free', schema = 'resources', table = 'closure';
            end if;
            return new;
        end $$;
        create or replace function resources.hold() returns trigger language plpgsql as $$
        declare resource record;
        begin
            select p.active, p.withdrawn_at into resource from resources.pool p where p.id = new.resource for update;
            if not found or (not resource.active and upper(new.during) > resource.withdrawn_at) then
                raise exception 'the resource is not in the pool'
                    using errcode = 'unique_violation', constraint = 'allocation_in_pool', schema = 'resources', table = 'allocation';
            end if;
            if exists (select from resources.closure c where c.resource = new.resource and c.during && new.during) then
                raise exception 'the resource is closed then'
                    using errcode = 'unique_violation', constraint = 'allocation_open', schema = 'resources', table = 'allocation';
            end if;
            return new;
        end $$;
        """;

    public static readonly Table<ClosureRow> Table = new(
        ResourcesModule.Name, "closure", nameof(ClosureRow.Resource), nameof(ClosureRow.Exception), nameof(ClosureRow.Number))
    {
        Guard = true,
        Constraints = ["constraint closure_no_overlap exclude using gist (resource with =, during with &&)"],
        Triggers = [("before insert", "resources.shut()")],
    };

    protected override IReadOnlyList<ClosureRow> Apply(IReadOnlyList<ClosureRow> rows, Recorded<ResourceEvent> recorded) => recorded.Fact switch
    {
        ResourceHoursExcepted e =>
        [
            .. rows,
            .. e.Closed.Select((slot, n) => new ClosureRow(new(recorded.Stream), e.Exception, n + 1, new(slot.Start, true, slot.End, false), recorded.Version)),
        ],
        ResourceHoursRestored e => [.. rows.Where(r => r.Exception != e.Exception)],
        _ => rows,
    };
}
