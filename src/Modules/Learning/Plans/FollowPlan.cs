using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Plans;

internal sealed record NoteTalk(Id<Person> By, string Text, DateTimeOffset Now) : PlanCommand(By)
{
    protected override Decision<PlanEvent> Decide(Plan.Kept plan) => plan.Status == PlanStatus.Active ? new PlanTalkNoted(By, Text, Now) : PlanRules.NotActive;
}

internal sealed record ShowPlan(Id<Person> By, bool WithManager, DateTimeOffset Now) : PlanCommand(By)
{
    protected override Decision<PlanEvent> Decide(Plan.Kept plan)
    {
        if (By != plan.Person) return PlanRules.PersonsAlone;
        return plan.WithManager == WithManager ? Decision<PlanEvent>.Nothing : new PlanShown(WithManager, Now);
    }
}

internal sealed record ClosePlan(Id<Person> By, string Text, DateTimeOffset Now) : PlanCommand(By)
{
    protected override Decision<PlanEvent> Decide(Plan.Kept plan) => plan.Status switch
    {
        PlanStatus.Active => new PlanClosed(By, Text, Now),
        PlanStatus.Closed => Decision<PlanEvent>.Nothing,
        _ => PlanRules.NotActive,
    };
}

/// <summary>Who has left ends the plan, in whatever state it is.</summary>
internal sealed record LeavePlan(Id<Person> By, DateTimeOffset Now) : PlanCommand(By)
{
    protected override Decision<PlanEvent> Decide(Plan.Kept plan) => plan.Status switch
    {
        PlanStatus.Active => new PlanClosed(By, "", Now),
        PlanStatus.Proposed => new PlanDeclined(By, "", Now),
        _ => Decision<PlanEvent>.Nothing,
    };
}

internal static class FollowPlanEndpoint
{
    internal sealed record Words(string Text) : IValidated
    {
        public void Validate(Faults faults) => faults.Text("text", Text, 1, PlanRules.MaxText);
    }

    internal sealed record Sharing(bool WithManager);

    internal static void MapFollowPlan(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/learning/plans/{id}/talks", Talk)
            .WithName("NotePlanTalk").WithSummary("Note a review talk: each of the two notes what it was for them").WithExample(new Words("Two goals are on the way; the third waits for the course"))
            .SignedInMayCall("the two");
        routes.MapPut("/learning/plans/{id}/sharing", Share)
            .WithName(nameof(ShowPlan)).WithSummary("Say whether managers of one's firms may read the plan").WithExample(new Sharing(true)).SignedInMayCall("the person whose plan it is");
        routes.MapPost("/learning/plans/{id}/closing", Close)
            .WithName(nameof(ClosePlan)).WithSummary("Close the plan, with what came of it").WithExample(new Words("She leads the shift now")).SignedInMayCall("the two");
    }

    internal static Task<IResult> Talk(Id<Plan> id, Words body, IfMatch ifMatch, Caller caller, PlanDesk desk, CancellationToken ct) =>
        desk.Run(id, caller, new NoteTalk(caller.Person, body.Text.Trim(), desk.Now), ct);

    internal static Task<IResult> Share(Id<Plan> id, Sharing body, IfMatch ifMatch, Caller caller, PlanDesk desk, CancellationToken ct) =>
        desk.Run(id, caller, new ShowPlan(caller.Person, body.WithManager, desk.Now), ct);

    internal static Task<IResult> Close(Id<Plan> id, Words body, IfMatch ifMatch, Caller caller, PlanDesk desk, CancellationToken ct) =>
        desk.Run(id, caller, new ClosePlan(caller.Person, body.Text.Trim(), desk.Now), ct);
}
