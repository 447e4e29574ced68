using System.Diagnostics;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Projections;

namespace ClusterNet.Resources.Leaving;

internal abstract record DepartureEvent;

/// <summary>A firm that had a part in a pool left its cluster.</summary>
[StoredAs("pool_firm_left")]
internal sealed record PoolFirmLeft(Id<Cluster> Cluster, Id<Firm> Firm, DateTimeOffset At) : DepartureEvent;

/// <summary>When a firm left a pool; it may come back, and leave again.</summary>
internal sealed record Departure(DateTimeOffset? At) : IState<Departure, DepartureEvent>
{
    public static Departure Initial { get; } = new((DateTimeOffset?)null);

    public static Guid IdOf(Id<Cluster> cluster, Id<Firm> firm) => NamedGuid.Of("pool-departure", cluster.ToString(), firm.ToString());

    public static Departure Evolve(Departure state, DepartureEvent fact) => fact switch
    {
        PoolFirmLeft e => new(e.At),
        _ => throw new UnreachableException(fact.GetType().Name),
    };
}

internal sealed record NoteDeparture(Id<Cluster> Cluster, Id<Firm> Firm, DateTimeOffset At) : ICommand<Departure, DepartureEvent>
{
    public Decision<DepartureEvent> Decide(Departure state) => state.At >= At ? Decision<DepartureEvent>.Nothing : new PoolFirmLeft(Cluster, Firm, At);
}

internal sealed record DepartureRow(Id<Departure> Id, Id<Cluster> Cluster, Id<Firm> Firm, DateTimeOffset LeftAt, long Version);

/// <summary>Firms that left pools, those that came back too.</summary>
internal sealed class Departures() : InlineProjection<DepartureEvent, DepartureRow>(ResourcesModule.Name, Table)
{
    public static readonly Table<DepartureRow> Table = new(ResourcesModule.Name, "pool_departures", nameof(DepartureRow.Id)) { Indexes = ["(cluster, left_at)"] };

    protected override DepartureRow? Apply(DepartureRow? row, Recorded<DepartureEvent> recorded) => recorded.Fact is PoolFirmLeft e
        ? new(new(recorded.Stream), e.Cluster, e.Firm, e.At, recorded.Version)
        : row;
}
