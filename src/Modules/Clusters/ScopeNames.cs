using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;

namespace ClusterNet.Clusters;

/// <summary>Names of firms and clusters for the module below.</summary>
internal sealed class ScopeNames(Database database) : IScopeNames
{
    private const string Sql = """
        select 'firm', id, name from clusters.firms where id = any($1)
        union all select 'cluster', id, name from clusters.clusters where id = any($1)
        """;

    public async Task<IReadOnlyDictionary<RoleScope, string>> Of(IReadOnlyCollection<RoleScope> scopes, CancellationToken ct)
    {
        var rows = await database.Query(
            ClustersModule.Name, Statement.Of(Sql, [scopes.Select(s => s.Id).Distinct().ToArray()]),
            r => (Scope: new RoleScope(r.GetString(0) == "firm" ? ScopeKind.Firm : ScopeKind.Cluster, r.GetGuid(1)), Name: r.GetString(2)), ct);
        return rows.Where(r => scopes.Contains(r.Scope)).ToDictionary(r => r.Scope, r => r.Name);
    }
}
