using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Communities;
using ClusterNet.Search;

namespace ClusterNet.Learning.Wiki;

/// <summary>Finds pages of wikis by what they say to readers, in communities that the caller may see.</summary>
internal sealed class WikiSearch(Database database, CommunityDesk communities) : ISearchSource
{
    private const int Words = 2;

    private static readonly string Sql = $"""
        select w.title, c.name, w.id, c.id from learning.wiki_pages w join learning.communities c on c.id = w.community
        where {CommunityDesk.Sees} and w.status = 'shown' and w.title is not null and {FoldedQuery.Condition("w.folded", Words)}
        order by w.changed_at desc, w.id limit ${Words + FoldedQuery.ParameterCount}
        """;

    public bool NamesPeople => true;

    public async Task<IReadOnlyList<SearchHit>> Find(string text, int max, Caller caller, CancellationToken ct) => FoldedQuery.Of(text) is not { } query
        ? []
        : await database.Query(
            LearningModule.Name, Statement.Of(Sql, [await communities.ClustersOf(caller, ct), .. query.BeginsWords, max]),
            r => new SearchHit("wiki-page", r.GetString(0), r.GetString(1), $"/communities/{r.GetGuid(3)}/wiki/{r.GetGuid(2)}", query.RankOf(r.GetString(0))), ct);
}
