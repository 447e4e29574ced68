using System.Text.Json.Serialization;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Projections;
using ClusterNet.Search;

namespace ClusterNet.Skills.OwnSkills;

[JsonConverter(typeof(WireNameConverter<OwnSkillState>))]
internal enum OwnSkillState
{
    [JsonStringEnumMemberName("proposed")]
    Proposed,

    [JsonStringEnumMemberName("returned")]
    Returned,

    [JsonStringEnumMemberName("declined")]
    Declined,

    [JsonStringEnumMemberName("listed")]
    Listed,

    [JsonStringEnumMemberName("merged")]
    Merged,

    [JsonStringEnumMemberName("retired")]
    Retired,
}

/// <param name="Why">Why it is needed, in the words of who proposed it.</param>
/// <param name="Reason">Why it was declined, sent back or retired.</param>
internal sealed record OwnSkillRow(
    Id<OwnSkill> Id, Id<Cluster> Cluster, OwnSkillState State, string Type, IReadOnlyDictionary<string, string> Labels,
    IReadOnlyDictionary<string, string> Descriptions, Id<Person> ProposedBy, Personal<string> Why, Id<Person>? DecidedBy,
    Personal<string>? Reason, Mapping[] Mappings, Id<OwnSkill>? MergedInto, DateTimeOffset ProposedAt, DateTimeOffset ChangedAt, long Version)
{
    [JsonIgnore]
    internal string Uri => OwnSkill.UriOf(Id);
}

internal sealed class OwnSkillRows() : InlineProjection<OwnSkillEvent, OwnSkillRow>(SkillsModule.Name, Table)
{
    public static readonly Table<OwnSkillRow> Table = new(SkillsModule.Name, "own_skills", nameof(OwnSkillRow.Id))
    {
        Indexes = ["(cluster, state)"],
    };

    protected override OwnSkillRow? Apply(OwnSkillRow? row, Recorded<OwnSkillEvent> recorded)
    {
        var changed = row is null ? null : row with { Version = recorded.Version };
        return (changed, recorded.Fact) switch
        {
            (_, OwnSkillProposed e) => new(
                new(recorded.Stream), e.Cluster, OwnSkillState.Proposed, e.Type, Labels(e.Words), Descriptions(e.Words), e.By, e.Why, null, null, [],
                null, e.At, e.At, recorded.Version),
            (null, _) => null,
            ({ } r, OwnSkillReworded e) => r with
            {
                Type = e.Type,
                Labels = Labels(e.Words),
                Descriptions = Descriptions(e.Words),
                State = r.State == OwnSkillState.Returned ? OwnSkillState.Proposed : r.State,
                ChangedAt = e.At,
            },
            ({ } r, OwnSkillAccepted e) => r with { State = OwnSkillState.Listed, DecidedBy = e.By, Reason = null, ChangedAt = e.At },
            ({ } r, OwnSkillDeclined e) => r with { State = OwnSkillState.Declined, DecidedBy = e.By, Reason = e.Reason, ChangedAt = e.At },
            ({ } r, OwnSkillReturned e) => r with { State = OwnSkillState.Returned, DecidedBy = e.By, Reason = e.Reason, ChangedAt = e.At },
            ({ } r, OwnSkillRetired e) => r with { State = OwnSkillState.Retired, DecidedBy = e.By, Reason = e.Reason, ChangedAt = e.At },
            ({ } r, OwnSkillMapped e) => r with { Mappings = [.. r.Mappings.Where(m => m.Uri != e.Uri), new(e.Uri, e.Match)], ChangedAt = e.At },
            ({ } r, OwnSkillUnmapped e) => r with { Mappings = [.. r.Mappings.Where(m => m.Uri != e.Uri)], ChangedAt = e.At },
            ({ } r, OwnSkillMerged e) => r with { State = OwnSkillState.Merged, MergedInto = e.Into, ChangedAt = e.At },
            ({ } r, OwnSkillUnmerged e) => r with { State = OwnSkillState.Listed, MergedInto = null, ChangedAt = e.At },
            ({ } r, OwnSkillTookOver e) => r with { ChangedAt = e.At },
            ({ } r, OwnSkillGaveBack e) => r with { ChangedAt = e.At },
            _ => row,
        };
    }

    private static Dictionary<string, string> Labels(ValueList<OwnSkillWords> words) => words.ToDictionary(w => w.Language, w => w.Label);

    private static Dictionary<string, string> Descriptions(ValueList<OwnSkillWords> words) =>
        words.Where(w => w.Description.Length > 0).ToDictionary(w => w.Language, w => w.Description);
}

/// <summary>A label that is in use, or proposed.</summary>
/// <param name="Folded">As search compares it: no case, no accents.</param>
internal sealed record OwnLabelRow(Id<OwnSkill> Skill, Id<Cluster> Cluster, string Language, string Folded);

/// <summary>No two own skills of a cluster have the same name in one language: the table's key is the rule.</summary>
internal sealed class OwnLabels() : InlineRows<OwnSkillEvent, OwnLabelRow>(SkillsModule.Name, Table, "skill")
{
    public static readonly Table<OwnLabelRow> Table = new(
        SkillsModule.Name, "own_labels", nameof(OwnLabelRow.Cluster), nameof(OwnLabelRow.Language), nameof(OwnLabelRow.Folded))
    {
        Guard = true,
        Indexes = ["(skill)"],
    };

    protected override IReadOnlyList<OwnLabelRow> Apply(IReadOnlyList<OwnLabelRow> rows, Recorded<OwnSkillEvent> recorded) => recorded.Fact switch
    {
        OwnSkillProposed e => Rows(recorded.Stream, e.Cluster, e.Words),
        OwnSkillReworded e => Rows(recorded.Stream, e.Cluster, e.Words),
        // What it was called is the successor's name too, and free for nobody else while the merge may be undone.
        OwnSkillDeclined or OwnSkillRetired => [],
        _ => rows,
    };

    private static List<OwnLabelRow> Rows(Guid skill, Id<Cluster> cluster, ValueList<OwnSkillWords> words) =>
        [.. words.Select(w => new OwnLabelRow(new(skill), cluster, w.Language, Folding.Of(w.Label)))];
}
