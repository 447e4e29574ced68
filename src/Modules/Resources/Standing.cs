using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Resources.Sessions;

namespace ClusterNet.Resources;

/// <summary>Who may see a cluster's pool, and who may act in it for a firm.</summary>
internal sealed class Standing(IFirmDirectory firms)
{
    public static readonly Refusal ClusterUnknown = new(
        "cluster-unknown", "There is no such cluster, or you do not belong to it. Check the address.", 404);

    public static readonly Refusal NotForFirm = new(
        "not-for-this-firm", "Only a manager of the firm or the cluster's coordinator may do this. Ask one of them.", 403);

    public static readonly Refusal FirmNotAdmitted = new(
        "firm-not-admitted", "The firm is not admitted to this cluster, so it has no part in its pool. Have it admitted first.", 403);

    public static readonly Refusal NotCoordinator = new("coordinator-only", "Only the cluster's coordinator may do this. Ask them.", 403);

    /// <summary>The pool of a cluster is visible to those who belong to it; for others it does not exist.</summary>
    public async Task<bool> MaySee(Caller caller, Id<Cluster> cluster, CancellationToken ct) =>
        (await firms.ClustersOf(caller, ct)).Contains(cluster);

    /// <summary>
    /// Contributing, booking and reserving: a manager for the own firm, the coordinator for any; the firm must be admitted.
    /// </summary>
    public async Task<Refusal?> MayActFor(Caller caller, Id<Cluster> cluster, Id<Firm> firm, CancellationToken ct)
    {
        // Whoever manages a firm of the cluster, or coordinates it, belongs to it.
        var isFor = IsFor(caller, cluster, firm);
        if (isFor && (await firms.ClustersOf(firm, ct)).Contains(cluster)) return null;
        if (!await MaySee(caller, cluster, ct)) return ClusterUnknown;
        return isFor ? FirmNotAdmitted : NotForFirm;
    }

    /// <summary>The books are kept by the coordinator; for people outside the cluster they do not exist.</summary>
    public async Task<Refusal?> MayKeepBooks(Caller caller, Id<Cluster> cluster, CancellationToken ct) =>
        caller.Is(Role.Coordinator, RoleScope.Cluster(cluster)) ? null : await MaySee(caller, cluster, ct) ? NotCoordinator : ClusterUnknown;

    /// <summary>A manager of the firm, or the coordinator of the cluster.</summary>
    public static bool IsFor(Caller caller, Id<Cluster> cluster, Id<Firm> firm) =>
        caller.Is(Role.Coordinator, RoleScope.Cluster(cluster)) || caller.Is(Role.Manager, RoleScope.Firm(firm));

    /// <summary>Moving and cancelling a session: a manager of the organising firm, or the coordinator.</summary>
    public async Task<Refusal?> MayOrganise(Caller caller, SessionRow session, CancellationToken ct)
    {
        if (!await MaySee(caller, session.Cluster, ct)) return Session.Unknown;
        return IsFor(caller, session.Cluster, session.Firm) ? null : NotForFirm;
    }

    /// <summary>Names of firms, for answers.</summary>
    public async Task<IReadOnlyDictionary<Id<Firm>, string>> NamesOf(IEnumerable<Id<Firm>> wanted, CancellationToken ct)
    {
        var ids = wanted.Distinct().ToList();
        if (ids.Count == 0) return new Dictionary<Id<Firm>, string>();
        return (await firms.Cards(ids, ct)).ToDictionary(c => c.Key, c => c.Value.Name);
    }

    /// <summary>Whether a person works in a firm that is admitted to the cluster.</summary>
    public async Task<bool> WorksInCluster(Id<Person> person, Id<Cluster> cluster, CancellationToken ct)
    {
        var employers = (await firms.FirmsOf([person], ct)).GetValueOrDefault(person) ?? [];
        foreach (var firm in employers)
            if ((await firms.ClustersOf(firm, ct)).Contains(cluster)) return true;
        return false;
    }

    /// <summary>Those of <paramref name="people"/> who do not work in the firm.</summary>
    public async Task<IReadOnlyList<Id<Person>>> NotIn(Id<Firm> firm, IReadOnlyCollection<Id<Person>> people, CancellationToken ct)
    {
        if (people.Count == 0) return [];
        var employers = await firms.FirmsOf(people, ct);
        return [.. people.Where(p => !employers.TryGetValue(p, out var of) || !of.Contains(firm))];
    }
}
