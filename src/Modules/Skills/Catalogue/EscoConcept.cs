namespace ClusterNet.Skills.Catalogue;

/// <summary>One skill or piece of knowledge as ESCO has it.</summary>
/// <param name="SkillType"><c>skill/competence</c>, <c>knowledge</c>, or empty: ESCO 1.1.1 leaves a few blank.</param>
/// <param name="ReuseLevel"><c>transversal</c>, <c>cross-sector</c>, <c>sector-specific</c>, <c>occupation-specific</c> or empty.</param>
/// <param name="Status"><c>released</c> or another word of ESCO's; empty where the file has no such column, as in ESCO 1.0.</param>
/// <param name="PreferredLabels">By language, such as <c>en</c>. Every concept has one in the archive's main language.</param>
/// <param name="AltLabels">By language, without the preferred one, which ESCO often repeats here. A language without any is absent.</param>
/// <param name="BroaderUris">In ESCO's order. Many are skill groups or fields of education, not skills.</param>
internal sealed record EscoConcept(
    string Uri,
    string SkillType,
    string ReuseLevel,
    string Status,
    IReadOnlyDictionary<string, string> PreferredLabels,
    IReadOnlyDictionary<string, IReadOnlyList<string>> AltLabels,
    IReadOnlyList<string> BroaderUris)
{
    public SkillKind Kind { get; init; }

    /// <summary>Of a group.</summary>
    public string? Code { get; init; }

    public IReadOnlyDictionary<string, IReadOnlyList<string>> HiddenLabels { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    public IReadOnlyDictionary<string, string> Descriptions { get; init; } = new Dictionary<string, string>();

    /// <summary>What stands in the place of an obsolete concept, where the file says so.</summary>
    public IReadOnlyList<string> ReplacedBy { get; init; } = [];

    /// <summary>Skills that it builds on and that help with it; null where the file of relations was not given.</summary>
    public (IReadOnlyList<string> Essential, IReadOnlyList<string> Optional)? Related { get; init; }

    /// <summary>Null where no collection was given.</summary>
    public IReadOnlyList<string>? Collections { get; init; }

    /// <summary>Languages whose files are of ESCO 1.0, as their columns show.</summary>
    public IReadOnlySet<string> OldLanguages { get; init; } = new HashSet<string>();

    internal ImportSkill ToCommand(string source, CatalogueVersions floor, DateTimeOffset now) => new(
        Uri,
        new(
            Kind, SkillType, ReuseLevel, Code, BroaderUris.Count == 0 ? null : [.. BroaderUris], Related is null ? null : [.. Related.Value.Essential],
            Related is null ? null : [.. Related.Value.Optional], Collections is null ? null : [.. Collections]),
        Standing(),
        [.. PreferredLabels.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => Words(l.Key, l.Value, source))],
        source, floor, now);

    private ImportStatus? Standing() => Status switch
    {
        "" => null,
        "obsolete" or "deprecated" => new(SkillEnd.Obsolete, [.. ReplacedBy]),
        _ => ImportStatus.Released,
    };

    private ImportWords Words(string language, string preferred, string source) => new(
        language, preferred, [.. AltLabels.GetValueOrDefault(language, []).Distinct()],
        HiddenLabels.TryGetValue(language, out var hidden) ? [.. hidden] : null, Descriptions.GetValueOrDefault(language),
        SourceOf(language, OldLanguages, source));

    /// <summary>A language's file may be of an older version than the rest.</summary>
    internal static string SourceOf(string language, IReadOnlySet<string> old, string source) =>
        old.Contains(language) && SourceVersion.MayHaveStatus(source) ? SourceVersion.OldestEsco : source;
}
