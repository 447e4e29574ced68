using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Projections;

namespace ClusterNet.Resources.Pool;

internal sealed record PoolRow(
    Id<Resource> Id, Id<Cluster> Cluster, Id<Firm> Firm, ResourceKind Kind, Personal<string> Name, int? Capacity, string Unit,
    long? AmountCents, string Available, string TimeZone, bool Active, Id<Person> ContributedBy, DateTimeOffset ContributedAt,
    DateTimeOffset? WithdrawnAt, long HourlyCents, int HoursAYear,
    ValueList<HoursException> Exceptions, Personal<string> Equipment, ValueList<Accessibility> Accessibility, string? TrainingUri, int BufferBefore, int BufferAfter,
    bool AsksApproval,
    long Version)
{
    /// <summary>How many bookings can use it at the same time.</summary>
    public int Units => Kind.IsShared() ? Capacity ?? 0 : Kind.IsBookable() ? 1 : 0;

    public Availability Availability => new(Available, TimeZone) { Exceptions = Exceptions };

    /// <summary>What a use of the slot takes of it: the time before and after belongs to it.</summary>
    public Slot Needed(Slot slot) => new(
        slot.Start > DateTimeOffset.MinValue.AddMinutes(BufferBefore) ? slot.Start.AddMinutes(-BufferBefore) : slot.Start,
        slot.End < DateTimeOffset.MaxValue.AddMinutes(-BufferAfter) ? slot.End.AddMinutes(BufferAfter) : slot.End);
}

/// <summary>
/// All resources of all pools. Also the guard that a firm names each of its resources once, and that a booked resource stays:
/// bookings lock the row of their resource, so a withdrawal and a booking never pass each other unseen.
/// </summary>
internal sealed class Pools() : InlineProjection<ResourceEvent, PoolRow>(ResourcesModule.Name, Table)
{
    public const string NameTaken = "pool_1";
    public const string Booked = "pool_booked";

    public const string Script = """
        create function resources.keep_booked() returns trigger language plpgsql as $$
        begin
            if old.active and not new.active
                and exists (select from resources.allocation a where a.resource = new.id and upper(a.during) > new.withdrawn_at) then
                raise exception 'the resource is booked'
                    using errcode = 'unique_violation', constraint = 'pool_booked', schema = 'resources', table = 'pool';
            end if;
            return new;
        end $$;
        """;

    public static readonly Table<PoolRow> Table = new(ResourcesModule.Name, "pool", nameof(PoolRow.Id))
    {
        Guard = true,
        Indexes = ["unique (cluster, firm, kind, lower(name)) where active", "(cluster, id)"],
        Triggers = [("before update", "resources.keep_booked()")],
    };

    protected override PoolRow? Apply(PoolRow? row, Recorded<ResourceEvent> recorded) => recorded.Fact switch
    {
        ResourceContributed e => new(
            new(recorded.Stream), e.Cluster, e.Firm, e.Kind, e.Name, e.Capacity, e.Unit, e.AmountCents, e.Available, e.TimeZone, true,
            e.By, e.At, null, 0, 0, [], default, [], null, 0, 0, false, recorded.Version),
        ResourceValued e when row is not null => row with { HourlyCents = e.HourlyCents, HoursAYear = e.HoursAYear, Version = recorded.Version },
        ResourceHoursExcepted e when row is not null =>
            row with { Exceptions = row.Availability.Except(new(e.Exception, e.From, e.To, e.Open, e.Cause)).Exceptions, Version = recorded.Version },
        ResourceHoursRestored e when row is not null => row with { Exceptions = row.Availability.Restore(e.Exception).Exceptions, Version = recorded.Version },
        ResourceDescribed e when row is not null => row with
        {
            Equipment = e.Equipment,
            Accessibility = e.Accessibility,
            TrainingUri = e.TrainingUri,
            BufferBefore = e.BufferBefore,
            BufferAfter = e.BufferAfter,
            Version = recorded.Version,
        },
        ResourceApprovalAsked e when row is not null => row with { AsksApproval = e.Asked, Version = recorded.Version },
        ResourceWithdrawn e when row is not null => row with { Active = false, WithdrawnAt = e.From ?? e.At, Version = recorded.Version },
        _ => row,
    };
}
