using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Records;
using ClusterNet.Skills.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Plans;

internal sealed record AddGoal(Id<Person> By, Id<Goal> Goal, string Text, string? SkillUri, DateTimeOffset Now) : PlanCommand(By)
{
    protected override Decision<PlanEvent> Decide(Plan.Kept plan)
    {
        if (plan.Status != PlanStatus.Active) return PlanRules.NotActive;
        return plan.Goals.Count >= PlanRules.MaxGoals ? PlanRules.Full : new PlanGoalAdded(Goal, plan.Person, By, Text, SkillUri, Now);
    }
}

internal sealed record DropGoal(Id<Person> By, Id<Goal> Goal, DateTimeOffset Now) : PlanCommand(By)
{
    protected override Decision<PlanEvent> Decide(Plan.Kept plan)
    {
        if (plan.Status != PlanStatus.Active) return PlanRules.NotActive;
        return plan.Goals.Any(g => g.Goal == Goal) ? new PlanGoalDropped(Goal, By, Now) : PlanRules.GoalUnknown;
    }
}

internal sealed record AddActivity(Id<Person> By, Id<Activity> Activity, Id<Goal> Goal, string Text, DateOnly DueOn, DateTimeOffset Now) : PlanCommand(By)
{
    public static readonly Refusal DayPast = new("activity-day-past", "The day of an activity lies ahead, within five years. Choose another day.", 422);

    protected override Decision<PlanEvent> Decide(Plan.Kept plan)
    {
        if (plan.Status != PlanStatus.Active) return PlanRules.NotActive;
        if (plan.Goals.All(g => g.Goal != Goal)) return PlanRules.GoalUnknown;
        // A day begins somewhere on earth before it does in UTC.
        var today = DateOnly.FromDateTime(Now.UtcDateTime);
        if (DueOn < today.AddDays(-1) || DueOn > today.AddYears(5)) return DayPast;
        return plan.Steps.Count >= PlanRules.MaxSteps ? PlanRules.Full : new PlanActivityAdded(Activity, Goal, plan.Person, By, Text, DueOn, Now);
    }
}

internal sealed record EndActivity(Id<Person> By, Id<Activity> Activity, bool Done, DateTimeOffset Now) : PlanCommand(By)
{
    protected override Decision<PlanEvent> Decide(Plan.Kept plan)
    {
        if (plan.Status != PlanStatus.Active) return PlanRules.NotActive;
        return plan.Steps.FirstOrDefault(s => s.Id == Activity) switch
        {
            null => PlanRules.StepUnknown,
            { Done: { } was } when was == Done => Decision<PlanEvent>.Nothing,
            _ => new PlanActivityEnded(Activity, Done, By, Now),
        };
    }
}

internal static class SetGoalsEndpoint
{
    /// <param name="SkillUri">Progress is counted in records that touch this skill.</param>
    internal sealed record GoalBody(string Text, string? SkillUri = null) : IValidated
    {
        public void Validate(Faults faults) => faults.Text("text", Text, 1, PlanRules.MaxText).OptionalText("skillUri", SkillUri, 500);
    }

    internal sealed record ActivityBody(string Text, DateOnly DueOn) : IValidated
    {
        public void Validate(Faults faults) => faults.Text("text", Text, 1, PlanRules.MaxText);
    }

    /// <param name="Done">False for what is done no more.</param>
    internal sealed record Ending(bool Done);

    internal static void MapSetGoals(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/learning/plans/{id}/goals", Add)
            .WithName("AddPlanGoal").WithSummary("Add a goal: from a gap in a skill, or from a wish")
            .WithExample(new GoalBody("Lead a price talk alone", "http://data.europa.eu/esco/skill/05fc6f8d-639c-4329-a6de-dfdd800ed091")).SignedInMayCall("the two");
        routes.MapPost("/learning/plans/{id}/goals/{goal}/removal", Drop).WithName("DropPlanGoal").WithSummary("Drop a goal with its activities").SignedInMayCall("the two");
        routes.MapPost("/learning/plans/{id}/goals/{goal}/activities", AddStep)
            .WithName("AddPlanActivity").WithSummary("Add an activity with its day").WithExample(new ActivityBody("Sit in on two talks of Bernd's", new(2027, 4, 30))).SignedInMayCall("the two");
        routes.MapPost("/learning/plans/{id}/activities/{activity}/end", EndStep)
            .WithName("EndPlanActivity").WithSummary("Say that an activity is done, or done no more; progress is counted in records all the same").WithExample(new Ending(true))
            .SignedInMayCall("the two");
    }

    internal static async Task<IResult> Add(
        Id<Plan> id, GoalBody body, IfMatch ifMatch, Caller caller, PlanDesk desk, ISkillCatalogue skills, TimeProvider clock, HttpRequest request, CancellationToken ct)
    {
        if (await desk.Find(id, caller, ct) is not { Changes: true }) return Problems.From(PlanRules.Unknown);
        if (body.SkillUri is { } uri && await skills.Check([uri], Language.Of(request), ct) is { } unknown) return Problems.From(unknown);
        return await desk.Run(id, caller, new AddGoal(caller.Person, Id<Goal>.New(clock), body.Text.Trim(), body.SkillUri, desk.Now), ct);
    }

    internal static Task<IResult> Drop(Id<Plan> id, Id<Goal> goal, IfMatch ifMatch, Caller caller, PlanDesk desk, CancellationToken ct) =>
        desk.Run(id, caller, new DropGoal(caller.Person, goal, desk.Now), ct);

    internal static Task<IResult> AddStep(
        Id<Plan> id, Id<Goal> goal, ActivityBody body, IfMatch ifMatch, Caller caller, PlanDesk desk, TimeProvider clock, CancellationToken ct) =>
        desk.Run(id, caller, new AddActivity(caller.Person, Id<Activity>.New(clock), goal, body.Text.Trim(), body.DueOn, desk.Now), ct);

    internal static Task<IResult> EndStep(Id<Plan> id, Id<Activity> activity, Ending body, IfMatch ifMatch, Caller caller, PlanDesk desk, CancellationToken ct) =>
        desk.Run(id, caller, new EndActivity(caller.Person, activity, body.Done, desk.Now), ct);
}
