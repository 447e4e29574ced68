using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Projections;

namespace ClusterNet.Learning.Plans;

/// <summary>Who has a plan with whom; what it says stays in the history of the two.</summary>
internal sealed record PlanRow(
    Id<Plan> Id, Id<Person> Person, Id<Person> Coach, Id<Person> By, PlanStatus Status, bool WithManager, int GoalCount, DateTimeOffset ProposedAt,
    DateTimeOffset? BegunAt, DateTimeOffset? EndedAt, long Version)
{
    internal Id<Person> OtherThan(Id<Person> person) => person == Person ? Coach : Person;
}

internal sealed class PlanRows() : InlineProjection<PlanEvent, PlanRow>(LearningModule.Name, Table)
{
    public static readonly Table<PlanRow> Table = new(LearningModule.Name, "plans", nameof(PlanRow.Id)) { Indexes = ["(person)", "(coach)"] };

    protected override PlanRow? Apply(PlanRow? row, Recorded<PlanEvent> recorded)
    {
        if (recorded.Fact is PlanProposed p) return new(new(recorded.Stream), p.Person, p.Coach, p.By, PlanStatus.Proposed, false, 0, p.At, null, null, recorded.Version);
        return row is null ? null : Changed(row, recorded.Fact) with { Version = recorded.Version };
    }

    private static PlanRow Changed(PlanRow row, PlanEvent fact) => fact switch
    {
        PlanAgreed e => row with { Status = PlanStatus.Active, BegunAt = e.At },
        PlanDeclined e => row with { Status = PlanStatus.Declined, EndedAt = e.At },
        PlanClosed e => row with { Status = PlanStatus.Closed, EndedAt = e.At },
        PlanShown e => row with { WithManager = e.WithManager },
        PlanGoalAdded => row with { GoalCount = row.GoalCount + 1 },
        PlanGoalDropped => row with { GoalCount = row.GoalCount - 1 },
        _ => row,
    };
}

/// <summary>An activity that is still to be done.</summary>
internal sealed record PlanStepRow(Id<Activity> Id, Id<Plan> Plan, Id<Goal> Goal, Id<Person> Person, DateOnly DueOn, bool Told);

internal sealed class PlanStepRows() : InlineRows<PlanEvent, PlanStepRow>(LearningModule.Name, Table, "plan")
{
    public static readonly Table<PlanStepRow> Table = new(LearningModule.Name, "plan_steps", nameof(PlanStepRow.Id)) { Indexes = ["(person, due_on)", "(due_on) where not told", "(plan)"] };

    protected override IReadOnlyList<PlanStepRow> Apply(IReadOnlyList<PlanStepRow> rows, Recorded<PlanEvent> recorded) => recorded.Fact switch
    {
        PlanActivityAdded e => [.. rows, new(e.Activity, new(recorded.Stream), e.Goal, e.Person, e.DueOn, false)],
        PlanActivityEnded e => [.. rows.Where(r => r.Id != e.Activity)],
        PlanActivityNear e => [.. rows.Select(r => r.Id == e.Activity ? r with { Told = true } : r)],
        PlanGoalDropped e => [.. rows.Where(r => r.Goal != e.Goal)],
        PlanClosed => [],
        _ => rows,
    };
}
