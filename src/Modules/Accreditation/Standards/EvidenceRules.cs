using System.Text.Json.Serialization;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;

namespace ClusterNet.Accreditation.Standards;

/// <summary>
/// How much evidence is enough (Cedefop, European guidelines for validating non-formal and informal learning, 2015, section 4.1: valid, authentic,
/// current, sufficient). Numbers of 0 and missing members ask for nothing.
/// </summary>
/// <param name="MinItems">Records that count.</param>
/// <param name="MinKinds">Of how many kinds of learning: an outcome normally needs more than one method.</param>
/// <param name="MaxAgeMonths">Older evidence does not count.</param>
/// <param name="MinMinutes">Time that the records tell of, together.</param>
/// <param name="MinConfirmed">How many items somebody who was there has confirmed.</param>
/// <param name="MinFromOtherFirms">How many items somebody of another firm has confirmed.</param>
internal sealed record EvidenceRules(int MinItems, int MinKinds, int MaxAgeMonths, int MinMinutes, int MinConfirmed, int MinFromOtherFirms)
{
    /// <summary>The kinds that count, each with how many of it are needed; none where every kind counts.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ValueList<KindRule>? Kinds { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public RecentRule? Recent { get; init; }

    /// <summary>Of a hundred confirmed items, how many somebody of another firm has to have confirmed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int OtherFirmsPercent { get; init; }

    /// <summary>Items for each criterion; 0 is one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int MinPerCriterion { get; init; }

    /// <summary>Kinds of learning, which are methods, for each criterion; 0 is one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int MinKindsPerCriterion { get; init; }

    /// <summary>How many of the optional criteria have to be shown and met.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int MinOptional { get; init; }

    public bool Counts(LearningKind kind) => Kinds is not { Count: > 0 } kinds || kinds.Any(k => k.Kind == kind);
}

/// <summary>A kind of learning that counts.</summary>
/// <param name="MinItems">Records of this kind that are needed; 0 allows it only.</param>
internal sealed record KindRule(LearningKind Kind, int MinItems = 0);

/// <summary>That something of it is new.</summary>
/// <param name="MinItems">Records that count.</param>
/// <param name="WithinMonths">Months before the submission in which they have to have happened.</param>
internal sealed record RecentRule(int MinItems, int WithinMonths);
