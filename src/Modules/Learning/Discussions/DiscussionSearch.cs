using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Communities;
using ClusterNet.Search;

namespace ClusterNet.Learning.Discussions;

/// <summary>Finds discussions by all that is shown in them, in communities that the caller may see; each once, whichever of its posts fits.</summary>
internal sealed class DiscussionSearch(Database database, CommunityDesk communities) : ISearchSource
{
    private const int Words = 2;

    private static readonly string Sql = $"""
        select distinct on (d.last_at, d.id) d.title, c.name, d.id, c.id from learning.discussion_posts p
        join learning.discussions d on d.id = p.discussion join learning.communities c on c.id = p.community
        where {CommunityDesk.Sees} and p.status = 'shown' and d.status = 'shown' and d.title is not null and {FoldedQuery.Condition("p.folded", Words)}
        order by d.last_at desc, d.id desc limit ${Words + FoldedQuery.ParameterCount}
        """;

    public bool NamesPeople => true;

    public async Task<IReadOnlyList<SearchHit>> Find(string text, int max, Caller caller, CancellationToken ct) => FoldedQuery.Of(text) is not { } query
        ? []
        : await database.Query(
            LearningModule.Name, Statement.Of(Sql, [await communities.ClustersOf(caller, ct), .. query.BeginsWords, max]),
            r => new SearchHit("discussion", r.GetString(0), r.GetString(1), $"/communities/{r.GetGuid(3)}/discussions/{r.GetGuid(2)}", query.RankOf(r.GetString(0))), ct);
}
