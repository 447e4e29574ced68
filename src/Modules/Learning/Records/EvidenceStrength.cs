using System.Text.Json.Serialization;
using ClusterNet.Projections;

namespace ClusterNet.Learning.Records;

/// <summary>How much a record proves, from a claim to what a stranger would believe.</summary>
[JsonConverter(typeof(WireNameConverter<EvidenceLevel>))]
internal enum EvidenceLevel
{
    /// <summary>Somebody who was there says that it was not so.</summary>
    [JsonStringEnumMemberName("disputed")]
    Disputed,

    /// <summary>One's own word.</summary>
    [JsonStringEnumMemberName("told")]
    Told,

    /// <summary>One's own word with what was learnt, the skill, and something to look at.</summary>
    [JsonStringEnumMemberName("supported")]
    Supported,

    /// <summary>Somebody who was there says so too.</summary>
    [JsonStringEnumMemberName("confirmed")]
    Confirmed,

    /// <summary>Two who were there say so, or one of another firm; and it says what was learnt, and which skill it shows.</summary>
    [JsonStringEnumMemberName("strong")]
    Strong,
}

/// <summary>What a record's strength as evidence rests on: the qualities that assessors ask for are authentic, sufficient and current evidence.</summary>
[JsonConverter(typeof(WireNameConverter<EvidencePoint>))]
internal enum EvidencePoint
{
    [JsonStringEnumMemberName("learnt-said")]
    LearntSaid,

    [JsonStringEnumMemberName("skill-named")]
    SkillNamed,

    [JsonStringEnumMemberName("something-to-see")]
    SomethingToSee,

    [JsonStringEnumMemberName("confirmed")]
    Confirmed,

    [JsonStringEnumMemberName("confirmed-by-another-firm")]
    ConfirmedByAnotherFirm,

    [JsonStringEnumMemberName("confirmed-twice")]
    ConfirmedTwice,

    [JsonStringEnumMemberName("endorsed")]
    Endorsed,
}

/// <summary>How strong a record is as evidence, and why; a help to its owner, which no assessment counts with.</summary>
/// <param name="Has">What speaks for it.</param>
/// <param name="Lacks">What would make it stronger.</param>
internal sealed record EvidenceStrength(EvidenceLevel Level, IReadOnlyList<EvidencePoint> Has, IReadOnlyList<EvidencePoint> Lacks)
{
    public static EvidenceStrength Of(Entry.Kept record)
    {
        var standing = record.Voices.Where(v => v.Stands).ToList();
        var confirmed = standing.Where(v => v.Kind == VoiceKind.Confirmed).ToList();
        var content = record.Content;
        var has = Points(
            (EvidencePoint.LearntSaid, content.Learnt.Or("").Length > 0), (EvidencePoint.SkillNamed, content.SkillUris.Count > 0),
            (EvidencePoint.SomethingToSee, content.Links.Or([]).Count + record.Files.Count > 0), (EvidencePoint.Confirmed, confirmed.Count > 0),
            (EvidencePoint.ConfirmedByAnotherFirm, confirmed.Any(v => v.Firm != record.Firm)), (EvidencePoint.ConfirmedTwice, confirmed.Count > 1),
            (EvidencePoint.Endorsed, record.Endorsements.Count > 0));
        var said = has.Contains(EvidencePoint.LearntSaid) && has.Contains(EvidencePoint.SkillNamed);
        var level = confirmed.Count < standing.Count ? EvidenceLevel.Disputed
            : confirmed.Count > 0 ? said && (has.Contains(EvidencePoint.ConfirmedByAnotherFirm) || confirmed.Count > 1) ? EvidenceLevel.Strong : EvidenceLevel.Confirmed
            : said && has.Contains(EvidencePoint.SomethingToSee) ? EvidenceLevel.Supported
            : EvidenceLevel.Told;
        return new(level, has, [.. Enum.GetValues<EvidencePoint>().Except(has)]);
    }

    private static List<EvidencePoint> Points(params IReadOnlyList<(EvidencePoint Point, bool Holds)> all) => [.. all.Where(p => p.Holds).Select(p => p.Point)];
}
