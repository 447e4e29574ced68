using System.Text.Json.Serialization;
using ClusterNet.EventStore;
using ClusterNet.Projections;

namespace ClusterNet.Accreditation.Standards;

/// <summary>What a standard asks for: the same demands as formal learning has (Council Recommendation 2012/C 398/01, point 3).</summary>
/// <param name="Version">Number of this version of the standard, as its readers know it.</param>
/// <param name="EqfLevel">Level 1 to 8 of the European Qualifications Framework (Council Recommendation 2017/C 189/03, annex II).</param>
/// <param name="Skill">Concept URI of the skill that the standard is about.</param>
internal sealed record StandardTerms(
    string Title, int Version, int EqfLevel, string Skill, ValueList<LearningOutcome> Outcomes, ValueList<Criterion> Criteria,
    EvidenceRules EvidenceRules, AssessorRules Assessors, int ValidityMonths)
{
    public bool Knows(string criterion) => Criteria.Any(c => c.Code == criterion);
}

/// <summary>What somebody knows, understands and is able to do on completion of learning.</summary>
internal sealed record LearningOutcome(OutcomeType Type, string Text);

/// <summary>The three columns of the European Qualifications Framework (annex II).</summary>
[JsonConverter(typeof(WireNameConverter<OutcomeType>))]
internal enum OutcomeType
{
    [JsonStringEnumMemberName("knowledge")]
    Knowledge,

    [JsonStringEnumMemberName("skill")]
    Skill,

    [JsonStringEnumMemberName("responsibility")]
    Responsibility,
}

/// <summary>What an assessor judges as met or not met.</summary>
internal sealed record Criterion(string Code, string Text);

/// <summary>How much evidence is enough. Numbers of 0 ask for nothing.</summary>
/// <param name="MinKinds">Of how many kinds of learning: an outcome normally needs more than one method.</param>
/// <param name="MaxAgeMonths">Older evidence does not count.</param>
/// <param name="MinConfirmed">How many items somebody who was there has confirmed.</param>
/// <param name="MinFromOtherFirms">How many items somebody of another firm has confirmed.</param>
internal sealed record EvidenceRules(int MinItems, int MinKinds, int MaxAgeMonths, int MinMinutes, int MinConfirmed, int MinFromOtherFirms);

/// <summary>Who may assess.</summary>
/// <param name="CoolingOffMonths">Who taught, mentored or confirmed the candidate within this time may not (ISO/IEC 17024:2012, 5.2 and
/// 9.4, in spirit).</param>
internal sealed record AssessorRules(int Count, bool SameFirm, int CoolingOffMonths);
