using ClusterNet.EventStore;
using ClusterNet.Learning.Communities;
using ClusterNet.Search;

namespace ClusterNet.Learning.Discussions;

/// <summary>Finds discussions by all that is shown in them; each once, whichever of its posts fits.</summary>
internal sealed class DiscussionSearch(Database database, CommunityDesk communities) : CommunityContentSearch("discussion", "discussions", database, communities)
{
    protected override string Sql { get; } = $"""
        select distinct on (d.last_at, d.id) d.title, c.name, d.id, c.id from learning.discussion_posts p
        join learning.discussions d on d.id = p.discussion join learning.communities c on c.id = p.community
        where {CommunityDesk.Sees} and p.status = 'shown' and d.status = 'shown' and d.title is not null and {FoldedQuery.Condition("p.folded", Words)}
        order by d.last_at desc, d.id desc limit ${Most}
        """;
}
