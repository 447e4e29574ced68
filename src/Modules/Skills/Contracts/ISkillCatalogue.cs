using ClusterNet.EventStore;

namespace ClusterNet.Skills.Contracts;

/// <summary>The skills catalogue, for the modules above. A skill is named by its concept URI (ESCO's sense).</summary>
public interface ISkillCatalogue
{
    /// <summary>
    /// Known skills among <paramref name="uris"/>, labelled in the wanted language or the nearest one there is; unknown ones are
    /// missing.
    /// </summary>
    /// <param name="language">BCP 47, such as <c>de</c>.</param>
    Task<IReadOnlyDictionary<string, SkillCard>> Find(IReadOnlyCollection<string> uris, string language, CancellationToken ct);

    /// <summary>
    /// Refuses unknown skills with near matches (422 <c>skill-unknown</c>), and those not for new use any more with their successors
    /// (422 <c>skill-retired</c>); null when all may be used.
    /// </summary>
    Task<Refusal?> Check(IReadOnlyCollection<string> uris, string language, CancellationToken ct);

    /// <summary>
    /// Skills that somebody may have meant by a text that names none: a label, or a URI with a slip in it. Best first, three at
    /// most.
    /// </summary>
    Task<IReadOnlyList<SkillCard>> Near(string text, string language, CancellationToken ct);

    /// <summary>Skills that a free text speaks of, the surest first. The text is not kept.</summary>
    Task<IReadOnlyList<SuggestedSkill>> Suggest(string text, string language, int limit, CancellationToken ct);

    /// <summary>The concept of a skill that a <c>FoundPicker</c> of the kind <c>skill</c> names by its id; null when there is none.</summary>
    Task<string?> UriOf(Guid skill, CancellationToken ct);
}

/// <summary>A skill that a text speaks of.</summary>
/// <param name="Words">The words of the text that speak of it, as they were written.</param>
public sealed record SuggestedSkill(string Uri, string Label, IReadOnlyList<string> Words);

/// <summary>A skill as the catalogue shows it.</summary>
/// <param name="Type">skill/competence, knowledge, or empty where ESCO says nothing.</param>
/// <param name="ReuseLevel">ESCO's reuse level, such as transversal or sector-specific; empty where ESCO says nothing.</param>
public sealed record SkillCard(string Uri, string Label, string Type, string ReuseLevel)
{
    /// <summary>Not for new use any more; what names it goes on to name it.</summary>
    public bool Retired { get; init; }

    /// <summary>What stands in its place now, merges of merges followed; empty for none.</summary>
    public ValueList<string> SuccessorUris { get; init; } = [];
}

/// <summary>What skills are called, on pages and in answers.</summary>
public static class SkillCards
{
    /// <summary>The label of a skill that was looked up, or its URI where the catalogue does not have it.</summary>
    public static string LabelOf(this IReadOnlyDictionary<string, SkillCard> cards, string uri) => cards.TryGetValue(uri, out var card) ? card.Label : uri;
}
