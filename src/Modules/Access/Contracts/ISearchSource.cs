namespace ClusterNet.Access.Contracts;

/// <summary>What a module adds to the search over everything. It finds only what the caller may see: nothing else, and no count of it.</summary>
public interface ISearchSource
{
    /// <summary>
    /// Hits name people. An auditor does not get them: what is read about a person is recorded for that person, one by one, on the pages and addresses of
    /// what a grant opens.
    /// </summary>
    bool NamesPeople => false;

    /// <param name="text">Trimmed, at least two characters, at most 100.</param>
    /// <param name="max">How many hits are wanted of each kind.</param>
    /// <returns>Hits, the best first.</returns>
    Task<IReadOnlyList<SearchHit>> Find(string text, int max, Caller caller, CancellationToken ct);
}

/// <summary>Something found.</summary>
/// <param name="Kind">Kebab-case and stable, such as <c>person</c>, <c>firm</c>, <c>cluster</c>, <c>skill</c>, <c>credential</c>, <c>community</c>, <c>document</c>.</param>
/// <param name="Title">What it is called, in the reader's language.</param>
/// <param name="Detail">What tells it from others of the name, such as a firm's place.</param>
/// <param name="Href">The page that shows it.</param>
/// <param name="Rank">0 for an exact match, 1 for a beginning, 2 for anything else.</param>
/// <param name="Id">What forms send when this one is picked; without it, the thing can be found but not picked.</param>
public sealed record SearchHit(string Kind, string Title, string? Detail, string Href, int Rank, Guid? Id = null);
