using ClusterNet.EventStore;
using Microsoft.Extensions.Logging;

namespace ClusterNet.Learning.Plans;

/// <summary>The day of an activity is near: told once.</summary>
internal sealed record TellNear(Id<Activity> Activity, DateTimeOffset Now) : ICommand<Plan, PlanEvent>
{
    public Decision<PlanEvent> Decide(Plan state) =>
        state is Plan.Kept { Status: PlanStatus.Active } k && k.Steps.Any(s => s.Id == Activity && s is { Done: null, Told: false } && s.DueOn <= PlanClock.Horizon(Now))
            ? new PlanActivityNear(Activity, Now)
            : Decision<PlanEvent>.Nothing;
}

/// <summary>Looks for activities whose day is near. Any number of Hosts may: the plan decides once.</summary>
internal sealed class PlanClock(Database database, Streams<Plan, PlanEvent> plans, TimeProvider clock, ILogger<PlanClock> logger)
    : Rounds("Plans", TimeSpan.FromMinutes(10), clock, logger)
{
    public static DateOnly Horizon(DateTimeOffset now) => DateOnly.FromDateTime(now.UtcDateTime).AddDays(PlanRules.DaysAhead);

    public override async Task Tick(CancellationToken ct)
    {
        var now = Now;
        var near = await database.Query(
            LearningModule.Name, Statement.Of("select id, plan from learning.plan_steps where not told and due_on <= $1 order by due_on", Horizon(now)),
            r => (Activity: new Id<Activity>(r.GetGuid(0)), Plan: r.GetGuid(1)), ct);
        foreach (var (activity, plan) in near) await plans.Execute(plan, new TellNear(activity, now), new(CommandMetadata.System("plan-activity-near")), ct);
    }
}
