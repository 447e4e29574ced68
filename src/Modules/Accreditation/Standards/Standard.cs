using System.Diagnostics;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;

namespace ClusterNet.Accreditation.Standards;

internal abstract record StandardEvent;

/// <param name="Lineage">The stream of the standard's first version.</param>
/// <param name="Former">The version before this one.</param>
[StoredAs("standard_drafted")]
internal sealed record StandardDrafted(
    Id<Cluster> Cluster, Id<Standard> Lineage, Id<Standard>? Former, StandardTerms Terms, Id<Person> By, DateTimeOffset At) : StandardEvent;

[StoredAs("standard_published")]
internal sealed record StandardPublished(Id<Person> By, DateTimeOffset At) : StandardEvent;

/// <summary>
/// One version of a standard of a cluster: a draft until it is published, unchangeable from then on; dossiers are bound to it.
/// </summary>
internal abstract record Standard : IState<Standard, StandardEvent>
{
    public sealed record Absent : Standard;

    public abstract record Existing(Id<Cluster> Cluster, Id<Standard> Lineage, StandardTerms Terms) : Standard;

    public sealed record Draft(Id<Cluster> Cluster, Id<Standard> Lineage, StandardTerms Terms) : Existing(Cluster, Lineage, Terms);

    public sealed record Published(Id<Cluster> Cluster, Id<Standard> Lineage, StandardTerms Terms) : Existing(Cluster, Lineage, Terms);

    public static Standard Initial { get; } = new Absent();

    public static Standard Evolve(Standard state, StandardEvent fact) => fact switch
    {
        StandardDrafted e => new Draft(e.Cluster, e.Lineage, e.Terms),
        StandardPublished => state is Draft d ? new Published(d.Cluster, d.Lineage, d.Terms) : state,
        _ => throw new UnreachableException(fact.GetType().Name),
    };
}
