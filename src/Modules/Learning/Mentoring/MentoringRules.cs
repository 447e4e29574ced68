using ClusterNet.EventStore;

namespace ClusterNet.Learning.Mentoring;

/// <summary>Limits and refusals that several slices share.</summary>
internal static class MentoringRules
{
    public const int MaxText = 2_000, MaxShort = 200, MaxSkills = 20, MaxInterests = 10, MaxLanguages = 12, MaxCapacity = 20, MaxHours = 80, MaxGoals = 10;

    /// <summary>How many mentees somebody takes at once who has said nothing about it.</summary>
    public const int UsualCapacity = 3;

    public static readonly Refusal Unknown = new(
        "mentoring-unknown", "There is no such mentoring for you. Look at GET /api/v1/learning/mentoring/pairs.", 404);

    public static readonly Refusal OfferUnknown = new(
        "mentor-unknown", "There is no such mentor for you. Look at GET /api/v1/learning/mentoring/mentors, or ask the person to show the offer.", 404);

    public static readonly Refusal SessionUnknown = new(
        "mentoring-session-unknown", "These two had no such session. Read the pair, and take a session of it.", 404);

    public static readonly Refusal NotActive = new(
        "mentoring-not-active", "These two do not work together now. What is ended or declined stays as it is: ask for mentoring anew.");

    public static readonly Refusal NoPlaceFree = new(
        "mentor-full", "The mentor has no place free. End another mentoring first, raise the number of places, or ask another mentor.");

    public static readonly Refusal WithOneself = new("mentoring-oneself", "Nobody mentors oneself. Ask somebody else.", 422);
}
