using ClusterNet.EventStore;

namespace ClusterNet.Skills.Catalogue;

/// <summary>What an import says of a concept in one language; null where it says nothing.</summary>
internal sealed record ImportWords(
    string Language, string Preferred, ValueList<string>? Alternative, ValueList<string>? Hidden, string? Description, string Source);

/// <summary>What an import says of a concept itself; null or empty where it says nothing.</summary>
internal sealed record ImportShape(
    SkillKind Kind, string Type, string ReuseLevel, string? Code, ValueList<string>? BroaderUris, ValueList<string>? EssentialUris,
    ValueList<string>? OptionalUris, ValueList<string>? Collections);

/// <summary>The end that an import gives a concept, or that it has none.</summary>
/// <param name="Why">Null for a released concept.</param>
internal sealed record ImportStatus(SkillEnd? Why, ValueList<string> ReplacedBy)
{
    public static ImportStatus Released { get; } = new(null, []);
}

/// <summary>
/// Takes one concept in. Languages are merged: what the import says of a language replaces what was known of it, other languages stay.
/// Where the import says nothing (no type, no relations file), what was known stays as well. An older version of a source undoes nothing
/// that a newer one said, neither of the concept nor of one of its languages.
/// </summary>
/// <param name="Shape">Null for a file of labels only.</param>
/// <param name="Status">Null where the import says nothing of it.</param>
/// <param name="Floor">The newest versions that were taken in whole: a concept that they left unchanged is of them, too.</param>
internal sealed record ImportSkill(
    string Uri, ImportShape? Shape, ImportStatus? Status, ValueList<ImportWords> Words, string Source, CatalogueVersions Floor, DateTimeOffset Now)
    : ICommand<Skill, SkillEvent>
{
    public Decision<SkillEvent> Decide(Skill state) => state is Skill.Listed known ? Changes(known) : Listing();

    private Decision<SkillEvent> Listing()
    {
        // A newer version knows the concept no more, or this file has only its name.
        if (Shape is null || Words.Count == 0 || SourceVersion.IsOlder(Source, Floor.Shape)) return Decision<SkillEvent>.Nothing;
        var listed = new SkillListed(
            Uri, null, Whole(null, Shape), [.. Words.Select(w => Whole(null, w)).OrderBy(w => w.Language, StringComparer.Ordinal)], Source, Now);
        return Decision<SkillEvent>.Of([listed, .. Ending(false, [])]);
    }

    private Decision<SkillEvent> Changes(Skill.Listed known)
    {
        var isShapeOld = SourceVersion.IsOlder(Source, known.ShapeSource) || SourceVersion.IsOlder(Source, Floor.Shape);
        var shape = Shape is null || isShapeOld ? known.Shape : Whole(known.Shape, Shape);
        var words = Words.Where(w => !IsOlder(w, known))
            .Select(w => Whole(known.WordsIn(w.Language), w)).Where(w => known.WordsIn(w.Language)?.SaysTheSame(w) != true);
        ValueList<SkillWords> changed = [.. words.OrderBy(w => w.Language, StringComparer.Ordinal)];
        List<SkillEvent> facts = [];
        if (shape != known.Shape || changed.Count > 0)
            facts.Add(new SkillChanged(shape == known.Shape ? null : shape, changed, Source, Now));
        if (!isShapeOld) facts.AddRange(Ending(known.IsRetired, known.ReplacedBy));
        return Decision<SkillEvent>.Of([.. facts]);
    }

    private bool IsOlder(ImportWords words, Skill.Listed known) =>
        SourceVersion.IsOlder(words.Source, known.WordsIn(words.Language)?.Source)
            || SourceVersion.IsOlder(words.Source, Floor.Of(words.Language));

    private IEnumerable<SkillEvent> Ending(bool isRetired, ValueList<string> replacedBy) => Status switch
    {
        null => [],
        { Why: null } => isRetired ? [new SkillRestored(Source, Now)] : [],
        { ReplacedBy.Count: > 0 } s => s.ReplacedBy.Equals(replacedBy) ? [] : [new SkillReplaced(s.ReplacedBy, Source, Now)],
        { Why: { } why } => isRetired ? [] : [new SkillRetired(why, Source, Now)],
    };

    private static SkillShape Whole(SkillShape? known, ImportShape said) => new(
        said.Kind, said.Type.Length > 0 ? said.Type : known?.Type ?? "", said.ReuseLevel.Length > 0 ? said.ReuseLevel : known?.ReuseLevel ?? "",
        said.Code ?? known?.Code ?? "", said.BroaderUris ?? known?.BroaderUris ?? [], said.EssentialUris ?? known?.EssentialUris ?? [],
        said.OptionalUris ?? known?.OptionalUris ?? [], said.Collections ?? known?.Collections ?? []);

    private static SkillWords Whole(SkillWords? known, ImportWords said) => new(
        said.Language, said.Preferred, said.Alternative ?? known?.Alternative ?? [], said.Hidden ?? known?.Hidden ?? [],
        said.Description ?? known?.Description ?? "", said.Source);
}
