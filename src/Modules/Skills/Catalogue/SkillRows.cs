using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Projections;

namespace ClusterNet.Skills.Catalogue;

/// <param name="Segment">The URI's last segment in lower case: what identifies a concept within its scheme.</param>
/// <param name="Sources">Where each language came from.</param>
/// <param name="Cluster">Whose own skill it is; null for those of everybody.</param>
/// <param name="Source">Where all but the languages came from.</param>
internal sealed record SkillRow(
    Id<Skill> Id, string Uri, string Segment, SkillKind Kind, string Type, string ReuseLevel, string Code,
    IReadOnlyDictionary<string, string> Labels, IReadOnlyDictionary<string, string[]> AltLabels,
    IReadOnlyDictionary<string, string[]> HiddenLabels, IReadOnlyDictionary<string, string> Descriptions,
    IReadOnlyDictionary<string, string> Sources, string[] BroaderUris, string[] EssentialUris, string[] OptionalUris,
    string[] Collections, Id<Cluster>? Cluster, bool Retired, string[] ReplacedBy, string Source, long Version)
{
    /// <summary>The row of a listed skill.</summary>
    internal static SkillRow Of(Guid stream, Skill.Listed skill, long version) => new(
        new(stream), skill.Uri, SkillList.SegmentOf(skill.Uri), skill.Shape.Kind, skill.Shape.Type, skill.Shape.ReuseLevel, skill.Shape.Code,
        skill.Words.ToDictionary(w => w.Language, w => w.Preferred), Several(skill.Words, w => w.Alternative),
        Several(skill.Words, w => w.Hidden),
        skill.Words.Where(w => w.Description.Length > 0).ToDictionary(w => w.Language, w => w.Description),
        skill.Words.ToDictionary(w => w.Language, w => w.Source), [.. skill.Shape.BroaderUris], [.. skill.Shape.EssentialUris],
        [.. skill.Shape.OptionalUris], [.. skill.Shape.Collections], skill.Cluster, skill.IsRetired, [.. skill.ReplacedBy],
        skill.ShapeSource, version);

    /// <summary>The state that the row shows: it holds all of it, so that an import need not read streams to see that nothing changed.</summary>
    internal Skill.Listed ToState() => new(
        Uri, Cluster, new(Kind, Type, ReuseLevel, Code, [.. BroaderUris], [.. EssentialUris], [.. OptionalUris], [.. Collections]), Source,
        [.. Labels.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => new SkillWords(
            l.Key, l.Value, [.. AltLabels.GetValueOrDefault(l.Key, [])], [.. HiddenLabels.GetValueOrDefault(l.Key, [])],
            Descriptions.GetValueOrDefault(l.Key, ""), Sources.GetValueOrDefault(l.Key, Source)))],
        Retired, [.. ReplacedBy]);

    private static Dictionary<string, string[]> Several(ValueList<SkillWords> words, Func<SkillWords, ValueList<string>> labels) =>
        words.Where(w => labels(w).Count > 0).ToDictionary(w => w.Language, w => labels(w).ToArray());
}

/// <summary>The catalogue, one row per concept.</summary>
internal sealed class SkillList() : InlineProjection<SkillEvent, SkillRow>(SkillsModule.Name, Table)
{
    public static readonly Table<SkillRow> Table = new(SkillsModule.Name, "skills", nameof(SkillRow.Id))
    {
        Indexes = ["unique (uri)", "using gin (segment gin_trgm_ops)", "using gin (broader_uris)", "(cluster) where cluster is not null"],
    };

    public static string SegmentOf(string uri) => uri.TrimEnd('/').Split('/')[^1].ToLowerInvariant();

    protected override SkillRow? Apply(SkillRow? row, Recorded<SkillEvent> recorded) =>
        Skill.Evolve(row is null ? Skill.Initial : row.ToState(), recorded.Fact) is Skill.Listed now
            ? SkillRow.Of(recorded.Stream, now, recorded.Version)
            : row;
}
