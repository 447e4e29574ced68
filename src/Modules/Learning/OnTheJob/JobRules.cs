using ClusterNet.EventStore;
using ClusterNet.Learning.Records;
using ClusterNet.Web;

namespace ClusterNet.Learning.OnTheJob;

/// <summary>Limits and refusals that several slices share.</summary>
internal static class JobRules
{
    public const int MaxText = 2_000, MaxPeople = 30, DaysAhead = 2, MaxDaysAhead = 730;

    public static readonly Refusal Unknown = new("task-unknown", "There is no such learning task for you. Look at GET /api/v1/learning/tasks.", 404);

    public static readonly Refusal NotOpen = new("task-not-open", "The task is not under way: it has to be accepted first, or it is over. Look at it again.");

    public static readonly Refusal NotAsked = new("task-not-asked", "The task waits for no answer any more. Look at it again.");

    public static readonly Refusal LearnersAlone = new("task-of-its-learner", "Only who is to learn from it does this.", 403);

    public static readonly Refusal SettersAlone = new("task-of-its-setter", "Only who set the task takes it back. Decline it, or talk to that person.", 403);

    public static readonly Refusal OwnReport = new("own-report", "The others say what they saw. Ask your helper, or who set the task.", 403);

    public static readonly Refusal NotReported = new("task-not-reported", "There is nothing to confirm yet: the learner has to tell first what came of it.");

    public static readonly Refusal ConfirmedAlready = new("task-confirmed-already", "You have said what you saw. It stays as it is.");

    public static readonly Refusal PersonUnknown = new("task-person-unknown", "There is no such person for you. Look the id up, or ask the person to show the profile.", 422);

    public static readonly Refusal OwnHelp = new("task-own-help", "Who learns cannot be the helper too. Name somebody else, or leave the helper out.", 422);

    public static readonly Refusal DayNotPossible = new("task-day-not-possible", "The day is over, or more than two years away. Choose a day that can be kept.", 422);

    public static readonly Refusal NotManager = new("not-a-manager-of-the-firm", "Only managers of the firm keep its tasks for setting again. Set a single task instead.", 403);

    public static readonly Refusal TemplateUnknown = new("task-template-unknown", "There is no such template for you. Look at GET /api/v1/learning/tasks/templates.", 404);

    public static readonly Refusal NotInFirm = new("people-not-in-the-firm", "Some of these people do not work in the firm. Take them out, or set them a task of their own.", 422);

    /// <summary>A day that is over somewhere may be today elsewhere.</summary>
    public static bool IsPossible(DateOnly due, DateTimeOffset now) =>
        DateOnly.FromDateTime(now.UtcDateTime) is var today && due >= today.AddDays(-1) && due <= today.AddDays(MaxDaysAhead);

    public static Faults Check(Faults faults, string what, string learn, string? skillUri, int minutes) => faults
        .Text("what", what, 1, MaxText).Text("learn", learn, 1, MaxText).OptionalText("skillUri", skillUri, 500).Whole("minutes", minutes, 1, Rules.MaxMinutes);
}
