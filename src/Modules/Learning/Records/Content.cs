using System.Text.Json.Serialization;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Privacy;
using ClusterNet.Projections;

namespace ClusterNet.Learning.Records;

/// <summary>Somebody who was there, with the firm that the person belonged to then.</summary>
internal sealed record Companion(Id<Person> Person, Id<Firm> Firm);

/// <summary>What a record says at one version of it.</summary>
internal sealed record Content(
    LearningKind Kind, Personal<string> What, Personal<string> Learnt, DateTimeOffset HappenedAt, int Minutes, ValueList<Companion> With,
    ValueList<string> SkillUris, LearningPart Part, Personal<ValueList<string>> Links)
{
    public static Content Of(LearningRecordRecorded e) =>
        new(e.Kind, e.What, e.Learnt, e.HappenedAt, e.Minutes, e.With, e.SkillUris, e.Part, e.Links);

    public static Content Of(LearningRecordCorrected e) =>
        new(e.Kind, e.What, e.Learnt, e.HappenedAt, e.Minutes, e.With, e.SkillUris, e.Part, e.Links);

    /// <summary>Whether somebody who confirmed the other content has thereby confirmed this one.</summary>
    public bool SaysTheSameAs(Content other) =>
        (Kind, What, HappenedAt, Minutes) == (other.Kind, other.What, other.HappenedAt, other.Minutes)
        && With.Equals(other.With) && SkillUris.Equals(other.SkillUris);
}

[JsonConverter(typeof(WireNameConverter<VoiceKind>))]
internal enum VoiceKind
{
    [JsonStringEnumMemberName("confirmed")]
    Confirmed,

    [JsonStringEnumMemberName("disputed")]
    Disputed,
}

/// <summary>What somebody who was there said of the record.</summary>
/// <param name="Reason">Empty for a confirmation.</param>
/// <param name="Stands">False for what was said of earlier content, and for what the same person has replaced.</param>
internal sealed record Voice(Id<Person> Person, Id<Firm> Firm, VoiceKind Kind, Personal<string> Reason, DateTimeOffset At, bool Stands);

/// <summary>Somebody who confirmed the record says that it shows a skill.</summary>
internal sealed record Endorsement(Id<Person> By, Id<Firm> Firm, string SkillUri, DateTimeOffset At);
