using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Communities;

internal sealed record SetGoal(Guid Goal, string Text, DateOnly? Until, Id<Person> By, DateTimeOffset Now) : ICommand<CommunityLife, CommunityEvent>
{
    public static readonly Refusal TooMany = new("too-many-goals", $"A community has {CommunityRules.MaxGoals} goals at most. Drop one that is reached first.");

    public Decision<CommunityEvent> Decide(CommunityLife state) => state switch
    {
        CommunityLife.Open o when !o.Facilitators.Contains(By) => CommunityRules.NotFacilitator,
        CommunityLife.Open o when o.Find(Goal) is { } same && (same.Text, same.Until) == (Text, Until) => Decision<CommunityEvent>.Nothing,
        CommunityLife.Open o when o.Find(Goal) is null && o.Goals.Count >= CommunityRules.MaxGoals => TooMany,
        CommunityLife.Open => new CommunityGoalSet(Goal, Text, Until, By, Now),
        CommunityLife.Closed => CommunityRules.Closed,
        _ => CommunityRules.Unknown,
    };
}

internal sealed record ProgressGoal(Guid Goal, int Percent, Id<Person> By, DateTimeOffset Now) : ICommand<CommunityLife, CommunityEvent>
{
    public Decision<CommunityEvent> Decide(CommunityLife state) => state switch
    {
        CommunityLife.Open o when !o.Facilitators.Contains(By) => CommunityRules.NotFacilitator,
        CommunityLife.Open o when o.Find(Goal) is null => CommunityRules.GoalUnknown,
        CommunityLife.Open o when o.Find(Goal)?.Percent == Percent => Decision<CommunityEvent>.Nothing,
        CommunityLife.Open => new CommunityGoalProgressed(Goal, Percent, By, Now),
        CommunityLife.Closed => CommunityRules.Closed,
        _ => CommunityRules.Unknown,
    };
}

internal sealed record DropGoal(Guid Goal, Id<Person> By, DateTimeOffset Now) : ICommand<CommunityLife, CommunityEvent>
{
    public Decision<CommunityEvent> Decide(CommunityLife state) => state switch
    {
        CommunityLife.Open o when !o.Facilitators.Contains(By) => CommunityRules.NotFacilitator,
        CommunityLife.Open o when o.Find(Goal) is null => Decision<CommunityEvent>.Nothing,
        CommunityLife.Open => new CommunityGoalDropped(Goal, By, Now),
        CommunityLife.Closed => CommunityRules.Closed,
        _ => CommunityRules.Unknown,
    };
}

internal static class SetGoalsEndpoint
{
    private const string Who = "facilitators of the community";

    /// <param name="Until">The day by which it is to be reached.</param>
    internal sealed record Body(string Text, DateOnly? Until = null) : IValidated
    {
        public void Validate(Faults faults) => faults.Text("text", Text, 1, CommunityRules.MaxGoal).Day("until", Until, new(2000, 1, 1), new(2200, 1, 1));
    }

    internal sealed record ProgressBody(int Percent) : IValidated
    {
        public void Validate(Faults faults) => faults.Whole("percent", Percent, 0, 100);
    }

    internal static void MapSetGoals(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/learning/communities/{id}/goals", Add)
            .WithName(nameof(SetGoal)).WithSummary("Set a community a goal").WithExample(new Body("Half the rejects in thin sheet", new DateOnly(2027, 6, 30))).SignedInMayCall(Who);
        routes.MapPut("/learning/communities/{id}/goals/{goal}", Change)
            .WithName("ChangeGoal").WithSummary("Put a goal in other words, or give it another day").WithExample(new Body("Half the rejects", new DateOnly(2027, 9, 30))).SignedInMayCall(Who);
        routes.MapPut("/learning/communities/{id}/goals/{goal}/progress", Progress)
            .WithName(nameof(ProgressGoal)).WithSummary("Say how much of a goal is reached, in percent").WithExample(new ProgressBody(40)).SignedInMayCall(Who);
        routes.MapPost("/learning/communities/{id}/goals/{goal}/removal", Drop)
            .WithName(nameof(DropGoal)).WithSummary("Drop a goal; the history keeps it").SignedInMayCall(Who);
    }

    internal static Task<IResult> Add(Id<Community> id, Body body, IfMatch ifMatch, Caller caller, CommunityCommands communities, CancellationToken ct)
    {
        var goal = communities.NewId<Goal>();
        return communities.Run(
            id, caller, true, new SetGoal(goal.Value, body.Text.Trim(), body.Until, caller.Person, communities.Now), ct,
            Reply.Created($"/api/v1/learning/communities/{id}", goal));
    }

    internal static async Task<IResult> Change(
        Id<Community> id, Guid goal, Body body, IfMatch ifMatch, Caller caller, CommunityDesk desk, CommunityCommands communities, CancellationToken ct) =>
        await desk.Find(id, caller, ct) is { Facilitates: true } seen && seen.Row.Goals.All(g => g.Id != goal)
            ? Problems.From(CommunityRules.GoalUnknown)
            : await communities.Run(id, caller, true, new SetGoal(goal, body.Text.Trim(), body.Until, caller.Person, communities.Now), ct);

    internal static Task<IResult> Progress(
        Id<Community> id, Guid goal, ProgressBody body, IfMatch ifMatch, Caller caller, CommunityCommands communities, CancellationToken ct) =>
        communities.Run(id, caller, true, new ProgressGoal(goal, body.Percent, caller.Person, communities.Now), ct);

    internal static Task<IResult> Drop(Id<Community> id, Guid goal, IfMatch ifMatch, Caller caller, CommunityCommands communities, CancellationToken ct) =>
        communities.Run(id, caller, true, new DropGoal(goal, caller.Person, communities.Now), ct);
}
