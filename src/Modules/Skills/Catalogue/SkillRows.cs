using System.Text.Json.Serialization;
using ClusterNet.EventStore;
using ClusterNet.Projections;
using ClusterNet.Search;

namespace ClusterNet.Skills.Catalogue;

/// <param name="Segment">The URI's last segment in lower case: what identifies a concept within its scheme.</param>
internal sealed record SkillRow(
    Id<Skill> Id, string Uri, string Segment, string Type, string ReuseLevel, IReadOnlyDictionary<string, string> Labels,
    IReadOnlyDictionary<string, string[]> AltLabels, string[] BroaderUris, string Source, long Version);

/// <summary>The catalogue, one row per concept.</summary>
internal sealed class SkillList() : InlineProjection<SkillEvent, SkillRow>(SkillsModule.Name, Table)
{
    public static readonly Table<SkillRow> Table = new(SkillsModule.Name, "skills", nameof(SkillRow.Id))
    {
        Indexes = ["unique (uri)", "using gin (segment gin_trgm_ops)", "using gin (broader_uris)"],
    };

    public static string SegmentOf(string uri) => uri.TrimEnd('/').Split('/')[^1].ToLowerInvariant();

    protected override SkillRow? Apply(SkillRow? row, Recorded<SkillEvent> recorded) => recorded.Fact switch
    {
        SkillImported e => new(
            new(recorded.Stream), e.Uri, SegmentOf(e.Uri), e.Type, e.ReuseLevel, Preferred(e.Texts), Alternative(e.Texts),
            [.. e.BroaderUris], e.Source,
            recorded.Version),
        SkillRevised e when row is not null => row with
        {
            Type = e.Type,
            ReuseLevel = e.ReuseLevel,
            Labels = Preferred(e.Texts),
            AltLabels = Alternative(e.Texts),
            BroaderUris = [.. e.BroaderUris],
            Source = e.Source,
            Version = recorded.Version,
        },
        _ => row,
    };

    private static Dictionary<string, string> Preferred(ValueList<SkillTexts> texts) =>
        texts.ToDictionary(t => t.Language, t => t.Preferred);

    private static Dictionary<string, string[]> Alternative(ValueList<SkillTexts> texts) =>
        texts.Where(t => t.Alternative.Count > 0).ToDictionary(t => t.Language, t => t.Alternative.ToArray());
}

[JsonConverter(typeof(WireNameConverter<LabelKind>))]
internal enum LabelKind
{
    [JsonStringEnumMemberName("preferred")]
    Preferred,

    [JsonStringEnumMemberName("alternative")]
    Alternative,
}

/// <param name="Folded">As search compares it: see <see cref="Folding"/>.</param>
internal sealed record LabelRow(Id<Skill> Skill, string Language, LabelKind Kind, string Label, string Folded);

/// <summary>All labels, for search: written with the import, so that a fresh import is searchable at once.</summary>
internal sealed class LabelList() : InlineRows<SkillEvent, LabelRow>(SkillsModule.Name, Table, "skill")
{
    public static readonly Table<LabelRow> Table = new(
        SkillsModule.Name, "labels", nameof(LabelRow.Skill), nameof(LabelRow.Language), nameof(LabelRow.Kind), nameof(LabelRow.Label))
    {
        Indexes = ["using gin (folded gin_trgm_ops)"],
    };

    protected override IReadOnlyList<LabelRow> Apply(IReadOnlyList<LabelRow> rows, Recorded<SkillEvent> recorded) => recorded.Fact switch
    {
        SkillImported e => Rows(recorded.Stream, e.Texts),
        SkillRevised e => Rows(recorded.Stream, e.Texts),
        _ => rows,
    };

    private static List<LabelRow> Rows(Guid skill, ValueList<SkillTexts> texts)
    {
        var rows = new List<LabelRow>();
        foreach (var text in texts)
        {
            rows.Add(Row(text.Language, LabelKind.Preferred, text.Preferred));
            rows.AddRange(text.Alternative.Distinct().Select(label => Row(text.Language, LabelKind.Alternative, label)));
        }

        return rows;

        LabelRow Row(string language, LabelKind kind, string label) => new(new(skill), language, kind, label, Folding.Of(label));
    }
}
