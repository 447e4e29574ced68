using System.Text.Json.Serialization;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Projections;
using ClusterNet.Skills.Contracts;
using ClusterNet.Skills.Levels;

namespace ClusterNet.Skills.Audits;

internal abstract record CampaignEvent;

/// <param name="Cluster">The cluster whose coordinator runs it; null for a firm's own audit.</param>
/// <param name="Firms">Who is asked to take part; each joins by its manager.</param>
/// <param name="Profiles">As they were then: what a profile becomes later does not change what an audit asks.</param>
[StoredAs("audit_opened")]
internal sealed record AuditOpened(
    Id<Cluster>? Cluster, ValueList<Id<Firm>> Firms, [PersonalData(nameof(AuditOpened.By), KeyClass.FreeText)] Personal<string> Title,
    ValueList<AuditProfile> Profiles, RaterScheme Raters, DateTimeOffset Deadline, Id<Person> By, DateTimeOffset At) : CampaignEvent;

/// <summary>The firm takes part with these people.</summary>
[StoredAs("audit_firm_joined")]
internal sealed record AuditFirmJoined(Id<Firm> Firm, ValueList<Participant> People, Id<Person> By, DateTimeOffset At) : CampaignEvent;

[StoredAs("audit_firm_declined")]
internal sealed record AuditFirmDeclined(Id<Firm> Firm, Id<Person> By, DateTimeOffset At) : CampaignEvent;

[StoredAs("audit_peers_chosen")]
internal sealed record AuditPeersChosen(Id<Person> Person, ValueList<Id<Person>> Peers, Id<Person> By, DateTimeOffset At) : CampaignEvent;

[StoredAs("audit_deadline_moved")]
internal sealed record AuditDeadlineMoved(DateTimeOffset Deadline, Id<Person> By, DateTimeOffset At) : CampaignEvent;

/// <param name="By">Null when the system reminds before the deadline.</param>
[StoredAs("audit_reminded")]
internal sealed record AuditReminded(Id<Person>? By, DateTimeOffset At) : CampaignEvent;

/// <summary>Somebody works in the firm no more, and is neither rated nor rates there from then on.</summary>
[StoredAs("audit_person_left")]
internal sealed record AuditPersonLeft(Id<Person> Person, Id<Firm> Firm, DateTimeOffset At) : CampaignEvent;

/// <param name="By">Null when the deadline did.</param>
[StoredAs("audit_closed")]
internal sealed record AuditClosed(Id<Person>? By, Id<Cluster>? Cluster, ValueList<Id<Firm>> Firms, DateTimeOffset At) : CampaignEvent;

[StoredAs("audit_cancelled")]
internal sealed record AuditCancelled(
    Id<Person> By, [PersonalData(nameof(AuditCancelled.By), KeyClass.FreeText)] Personal<string> Reason, DateTimeOffset At) : CampaignEvent;

/// <summary>A role profile as an audit took it up.</summary>
internal sealed record AuditProfile(Id<RoleProfile> Profile, ValueList<RequiredSkill> Skills);

/// <summary>Somebody who is rated.</summary>
/// <param name="Manager">Who rates as the manager; null where nobody stands above.</param>
internal sealed record Participant(Id<Person> Person, ValueList<Id<RoleProfile>> Profiles, Id<Person>? Manager, ValueList<Id<Person>> Peers);

/// <summary>Who rates.</summary>
[JsonConverter(typeof(WireNameConverter<RaterScheme>))]
internal enum RaterScheme
{
    [JsonStringEnumMemberName("self")]
    Self,

    /// <summary>The person and the manager.</summary>
    [JsonStringEnumMemberName("180")]
    Half,

    /// <summary>The person, the manager and peers.</summary>
    [JsonStringEnumMemberName("270")]
    ThreeQuarters,
}

/// <summary>As what somebody rates.</summary>
[JsonConverter(typeof(WireNameConverter<RaterKind>))]
internal enum RaterKind
{
    [JsonStringEnumMemberName("self")]
    Self,

    [JsonStringEnumMemberName("manager")]
    Manager,

    [JsonStringEnumMemberName("peer")]
    Peer,
}
