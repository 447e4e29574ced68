using System.Diagnostics;
using System.Text.Json.Serialization;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Projections;

namespace ClusterNet.Skills.Catalogue;

internal abstract record SkillEvent;

/// <summary>How catalogues were taken in at first: kept for the history that holds it; <see cref="SkillListed"/> says more.</summary>
/// <param name="Texts">Labels, one entry per language, ordered by language.</param>
/// <param name="Source">Where it came from, such as <c>starter 1</c> or <c>ESCO 1.1.1</c>.</param>
[StoredAs("skill_imported")]
internal sealed record SkillImported(
    string Uri, string Type, string ReuseLevel, ValueList<SkillTexts> Texts, ValueList<string> BroaderUris, string Source,
    DateTimeOffset At) : SkillEvent;

/// <summary>As <see cref="SkillImported"/>: the whole content as it is from then on.</summary>
[StoredAs("skill_revised")]
internal sealed record SkillRevised(
    string Type, string ReuseLevel, ValueList<SkillTexts> Texts, ValueList<string> BroaderUris, string Source, DateTimeOffset At)
        : SkillEvent;

/// <param name="Cluster">Whose own skill it is; null for those of everybody.</param>
/// <param name="Words">One entry per language, ordered by language.</param>
[StoredAs("skill_listed")]
internal sealed record SkillListed(
    string Uri, Id<Cluster>? Cluster, SkillShape Shape, ValueList<SkillWords> Words, string Source, DateTimeOffset At) : SkillEvent;

/// <param name="Shape">The whole shape as it is from now on; null where it stays.</param>
/// <param name="Words">The languages that changed, whole; others stay.</param>
/// <param name="Source">Of the shape, when there is one.</param>
[StoredAs("skill_changed")]
internal sealed record SkillChanged(SkillShape? Shape, ValueList<SkillWords> Words, string Source, DateTimeOffset At) : SkillEvent;

/// <summary>Not for new use any more. What uses it goes on to name it.</summary>
[StoredAs("skill_retired")]
internal sealed record SkillRetired(SkillEnd Why, string Source, DateTimeOffset At) : SkillEvent;

/// <summary>Others stand in its place: of an obsolete concept as of an own skill that was merged into another.</summary>
[StoredAs("skill_replaced")]
internal sealed record SkillReplaced(ValueList<string> ByUris, string Source, DateTimeOffset At) : SkillEvent;

/// <summary>For new use again, as when a later version brings a concept back.</summary>
[StoredAs("skill_restored")]
internal sealed record SkillRestored(string Source, DateTimeOffset At) : SkillEvent;

/// <summary>What a skill is called in one language.</summary>
/// <param name="Language">BCP 47, such as <c>de</c>.</param>
internal sealed record SkillTexts(string Language, string Preferred, ValueList<string> Alternative);

/// <summary>All that is said of a skill in one language.</summary>
/// <param name="Language">BCP 47, such as <c>de</c>.</param>
/// <param name="Hidden">Names by which it is found but not shown (SKOS section 5.1), such as common misspellings.</param>
/// <param name="Source">Languages may come from other versions than the rest.</param>
internal sealed record SkillWords(
    string Language, string Preferred, ValueList<string> Alternative, ValueList<string> Hidden, string Description, string Source)
{
    internal bool SaysTheSame(SkillWords other) => this == other with { Source = Source };
}

/// <summary>What a concept is, in no language.</summary>
/// <param name="Type"><c>skill/competence</c>, <c>knowledge</c> or empty.</param>
/// <param name="ReuseLevel">ESCO's reuse level; empty where the source says nothing.</param>
/// <param name="Code">The notation within its scheme, such as <c>S1.2.3</c> of a skill group; empty for none.</param>
/// <param name="BroaderUris">In the source's order; many are groups.</param>
/// <param name="EssentialUris">Skills that it builds on.</param>
/// <param name="OptionalUris">Skills that help with it.</param>
/// <param name="Collections">In order of letters: digcomp, digital, green, language, research, transversal.</param>
internal sealed record SkillShape(
    SkillKind Kind, string Type, string ReuseLevel, string Code, ValueList<string> BroaderUris, ValueList<string> EssentialUris,
    ValueList<string> OptionalUris, ValueList<string> Collections)
{
    public static SkillShape Plain(string type, string reuseLevel, ValueList<string> broaderUris) =>
        new(SkillKind.Skill, type, reuseLevel, "", broaderUris, [], [], []);
}

/// <summary>Groups order skills; only a skill is had, recorded or asked for.</summary>
[JsonConverter(typeof(WireNameConverter<SkillKind>))]
internal enum SkillKind
{
    [JsonStringEnumMemberName("skill")]
    Skill,

    [JsonStringEnumMemberName("group")]
    Group,
}

[JsonConverter(typeof(WireNameConverter<SkillEnd>))]
internal enum SkillEnd
{
    /// <summary>Its source calls it obsolete.</summary>
    [JsonStringEnumMemberName("obsolete")]
    Obsolete,

    /// <summary>A complete newer version has no such concept.</summary>
    [JsonStringEnumMemberName("missing")]
    Missing,

    /// <summary>Those whose skill it is took it back.</summary>
    [JsonStringEnumMemberName("withdrawn")]
    Withdrawn,
}

/// <summary>One concept of the catalogue: a skill or a piece of knowledge in ESCO's sense, or a group of them, named by its concept URI.</summary>
internal abstract record Skill : IState<Skill, SkillEvent>
{
    public sealed record Absent : Skill;

    /// <param name="ShapeSource">Where the shape came from.</param>
    /// <param name="ReplacedBy">Empty unless others stand in its place; then it is retired, too.</param>
    public sealed record Listed(
        string Uri, Id<Cluster>? Cluster, SkillShape Shape, string ShapeSource, ValueList<SkillWords> Words, bool IsRetired,
        ValueList<string> ReplacedBy) : Skill
    {
        public SkillWords? WordsIn(string language) => Words.FirstOrDefault(w => w.Language == language);
    }

    public static Skill Initial { get; } = new Absent();

    public static Skill Evolve(Skill state, SkillEvent fact) => (state, fact) switch
    {
        (_, SkillImported e) => new Listed(
            e.Uri, null, SkillShape.Plain(e.Type, e.ReuseLevel, e.BroaderUris), e.Source, WordsOf(e.Texts, e.Source), false, []),
        (_, SkillListed e) => new Listed(e.Uri, e.Cluster, e.Shape, e.Source, e.Words, false, []),
        (Listed known, SkillRevised e) => known with
        {
            Shape = known.Shape with { Type = e.Type, ReuseLevel = e.ReuseLevel, BroaderUris = e.BroaderUris },
            ShapeSource = e.Source,
            Words = WordsOf(e.Texts, e.Source),
        },
        (Listed known, SkillChanged e) => known with
        {
            Shape = e.Shape ?? known.Shape,
            ShapeSource = e.Shape is null ? known.ShapeSource : e.Source,
            Words = Merged(known.Words, e.Words),
        },
        (Listed known, SkillRetired) => known with { IsRetired = true },
        (Listed known, SkillReplaced e) => known with { IsRetired = true, ReplacedBy = e.ByUris },
        (Listed known, SkillRestored) => known with { IsRetired = false, ReplacedBy = [] },
        _ => throw new UnreachableException(fact.GetType().Name),
    };

    /// <summary>The stream of a concept: the same URI is always the same stream.</summary>
    public static Guid StreamOf(string uri) => NamedGuid.Of("skill", uri);

    /// <summary>Languages that are not among the new ones stay; ordered by language.</summary>
    internal static ValueList<SkillWords> Merged(ValueList<SkillWords> known, ValueList<SkillWords> news)
    {
        var ours = news.Select(w => w.Language).ToHashSet();
        return [.. known.Where(w => !ours.Contains(w.Language)).Concat(news).OrderBy(w => w.Language, StringComparer.Ordinal)];
    }

    internal static ValueList<SkillWords> WordsOf(ValueList<SkillTexts> texts, string source) =>
        [.. texts.Select(t => new SkillWords(t.Language, t.Preferred, t.Alternative, [], "", source))];
}
