using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;

namespace ClusterNet.Access.Grants;

/// <summary>The port that modules above use.</summary>
internal sealed class GrantQueries(Database database, IAuditedClusters clusters, TimeProvider clock) : IAuditorGrants
{
    public async Task<IReadOnlyList<AuditorScope>> InForce(Caller caller, Guid cluster, CancellationToken ct)
    {
        if (!caller.Is(Role.Auditor, new(ScopeKind.Cluster, cluster))) return [];
        // Who joined a firm of the cluster since, or took a role in it, is not from outside any more.
        if (!caller.IsAuditorOnly && await clusters.Involves(cluster, caller.Person, caller.Roles, ct)) return [];
        var rows = await Grants.Rows(
            $"where {Grants.InForce} and auditor = $2 and cluster = $3 order by expires_at, id", database, ct, clock.GetUtcNow(), caller.Person.Value, cluster);
        return rows.ConvertAll(r => r.Scope);
    }
}
