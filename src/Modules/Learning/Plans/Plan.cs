using System.Diagnostics;
using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;

namespace ClusterNet.Learning.Plans;

/// <summary>
/// What a person and a coach agree that the person wants to learn, with activities and days. Progress is no part of it: it follows from what the
/// person really recorded.
/// </summary>
internal abstract record Plan : IState<Plan, PlanEvent>
{
    public sealed record Absent : Plan;

    public sealed record Kept(PlanProposed Proposed, PlanStatus Status) : Plan
    {
        public DateTimeOffset? BegunAt { get; init; }

        public DateTimeOffset? EndedAt { get; init; }

        /// <summary>Why it was declined, or what came of it.</summary>
        public Personal<string> Outcome { get; init; } = "";

        public bool WithManager { get; init; }

        public ValueList<PlanGoalAdded> Goals { get; init; } = [];

        public ValueList<Step> Steps { get; init; } = [];

        public ValueList<PlanTalkNoted> Talks { get; init; } = [];

        public Id<Person> Person => Proposed.Person;

        public Id<Person> Coach => Proposed.Coach;

        public bool Has(Id<Person> person) => person == Person || person == Coach;

        public Id<Person> OtherThan(Id<Person> person) => person == Person ? Coach : Person;
    }

    /// <summary>An activity of a goal.</summary>
    /// <param name="Done">Null while it is open.</param>
    public sealed record Step(Id<Activity> Id, Id<Goal> Goal, Personal<string> Text, DateOnly DueOn, bool? Done, bool Told);

    public static Plan Initial { get; } = new Absent();

    public static Plan Evolve(Plan state, PlanEvent fact) => (state, fact) switch
    {
        (_, PlanProposed e) => new Kept(e, PlanStatus.Proposed),
        (Kept k, PlanAgreed e) => k with { Status = PlanStatus.Active, BegunAt = e.At },
        (Kept k, PlanDeclined e) => k with { Status = PlanStatus.Declined, EndedAt = e.At, Outcome = e.Reason },
        (Kept k, PlanGoalAdded e) => k with { Goals = [.. k.Goals, e] },
        (Kept k, PlanGoalDropped e) => k with { Goals = [.. k.Goals.Where(g => g.Goal != e.Goal)], Steps = [.. k.Steps.Where(s => s.Goal != e.Goal)] },
        (Kept k, PlanActivityAdded e) => k with { Steps = [.. k.Steps, new(e.Activity, e.Goal, e.Text, e.DueOn, null, false)] },
        (Kept k, PlanActivityEnded e) => k with { Steps = [.. k.Steps.Select(s => s.Id == e.Activity ? s with { Done = e.Done } : s)] },
        (Kept k, PlanActivityNear e) => k with { Steps = [.. k.Steps.Select(s => s.Id == e.Activity ? s with { Told = true } : s)] },
        (Kept k, PlanTalkNoted e) => k with { Talks = [.. k.Talks, e] },
        (Kept k, PlanShown e) => k with { WithManager = e.WithManager },
        (Kept k, PlanClosed e) => k with { Status = PlanStatus.Closed, EndedAt = e.At, Outcome = e.Text },
        _ => throw new UnreachableException(fact.GetType().Name),
    };
}

/// <summary>What one of the two does; for everybody else the plan is not theirs to change.</summary>
internal abstract record PlanCommand(Id<Person> By) : ICommand<Plan, PlanEvent>
{
    public Decision<PlanEvent> Decide(Plan state) => state is Plan.Kept k && k.Has(By) ? Decide(k) : PlanRules.Unknown;

    protected abstract Decision<PlanEvent> Decide(Plan.Kept plan);
}
