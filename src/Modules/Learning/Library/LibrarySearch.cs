using ClusterNet.EventStore;
using ClusterNet.Learning.Communities;
using ClusterNet.Search;
using ClusterNet.Skills.Contracts;

namespace ClusterNet.Learning.Library;

/// <summary>Finds items of libraries by what is said about them and by their skills' names; each by the version that everybody sees.</summary>
internal sealed class LibrarySearch(Database database, CommunityDesk communities, ISkillCatalogue skills) : CommunityContentSearch("library-item", "library", database, communities)
{
    protected override string Sql { get; } = $"""
        select v.title, c.name, v.item, c.id from learning.library_versions v join learning.communities c on c.id = v.community
        where {CommunityDesk.Sees} and v.status = 'shown' and not v.hidden and v.title is not null
            and ({FoldedQuery.Condition("v.folded", Words)} or v.skill_uris && ${Most + 1})
            and not exists (select from learning.library_versions w where w.item = v.item and w.status = 'shown' and w.title is not null and w.number > v.number)
        order by v.at desc, v.item limit ${Most}
        """;

    protected override async Task<IReadOnlyList<object>> More(FoldedQuery query, CancellationToken ct) => [await skills.Called(query, ct)];
}
