using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Plans;

internal static class ReadPlansEndpoint
{
    /// <param name="SkillUri">Null for a goal in which nothing is counted.</param>
    /// <param name="Records">Learning records that touch the skill since the plan began.</param>
    internal sealed record GoalAnswer(Id<Goal> Id, Personal<string> Text, string? SkillUri, int Records, int Minutes, int Confirmed, IReadOnlyList<Plan.Step> Activities);

    internal sealed record TalkAnswer(Id<Person> By, Personal<string> Text, DateTimeOffset At);

    /// <param name="Outcome">Why it was declined, or what came of it.</param>
    internal sealed record Answer(
        Id<Plan> Id, Id<Person> Person, Id<Person> Coach, PlanStatus Status, Personal<string> Wish, Personal<string> Outcome, bool WithManager, DateTimeOffset ProposedAt,
        DateTimeOffset? BegunAt, DateTimeOffset? EndedAt, IReadOnlyList<GoalAnswer> Goals, IReadOnlyList<TalkAnswer> Talks, long Version);

    internal static void MapReadPlans(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/learning/plans", async (Caller caller, PlanDesk desk, CancellationToken ct) => TypedResults.Ok(await desk.Of(caller, ct)))
            .WithName("ListPlans").WithSummary("Development plans: one's own, those one coaches, and those that people of one's firm show to their managers")
            .Produces<IReadOnlyList<PlanRow>>().SignedInMayCall("the two, and managers to whom a plan is shown");
        routes.MapGet("/learning/plans/{id}", Read)
            .WithName("ReadPlan").WithSummary("One plan with its goals, what was really recorded towards them, and talks").Produces<Answer>()
            .SignedInMayCall("the two, and managers to whom a plan is shown");
    }

    private static async Task<IResult> Read(Id<Plan> id, Caller caller, PlanDesk desk, HttpContext http, CancellationToken ct)
    {
        if (await desk.Find(id, caller, ct) is not { } plan) return Problems.From(PlanRules.Unknown);
        var (k, progress) = (plan.State, (await desk.ProgressOf(plan, caller, ct)).ToDictionary(p => p.SkillUri));
        ETags.Set(http, plan.Version);
        return TypedResults.Ok(new Answer(
            id, k.Person, k.Coach, k.Status, k.Proposed.Wish, k.Outcome, k.WithManager, k.Proposed.At, k.BegunAt, k.EndedAt,
            [
                .. k.Goals.Select(g =>
                {
                    var counted = g.SkillUri is { } uri ? progress.GetValueOrDefault(uri) : null;
                    return new GoalAnswer(
                        g.Goal, g.Text, g.SkillUri, counted?.Records ?? 0, counted?.Minutes ?? 0, counted?.Confirmed ?? 0, [.. k.Steps.Where(s => s.Goal == g.Goal)]);
                }),
            ],
            [.. k.Talks.Select(t => new TalkAnswer(t.By, t.Text, t.At))], plan.Version));
    }
}
