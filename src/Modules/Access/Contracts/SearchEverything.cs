namespace ClusterNet.Access.Contracts;

/// <summary>The search over everything: asks all modules, and nobody finds what they may not see.</summary>
public sealed class SearchEverything(IEnumerable<ISearchSource> sources)
{
    /// <summary>A shorter text is not searched for: it finds too much.</summary>
    public const int Shortest = 2;

    public const int Longest = 100;

    /// <summary>The text as sources take it; null when it is too short.</summary>
    public static string? Asked(string? text)
    {
        var asked = text?.Trim() ?? "";
        if (asked.Length > Longest) asked = asked[..(char.IsHighSurrogate(asked[Longest - 1]) ? Longest - 1 : Longest)];
        return asked.EnumerateRunes().Count() < Shortest || asked.Contains('\0', StringComparison.Ordinal) ? null : asked;
    }

    /// <param name="text">As typed; one that is too short finds nothing.</param>
    /// <param name="max">How many hits are wanted of each kind.</param>
    /// <returns>Hits, the best first; where two sources name the same page, it stands once.</returns>
    public async Task<IReadOnlyList<SearchHit>> Find(string? text, int max, Caller caller, CancellationToken ct)
    {
        if (Asked(text) is not { } asked) return [];
        var found = new List<SearchHit>();
        foreach (var source in sources.Where(s => !s.NamesPeople || !caller.IsAuditorOnly)) found.AddRange(await source.Find(asked, max, caller, ct));
        return
        [
            .. found.DistinctBy(hit => (hit.Kind, hit.Href)).OrderBy(hit => hit.Rank).ThenBy(hit => hit.Title, StringComparer.CurrentCulture)
                .GroupBy(hit => hit.Kind).SelectMany(kind => kind.Take(max)),
        ];
    }

    /// <summary>Hits of one kind that a form can send.</summary>
    public async Task<IReadOnlyList<SearchHit>> Pick(string kind, string? text, int max, Caller caller, CancellationToken ct) =>
        [.. (await Find(text, max, caller, ct)).Where(hit => hit.Kind == kind && hit.Id is not null)];
}
