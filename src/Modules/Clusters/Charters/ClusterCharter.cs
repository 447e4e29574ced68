using System.Diagnostics;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Projections;
using ClusterNet.Search;

namespace ClusterNet.Clusters.Charters;

internal abstract record ClusterCharterEvent;

/// <param name="Nuts">The region (NUTS).</param>
/// <param name="Sectors">What the firms do (NACE).</param>
/// <param name="Charter">What the members agree on: published text of the cluster, nobody's private words.</param>
[StoredAs("cluster_founded")]
internal sealed record ClusterFounded(
    string Name, string Nuts, ValueList<string> Sectors, string Charter, string BusinessObjective, Id<Person> Founder, DateTimeOffset At)
    : ClusterCharterEvent;

/// <summary>What a cluster is and what for.</summary>
internal abstract record ClusterCharter : IState<ClusterCharter, ClusterCharterEvent>
{
    public sealed record Absent : ClusterCharter;

    public sealed record Founded : ClusterCharter;

    public static ClusterCharter Initial { get; } = new Absent();

    public static ClusterCharter Evolve(ClusterCharter state, ClusterCharterEvent fact) => fact switch
    {
        ClusterFounded => new Founded(),
        _ => throw new UnreachableException(fact.GetType().Name),
    };
}

/// <param name="Folded">Name and region as search compares them.</param>
internal sealed record ClusterRow(
    Id<Cluster> Id, string Name, string Nuts, string[] Sectors, string Charter, string BusinessObjective, DateTimeOffset FoundedAt,
    string Folded, long Version);

internal sealed class Charters() : InlineProjection<ClusterCharterEvent, ClusterRow>(ClustersModule.Name, Table)
{
    public static readonly Table<ClusterRow> Table = new(ClustersModule.Name, "clusters", nameof(ClusterRow.Id))
    {
        Indexes = ["(lower(name), id)", "using gin (folded gin_trgm_ops)"],
    };

    protected override ClusterRow? Apply(ClusterRow? row, Recorded<ClusterCharterEvent> recorded) => recorded.Fact switch
    {
        ClusterFounded e => new(
            new(recorded.Stream), e.Name, e.Nuts, [.. e.Sectors], e.Charter, e.BusinessObjective, e.At, Folding.ForIndex($"{e.Name} {e.Nuts}"),
            recorded.Version),
        _ => row,
    };
}
