using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Search;

namespace ClusterNet.Clusters.Charters;

/// <summary>Finds clusters; which there are is no secret among those signed in.</summary>
internal sealed class ClusterSearch(Database database) : ISearchSource
{
    private static readonly string Sql = $"""
        select c.id, c.name, c.nuts from clusters.clusters c where {FoldedQuery.Condition("c.folded", 1)}
        order by c.folded like $9 || ' %' desc, {FoldedQuery.Condition("c.folded", 5)} desc, c.name, c.id limit $10
        """;

    public async Task<IReadOnlyList<SearchHit>> Find(string text, int max, Caller caller, CancellationToken ct) => FoldedQuery.Of(text) is not { } query
        ? []
        : await database.Query(
            ClustersModule.Name, Statement.Of(Sql, [.. query.Inside, .. query.BeginsWords, query.Whole, max]),
            r => new SearchHit("cluster", r.GetString(1), r.GetString(2), $"/clusters/{r.GetGuid(0)}", query.RankOf(r.GetString(1)), r.GetGuid(0)), ct);
}
