using ClusterNet.EventStore;
using ClusterNet.Learning.Communities;
using ClusterNet.Search;

namespace ClusterNet.Learning.Wiki;

/// <summary>Finds pages of wikis by what they say to readers.</summary>
internal sealed class WikiSearch(Database database, CommunityDesk communities) : CommunityContentSearch("wiki-page", "wiki", database, communities)
{
    protected override string Sql { get; } = $"""
        select w.title, c.name, w.id, c.id from learning.wiki_pages w join learning.communities c on c.id = w.community
        where {CommunityDesk.Sees} and w.status = 'shown' and w.title is not null and {FoldedQuery.Condition("w.folded", Words)}
        order by w.changed_at desc, w.id limit ${Most}
        """;
}
