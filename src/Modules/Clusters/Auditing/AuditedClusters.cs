using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;

namespace ClusterNet.Clusters.Auditing;

/// <summary>Tells Access who is from outside.</summary>
internal sealed class AuditedClusters(IFirmDirectory directory) : IAuditedClusters
{
    public Task<string?> NameOf(Guid cluster, CancellationToken ct) => directory.ClusterName(new(cluster), ct);

    public async Task<bool> Involves(Guid cluster, EventStore.Id<Person> person, IReadOnlyList<HeldRole> roles, CancellationToken ct)
    {
        if ((await directory.ClustersOf(new Caller(person, roles), ct)).Any(c => c.Value == cluster)) return true;
        foreach (var firm in (await directory.EmploymentsOf(person, ct)).Select(e => e.Firm).Distinct())
            if ((await directory.ClustersOf(firm, ct)).Any(c => c.Value == cluster)) return true;
        return false;
    }
}
