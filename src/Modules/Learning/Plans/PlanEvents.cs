using System.Text.Json.Serialization;
using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Projections;

namespace ClusterNet.Learning.Plans;

[JsonConverter(typeof(WireNameConverter<PlanStatus>))]
internal enum PlanStatus
{
    [JsonStringEnumMemberName("proposed")]
    Proposed,

    [JsonStringEnumMemberName("active")]
    Active,

    [JsonStringEnumMemberName("declined")]
    Declined,

    [JsonStringEnumMemberName("closed")]
    Closed,
}

/// <summary>What a plan is to reach.</summary>
internal sealed class Goal;

/// <summary>What is done for a goal, until a day.</summary>
internal sealed class Activity;

internal abstract record PlanEvent;

/// <param name="By">One of the two; the other one agrees.</param>
/// <param name="Wish">Where the person wants to go.</param>
[StoredAs("plan_proposed")]
internal sealed record PlanProposed(
    Id<Person> Person, Id<Person> Coach, Id<Person> By, [PersonalData(nameof(PlanProposed.Person), KeyClass.Learning)] Personal<string> Wish, DateTimeOffset At) : PlanEvent;

[StoredAs("plan_agreed")]
internal sealed record PlanAgreed(Id<Person> By, DateTimeOffset At) : PlanEvent;

[StoredAs("plan_declined")]
internal sealed record PlanDeclined(Id<Person> By, [PersonalData(nameof(PlanDeclined.By), KeyClass.FreeText)] Personal<string> Reason, DateTimeOffset At) : PlanEvent;

/// <param name="SkillUri">The skill in which progress is counted; null for a goal without one.</param>
[StoredAs("plan_goal_added")]
internal sealed record PlanGoalAdded(
    Id<Goal> Goal, Id<Person> Person, Id<Person> By, [PersonalData(nameof(PlanGoalAdded.Person), KeyClass.Learning)] Personal<string> Text, string? SkillUri, DateTimeOffset At)
    : PlanEvent;

[StoredAs("plan_goal_dropped")]
internal sealed record PlanGoalDropped(Id<Goal> Goal, Id<Person> By, DateTimeOffset At) : PlanEvent;

[StoredAs("plan_activity_added")]
internal sealed record PlanActivityAdded(
    Id<Activity> Activity, Id<Goal> Goal, Id<Person> Person, Id<Person> By, [PersonalData(nameof(PlanActivityAdded.Person), KeyClass.Learning)] Personal<string> Text,
    DateOnly DueOn, DateTimeOffset At) : PlanEvent;

/// <param name="Done">False for what is done no more.</param>
[StoredAs("plan_activity_ended")]
internal sealed record PlanActivityEnded(Id<Activity> Activity, bool Done, Id<Person> By, DateTimeOffset At) : PlanEvent;

/// <summary>The day of an activity is near, and the person is told: once.</summary>
[StoredAs("plan_activity_near")]
internal sealed record PlanActivityNear(Id<Activity> Activity, DateTimeOffset At) : PlanEvent;

[StoredAs("plan_talk_noted")]
internal sealed record PlanTalkNoted(Id<Person> By, [PersonalData(nameof(PlanTalkNoted.By), KeyClass.Learning)] Personal<string> Text, DateTimeOffset At) : PlanEvent;

/// <param name="WithManager">Whether managers of the person's firms may read the plan.</param>
[StoredAs("plan_shown")]
internal sealed record PlanShown(bool WithManager, DateTimeOffset At) : PlanEvent;

[StoredAs("plan_closed")]
internal sealed record PlanClosed(Id<Person> By, [PersonalData(nameof(PlanClosed.By), KeyClass.Learning)] Personal<string> Text, DateTimeOffset At) : PlanEvent;
