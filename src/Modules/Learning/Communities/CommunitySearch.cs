using ClusterNet.Access.Contracts;
using ClusterNet.Search;

namespace ClusterNet.Learning.Communities;

/// <summary>Finds communities that the caller may see, by name, tags and objective.</summary>
internal sealed class CommunitySearch(CommunityDesk desk) : ISearchSource
{
    public async Task<IReadOnlyList<SearchHit>> Find(string text, int max, Caller caller, CancellationToken ct) => FoldedQuery.Of(text) is not { } query
        ? []
        : [.. (await desk.List(caller, query, null, null, max, ct)).Select(c => new SearchHit(
            "community", c.Row.Name, Records.Shortened.Of(c.Row.Objective), $"/communities/{c.Row.Id}", query.RankOf(c.Row.Name), c.Row.Id.Value))];
}
