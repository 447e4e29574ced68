using ClusterNet.EventStore;

namespace ClusterNet.Learning.Plans;

/// <summary>Limits and refusals that several slices share.</summary>
internal static class PlanRules
{
    public const int MaxText = 2_000, MaxGoals = 20, MaxSteps = 60, DaysAhead = 3;

    public static readonly Refusal Unknown = new("plan-unknown", "There is no such development plan for you. Look at GET /api/v1/learning/plans.", 404);

    public static readonly Refusal NotActive = new("plan-not-active", "The plan is not under way: the other one has to agree first, or it is closed. Propose a new one.");

    public static readonly Refusal GoalUnknown = new("plan-goal-unknown", "The plan has no such goal. Read the plan, and take one of its goals.", 404);

    public static readonly Refusal StepUnknown = new("plan-activity-unknown", "The plan has no such activity. Read the plan, and take one of its activities.", 404);

    public static readonly Refusal Full = new("plan-full", "A plan has 20 goals and 60 activities at most. Finish or drop some first.");

    public static readonly Refusal PersonsAlone = new("plan-shown-by-its-person", "Only the person whose plan it is decides who else reads it.", 403);

    public static readonly Refusal NobodyKnown = new("coach-unknown", "There is no such person for you. Look the id up, or ask the person to show the profile.", 422);

    public static readonly Refusal WithOneself = new("plan-with-oneself", "A plan takes two. Name somebody else as the coach.", 422);
}
