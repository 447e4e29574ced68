using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;

namespace ClusterNet.Learning.Flags;

/// <summary>Who looks at what a firm shows to others outside communities: coordinators of the clusters that the firm is in.</summary>
internal sealed class Moderators(IFirmDirectory directory, IRoleList roles)
{
    public static readonly Refusal NotModerator = new(
        "not-a-moderator", "Coordinators of a cluster of the firm that it comes from do this. Flag it, with a reason: they look at it.", 403);

    public static readonly Refusal Nobody = new(
        "nobody-moderates", "Its firm alone sees this, or is in no cluster, so nobody outside the firm looks at it. Talk to who wrote it, or to the firm's managers.", 422);

    public async Task<bool> Include(Caller caller, Id<Firm> firm, CancellationToken ct) =>
        caller.ScopesOf(ScopeKind.Cluster, Role.Coordinator) is { Count: > 0 } clusters && (await directory.ClustersOf(firm, ct)).Any(c => clusters.Contains(c.Value));

    /// <summary>Null where somebody looks at flags.</summary>
    public async Task<Refusal?> Missing(Id<Firm> firm, Visibility shown, CancellationToken ct) =>
        shown == Visibility.Firm || (await directory.ClustersOf(firm, ct)).Count == 0 ? Nobody : null;

    public async Task<IReadOnlyList<Id<Person>>> Of(Id<Firm> firm, CancellationToken ct)
    {
        var coordinators = new HashSet<Id<Person>>();
        foreach (var cluster in await directory.ClustersOf(firm, ct))
            coordinators.UnionWith((await roles.In(RoleScope.Cluster(cluster), ct)).Where(r => r.Role == Role.Coordinator).Select(r => r.Person));
        return [.. coordinators];
    }
}
