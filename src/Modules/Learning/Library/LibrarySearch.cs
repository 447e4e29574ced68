using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Communities;
using ClusterNet.Search;

namespace ClusterNet.Learning.Library;

/// <summary>Finds items of libraries by what is said about them, in communities that the caller may see; each by the version that everybody sees.</summary>
internal sealed class LibrarySearch(Database database, CommunityDesk communities) : ISearchSource
{
    private const int Words = 2;

    private static readonly string Sql = $"""
        select v.title, c.name, v.item, c.id from learning.library_versions v join learning.communities c on c.id = v.community
        where {CommunityDesk.Sees} and v.status = 'shown' and not v.hidden and v.title is not null and {FoldedQuery.Condition("v.folded", Words)}
            and not exists (select from learning.library_versions w where w.item = v.item and w.status = 'shown' and w.title is not null and w.number > v.number)
        order by v.at desc, v.item limit ${Words + FoldedQuery.ParameterCount}
        """;

    public bool NamesPeople => true;

    public async Task<IReadOnlyList<SearchHit>> Find(string text, int max, Caller caller, CancellationToken ct) => FoldedQuery.Of(text) is not { } query
        ? []
        : await database.Query(
            LearningModule.Name, Statement.Of(Sql, [await communities.ClustersOf(caller, ct), .. query.BeginsWords, max]),
            r => new SearchHit("library-item", r.GetString(0), r.GetString(1), $"/communities/{r.GetGuid(3)}/library/{r.GetGuid(2)}", query.RankOf(r.GetString(0))), ct);
}
