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

    /// <summary>Refuses unknown skills with near matches (422 <c>skill-unknown</c>); null when all are known.</summary>
    Task<Refusal?> Check(IReadOnlyCollection<string> uris, string language, CancellationToken ct);

    /// <summary>
    /// Skills that somebody may have meant by a text that names none: a label, or a URI with a slip in it. Best first, three at
    /// most.
    /// </summary>
    Task<IReadOnlyList<SkillCard>> Near(string text, string language, CancellationToken ct);
}

/// <summary>A skill as the catalogue shows it.</summary>
/// <param name="Type">skill/competence, knowledge, or empty where ESCO says nothing.</param>
/// <param name="ReuseLevel">ESCO's reuse level, such as transversal or sector-specific; empty where ESCO says nothing.</param>
public sealed record SkillCard(string Uri, string Label, string Type, string ReuseLevel);
