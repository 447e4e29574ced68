using System.Text.Json.Serialization;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Projections;
using ClusterNet.Skills.Catalogue;

namespace ClusterNet.Skills.OwnSkills;

/// <summary>Labels and descriptions are the cluster's vocabulary, and nobody's data; reasons are their writers' words.</summary>
internal abstract record OwnSkillEvent;

/// <param name="Words">One entry per language, ordered by language.</param>
/// <param name="Type"><c>skill/competence</c> or <c>knowledge</c>.</param>
[StoredAs("own_skill_proposed")]
internal sealed record OwnSkillProposed(
    Id<Cluster> Cluster, string Type, ValueList<OwnSkillWords> Words, Id<Person> By,
    [PersonalData(nameof(OwnSkillProposed.By), KeyClass.FreeText)] Personal<string> Why, DateTimeOffset At) : OwnSkillEvent;

/// <summary>Other words; of a proposal that was sent back, it waits for review again.</summary>
[StoredAs("own_skill_reworded")]
internal sealed record OwnSkillReworded(Id<Cluster> Cluster, string Type, ValueList<OwnSkillWords> Words, Id<Person> By, DateTimeOffset At) : OwnSkillEvent;

[StoredAs("own_skill_accepted")]
internal sealed record OwnSkillAccepted(Id<Cluster> Cluster, Id<Person> By, DateTimeOffset At) : OwnSkillEvent;

[StoredAs("own_skill_declined")]
internal sealed record OwnSkillDeclined(
    Id<Cluster> Cluster, Id<Person> By, [PersonalData(nameof(OwnSkillDeclined.By), KeyClass.FreeText)] Personal<string> Reason,
    DateTimeOffset At) : OwnSkillEvent;

/// <summary>Sent back to who proposed it, to be said better.</summary>
[StoredAs("own_skill_returned")]
internal sealed record OwnSkillReturned(
    Id<Cluster> Cluster, Id<Person> By, [PersonalData(nameof(OwnSkillReturned.By), KeyClass.FreeText)] Personal<string> Reason,
    DateTimeOffset At) : OwnSkillEvent;

/// <param name="Uri">The concept that it corresponds to.</param>
[StoredAs("own_skill_mapped")]
internal sealed record OwnSkillMapped(Id<Cluster> Cluster, string Uri, MatchKind Match, Id<Person> By, DateTimeOffset At) : OwnSkillEvent;

[StoredAs("own_skill_unmapped")]
internal sealed record OwnSkillUnmapped(Id<Cluster> Cluster, string Uri, Id<Person> By, DateTimeOffset At) : OwnSkillEvent;

[StoredAs("own_skill_retired")]
internal sealed record OwnSkillRetired(
    Id<Cluster> Cluster, Id<Person> By, [PersonalData(nameof(OwnSkillRetired.By), KeyClass.FreeText)] Personal<string> Reason,
    DateTimeOffset At) : OwnSkillEvent;

/// <summary>It is the same as another one, which stands in its place from now on; what names it keeps it.</summary>
[StoredAs("own_skill_merged")]
internal sealed record OwnSkillMerged(Id<Cluster> Cluster, Id<OwnSkill> Into, Id<Person> By, DateTimeOffset At) : OwnSkillEvent;

[StoredAs("own_skill_unmerged")]
internal sealed record OwnSkillUnmerged(Id<Cluster> Cluster, Id<OwnSkill> From, Id<Person> By, DateTimeOffset At) : OwnSkillEvent;

/// <summary>The other side of a merge: it stands for that one, too, and is found by its names.</summary>
[StoredAs("own_skill_took_over")]
internal sealed record OwnSkillTookOver(
    Id<Cluster> Cluster, Id<OwnSkill> From, ValueList<OwnSkillWords> Words, Id<Person> By, DateTimeOffset At) : OwnSkillEvent;

[StoredAs("own_skill_gave_back")]
internal sealed record OwnSkillGaveBack(Id<Cluster> Cluster, Id<OwnSkill> From, Id<Person> By, DateTimeOffset At) : OwnSkillEvent;

/// <param name="Language">BCP 47, such as <c>de</c>.</param>
/// <param name="Description">Empty for none.</param>
internal sealed record OwnSkillWords(string Language, string Label, string Description);

/// <summary>How an own skill corresponds to a concept of another scheme (SKOS Reference, W3C 2009, section 10: mapping properties).</summary>
[JsonConverter(typeof(WireNameConverter<MatchKind>))]
internal enum MatchKind
{
    /// <summary>One may stand for the other everywhere; <c>skos:exactMatch</c>.</summary>
    [JsonStringEnumMemberName("exact")]
    Exact,

    /// <summary>One may stand for the other in some uses; <c>skos:closeMatch</c>.</summary>
    [JsonStringEnumMemberName("close")]
    Close,

    /// <summary>The other is the wider one; <c>skos:broadMatch</c>.</summary>
    [JsonStringEnumMemberName("broad")]
    Broad,
}

internal sealed record Mapping(string Uri, MatchKind Match);

/// <summary>What a skill stands for since another was merged into it.</summary>
internal sealed record TakenOver(Id<OwnSkill> From, ValueList<OwnSkillWords> Words);

/// <summary>A skill that a cluster's own people proposed because the catalogue lacks it: reviewed, listed, mapped, merged.</summary>
internal abstract record OwnSkill : IState<OwnSkill, OwnSkillEvent>
{
    public sealed record Absent : OwnSkill;

    /// <param name="IsReturned">Sent back to who proposed it: they are to say it better.</param>
    public sealed record Proposed(Id<Cluster> Cluster, Id<Person> By, string Type, ValueList<OwnSkillWords> Words, bool IsReturned) : OwnSkill;

    public sealed record Declined(Id<Cluster> Cluster) : OwnSkill;

    /// <param name="Stands">For which others it stands, by merges.</param>
    public sealed record Listed(
        Id<Cluster> Cluster, string Type, ValueList<OwnSkillWords> Words, ValueList<Mapping> Mappings, ValueList<TakenOver> Stands) : OwnSkill;

    public sealed record Retired(Id<Cluster> Cluster) : OwnSkill;

    /// <param name="Was">What an undo brings back.</param>
    public sealed record Merged(Listed Was, Id<OwnSkill> Into) : OwnSkill;

    public const string UriPrefix = "urn:uuid:";

    public static OwnSkill Initial { get; } = new Absent();

    public static OwnSkill Evolve(OwnSkill state, OwnSkillEvent fact) => (state, fact) switch
    {
        (_, OwnSkillProposed e) => new Proposed(e.Cluster, e.By, e.Type, e.Words, false),
        (Proposed p, OwnSkillReworded e) => p with { Type = e.Type, Words = e.Words, IsReturned = false },
        (Listed l, OwnSkillReworded e) => l with { Type = e.Type, Words = e.Words },
        (Proposed p, OwnSkillAccepted) => new Listed(p.Cluster, p.Type, p.Words, [], []),
        (Proposed p, OwnSkillDeclined) => new Declined(p.Cluster),
        (Proposed p, OwnSkillReturned) => p with { IsReturned = true },
        (Listed l, OwnSkillMapped e) => l with { Mappings = [.. l.Mappings.Where(m => m.Uri != e.Uri), new(e.Uri, e.Match)] },
        (Listed l, OwnSkillUnmapped e) => l with { Mappings = [.. l.Mappings.Where(m => m.Uri != e.Uri)] },
        (Listed l, OwnSkillRetired) => new Retired(l.Cluster),
        (Listed l, OwnSkillMerged e) => new Merged(l, e.Into),
        (Merged m, OwnSkillUnmerged) => m.Was,
        (Listed l, OwnSkillTookOver e) => l with { Stands = [.. l.Stands, new(e.From, e.Words)] },
        (Listed l, OwnSkillGaveBack e) => l with { Stands = [.. l.Stands.Where(s => s.From != e.From)] },
        // A fact that meets another state than it was decided on: the store refuses to append it.
        _ => state,
    };

    /// <summary>Its URI in the catalogue: RFC 9562, section 4 gives UUIDs this one.</summary>
    public static string UriOf(Id<OwnSkill> id) => $"{UriPrefix}{id}";

    /// <summary>Where it came from, as the catalogue says it.</summary>
    public static string SourceOf(Id<Cluster> cluster) => $"cluster {cluster}";
}

/// <summary>An own skill as the catalogue lists it.</summary>
internal static class CatalogueEntry
{
    /// <summary>Below what it is mapped to as broader or the same, so that it is found there and lies in the same areas.</summary>
    public static SkillShape ShapeOf(OwnSkill.Listed skill) => new(
        SkillKind.Skill, skill.Type, "", "", [.. skill.Mappings.Where(m => m.Match == MatchKind.Broad).Select(m => m.Uri).Order(StringComparer.Ordinal)],
        [], [], []);

    /// <summary>Its own words, and as alternative ones those of the skills for which it stands.</summary>
    public static ValueList<SkillWords> WordsOf(OwnSkill.Listed skill)
    {
        var source = OwnSkill.SourceOf(skill.Cluster);
        var taken = skill.Stands.SelectMany(s => s.Words).ToLookup(w => w.Language, w => w.Label);
        var own = skill.Words.Select(w => new SkillWords(
            w.Language, w.Label, [.. taken[w.Language].Where(l => l != w.Label).Distinct()], [], w.Description, source));
        var others = taken.Where(t => skill.Words.All(w => w.Language != t.Key))
            .Select(t => new SkillWords(t.Key, t.First(), [.. t.Skip(1).Distinct()], [], "", source));
        return [.. own.Concat(others).OrderBy(w => w.Language, StringComparer.Ordinal)];
    }
}
