using System.Text.Json.Serialization;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Privacy;
using ClusterNet.Projections;

namespace ClusterNet.Learning.Communities;

internal abstract record CommunityEvent;

/// <param name="Cluster">Whose people see it; null for the whole network.</param>
/// <param name="Name">With objective, tags and goals published text of the community, nobody's private words.</param>
/// <param name="Reviewed">What is written is read by a facilitator before it is shown.</param>
[StoredAs("community_founded")]
internal sealed record CommunityFounded(
    Id<Cluster>? Cluster, string Name, string Objective, CommunityKind Kind, bool Reviewed, Id<Person>? Sponsor, ValueList<string> SkillUris, ValueList<string> Tags,
    Id<Person> By, DateTimeOffset At) : CommunityEvent;

/// <summary>All of it as it is from now on.</summary>
[StoredAs("community_changed")]
internal sealed record CommunityChanged(
    string Name, string Objective, CommunityKind Kind, bool Reviewed, Id<Person>? Sponsor, ValueList<string> SkillUris, ValueList<string> Tags, Id<Person> By,
    DateTimeOffset At) : CommunityEvent;

[StoredAs("community_facilitator_appointed")]
internal sealed record CommunityFacilitatorAppointed(Id<Person> Person, Id<Person> By, DateTimeOffset At) : CommunityEvent;

/// <summary>Somebody is facilitator or sponsor no more.</summary>
[StoredAs("community_office_given_up")]
internal sealed record CommunityOfficeGivenUp(Id<Person> Person, DateTimeOffset At) : CommunityEvent;

/// <summary>A goal is new, or says something else now.</summary>
[StoredAs("community_goal_set")]
internal sealed record CommunityGoalSet(Guid Goal, string Text, DateOnly? Until, Id<Person> By, DateTimeOffset At) : CommunityEvent;

/// <param name="Percent">How much of it is reached.</param>
[StoredAs("community_goal_progressed")]
internal sealed record CommunityGoalProgressed(Guid Goal, int Percent, Id<Person> By, DateTimeOffset At) : CommunityEvent;

[StoredAs("community_goal_dropped")]
internal sealed record CommunityGoalDropped(Guid Goal, Id<Person> By, DateTimeOffset At) : CommunityEvent;

/// <summary>It can be read from now on, and nothing is added any more.</summary>
[StoredAs("community_closed")]
internal sealed record CommunityClosed(
    [PersonalData(nameof(CommunityClosed.By), KeyClass.FreeText)] Personal<string> Reason, Id<Person> By, DateTimeOffset At) : CommunityEvent;

/// <summary>How a community came about.</summary>
[JsonConverter(typeof(WireNameConverter<CommunityKind>))]
internal enum CommunityKind
{
    /// <summary>People found each other.</summary>
    [JsonStringEnumMemberName("spontaneous")]
    Spontaneous,

    /// <summary>A cluster or firm set it up for a purpose.</summary>
    [JsonStringEnumMemberName("organised")]
    Organised,
}

internal abstract record ParticipationEvent;

/// <param name="Firm">Where the person worked then; null for who works in no firm, such as a coordinator.</param>
[StoredAs("community_joined")]
internal sealed record CommunityJoined(Id<Community> Community, Id<Person> Person, Id<Firm>? Firm, DateTimeOffset At) : ParticipationEvent;

[StoredAs("community_left")]
internal sealed record CommunityLeft(Id<Community> Community, Id<Person> Person, DateTimeOffset At) : ParticipationEvent;

/// <param name="Listed">Whether the person stands on the board of contributions.</param>
[StoredAs("community_listing_chosen")]
internal sealed record CommunityListingChosen(Id<Community> Community, Id<Person> Person, bool Listed, DateTimeOffset At) : ParticipationEvent;
