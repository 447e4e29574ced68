using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Search;

namespace ClusterNet.Learning.Communities;

/// <summary>Finds what stands in communities that the caller may see, by what is shown of it.</summary>
/// <param name="kind">Of the hits.</param>
/// <param name="folder">Of its pages, below the community's.</param>
internal abstract class CommunityContentSearch(string kind, string folder, Database database, CommunityDesk communities) : ISearchSource
{
    /// <summary>The first parameter of the words; before them are the reader's clusters, as <see cref="CommunityDesk.Sees"/> takes them.</summary>
    protected const int Words = 2;

    /// <summary>The parameter of how many are wanted; after it those of <see cref="More"/>.</summary>
    protected const int Most = Words + FoldedQuery.ParameterCount;

    public bool NamesPeople => true;

    /// <summary>Finds title, the community's name, id, the community's id; the best first.</summary>
    protected abstract string Sql { get; }

    public async Task<IReadOnlyList<SearchHit>> Find(string text, int max, Caller caller, CancellationToken ct) => FoldedQuery.Of(text) is not { } query
        ? []
        : await database.Query(
            LearningModule.Name, Statement.Of(Sql, [await communities.ClustersOf(caller, ct), .. query.BeginsWords, max, .. await More(query, ct)]),
            r => new SearchHit(kind, r.GetString(0), r.GetString(1), $"/communities/{r.GetGuid(3)}/{folder}/{r.GetGuid(2)}", query.RankOf(r.GetString(0))), ct);

    /// <summary>Further values for the statement.</summary>
    protected virtual Task<IReadOnlyList<object>> More(FoldedQuery query, CancellationToken ct) => Task.FromResult<IReadOnlyList<object>>([]);
}
