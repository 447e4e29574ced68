using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Search;

namespace ClusterNet.Clusters.People;

/// <summary>Finds people by name, and by what they tell of themselves: each by what the person shows the caller, so that nothing can be guessed.</summary>
internal sealed class PeopleSearch(Database database, Viewers viewers) : ISearchSource
{
    private const int Name = Viewer.ParameterCount + 1, Tags = Name + FoldedQuery.ParameterCount, Whole = Tags + FoldedQuery.ParameterCount;

    // What stands in a hidden profile neither finds its owner nor moves them up.
    private static readonly string Sql = $"""
        select p.person, p.given_name, p.family_name, (select f.name from clusters.employments w join clusters.firms f on f.id = w.firm
            where w.person = p.person and w.active and {Viewer.SeesWork} order by w.began_at, w.firm limit 1)
        from clusters.people p
        where ({FoldedQuery.Condition("p.folded_name", Name)} or {FoldedQuery.Condition("p.folded_tags", Tags)} and {Viewer.SeesProfile})
            and {Viewer.SeesPerson}
        order by (p.folded_name = ${Whole} or p.folded_name like ${Whole} || ' %') desc, {FoldedQuery.Condition("p.folded_name", Tags)} desc,
            p.sort_name, p.person limit ${Whole + 1}
        """;

    public bool NamesPeople => true;

    public async Task<IReadOnlyList<SearchHit>> Find(string text, int max, Caller caller, CancellationToken ct)
    {
        if (FoldedQuery.Of(text) is not { } query) return [];
        var viewer = await viewers.Of(caller, ct);
        return await database.Query(
            ClustersModule.Name,
            Statement.Of(Sql, [.. viewer.Values, .. query.Inside, .. query.BeginsWords, query.Whole, max]),
            r =>
            {
                var name = $"{r.GetString(1)} {r.GetString(2)}".Trim();
                return new SearchHit("person", name, r.IsDBNull(3) ? null : r.GetString(3), $"/people/{r.GetGuid(0)}", query.RankOf(name), r.GetGuid(0));
            }, ct);
    }
}
