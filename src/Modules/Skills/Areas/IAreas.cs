using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;

namespace ClusterNet.Skills.Areas;

/// <summary>In which areas skills lie (production, marketing, cross-job, …): groups over ESCO that a cluster can edit.</summary>
internal interface IAreas
{
    /// <summary>The areas of each skill, in the order of <see cref="All"/>: at least one, <c>other</c> if no other. Every URI asked for is there.</summary>
    /// <param name="cluster">Whose view; null for what is shipped.</param>
    Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> Of(Id<Cluster>? cluster, IReadOnlyCollection<string> skillUris, CancellationToken ct);

    /// <summary>The areas that there are, in the order in which they are shown, named in the reader's language.</summary>
    /// <param name="cluster">Whose view; null for what is shipped.</param>
    Task<IReadOnlyList<AreaCard>> All(Id<Cluster>? cluster, CancellationToken ct);
}

/// <summary>An area as pages show it.</summary>
/// <param name="IsOwn">The cluster made it.</param>
internal sealed record AreaCard(string Key, string Name, bool IsOwn);
