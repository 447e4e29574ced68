using System.Text.Json.Serialization;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Projections;

namespace ClusterNet.Learning.Contracts;

/// <summary>A learning record: what somebody learnt, when, how and with whom.</summary>
public sealed class LearningRecord
{
    private LearningRecord()
    {
    }
}

/// <summary>Learning records as evidence and as ties between persons: asked by the modules above.</summary>
public interface ILearningRecords
{
    /// <summary>The records with these ids, as of now; unknown ones are missing.</summary>
    Task<IReadOnlyDictionary<Id<LearningRecord>, RecordFacts>> Find(IReadOnlyCollection<Id<LearningRecord>> records, CancellationToken ct);

    /// <summary>A person's own records that touch one of the skills, private ones too: for that person's eyes.</summary>
    Task<IReadOnlyList<RecordFacts>> Touching(Id<Person> person, IReadOnlyCollection<string> skillUris, CancellationToken ct);

    /// <summary>
    /// Ties between <paramref name="person"/> and any of <paramref name="others"/> since an instant: who taught, mentored or
    /// confirmed whom. A mentoring that both accepted is a tie from its begin to its end, recorded or not.
    /// </summary>
    Task<IReadOnlyList<LearningTie>> Ties(
        Id<Person> person, IReadOnlyCollection<Id<Person>> others, DateTimeOffset since, CancellationToken ct);
}

/// <summary>What of a learning record counts as evidence: no text.</summary>
/// <param name="Version">The record's version at which this was so.</param>
/// <param name="ConfirmedBy">Who was there and confirmed it, with the firms that they belonged to then.</param>
public sealed record RecordFacts(
    Id<LearningRecord> Record, Id<Person> Person, Id<Firm> Firm, LearningKind Kind, DateTimeOffset HappenedAt, int Minutes,
    IReadOnlyList<string> SkillUris, IReadOnlyList<Id<Person>> With, IReadOnlyList<Confirmation> ConfirmedBy, bool Disputed, long Version);

/// <summary>A confirmation by somebody who was there.</summary>
public sealed record Confirmation(Id<Person> Person, Id<Firm> Firm);

/// <summary>Somebody taught, mentored or confirmed somebody.</summary>
/// <param name="Kind">taught, mentored or confirmed.</param>
/// <param name="At">When; of a mentoring its end, and now while it goes on.</param>
/// <param name="Record">The record that says so; a mentoring, which needs none, stands under its own id.</param>
public sealed record LearningTie(Id<Person> From, Id<Person> To, string Kind, DateTimeOffset At, Id<LearningRecord> Record);

/// <summary>How somebody learnt.</summary>
[JsonConverter(typeof(WireNameConverter<LearningKind>))]
public enum LearningKind
{
    [JsonStringEnumMemberName("peer-help-given")]
    PeerHelpGiven,

    [JsonStringEnumMemberName("peer-help-received")]
    PeerHelpReceived,

    [JsonStringEnumMemberName("mentoring")]
    Mentoring,

    [JsonStringEnumMemberName("community-discussion")]
    CommunityDiscussion,

    [JsonStringEnumMemberName("on-the-job")]
    OnTheJob,

    [JsonStringEnumMemberName("observation")]
    Observation,

    [JsonStringEnumMemberName("event-or-fair")]
    EventOrFair,

    [JsonStringEnumMemberName("webinar")]
    Webinar,

    [JsonStringEnumMemberName("reading-or-market-scan")]
    ReadingOrMarketScan,

    [JsonStringEnumMemberName("mistake-reflected")]
    MistakeReflected,

    [JsonStringEnumMemberName("teaching")]
    Teaching,
}
