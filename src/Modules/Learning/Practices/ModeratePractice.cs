using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Learning.Discussions;
using ClusterNet.Learning.Flags;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Practices;

internal sealed record FlagPractice(string Reason, Id<Person> By, DateTimeOffset Now) : ICommand<PracticeLife, PracticeEvent>
{
    public Decision<PracticeEvent> Decide(PracticeLife state) => state switch
    {
        PracticeLife.Kept k when k.Author == By => FlagPost.Own,
        PracticeLife.Kept k => k.Flaggable.Flag<PracticeEvent>(By, new PracticeFlagged(Reason, By, Now)),
        _ => PracticeRules.Unknown,
    };
}

/// <summary>A coordinator hides a practice, shows it again, or finds nothing wrong with it: always with a reason.</summary>
internal sealed record ModeratePractice(Moderation Step, string Reason, Id<Person> By, DateTimeOffset Now) : ICommand<PracticeLife, PracticeEvent>
{
    public Decision<PracticeEvent> Decide(PracticeLife state) =>
        state is PracticeLife.Kept kept ? kept.Flaggable.Moderate<PracticeEvent>(Step, new PracticeModerated(Step, Reason, By, Now)) : PracticeRules.Unknown;
}

internal static class ModeratePracticeEndpoint
{
    internal static void MapModeratePractice(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/learning/practices/{id}/flags", Flag)
            .WithName(nameof(FlagPractice)).WithSummary("Say that a practice should be looked at; only coordinators learn why, and not who says so")
            .WithExample(new ModeratePostEndpoint.FlagBody("It names a customer.")).SignedInMayCall("everybody who sees the practice, of what others wrote");
        routes.MapPost("/learning/practices/{id}/moderation", Step)
            .WithName(nameof(ModeratePractice)).WithSummary("Hide a practice, show it again, or keep it after a flag; its author is told")
            .WithExample(new ModeratePostEndpoint.StepBody(Moderation.Hide, "It names a customer.")).SignedInMayCall("coordinators of a cluster that its firm is in");
    }

    internal static async Task<IResult> Flag(
        Id<Practice> id, ModeratePostEndpoint.FlagBody body, Caller caller, PracticeDesk practices, Moderators moderators, CancellationToken ct)
    {
        if (await practices.Find(id, caller, ct) is not { } seen) return Problems.From(PracticeRules.Unknown);
        return await moderators.Missing(seen.Row.Firm, seen.Row.Visibility, ct) is { } nobody
            ? Problems.From(nobody)
            : await practices.Run(id, caller, _ => new FlagPractice(body.Reason.Trim(), caller.Person, practices.Now), ct);
    }

    internal static async Task<IResult> Step(
        Id<Practice> id, ModeratePostEndpoint.StepBody body, IfMatch ifMatch, Caller caller, PracticeDesk practices, CancellationToken ct) =>
        await practices.Find(id, caller, ct) is not { } seen ? Problems.From(PracticeRules.Unknown)
        : seen.Moderates ? await practices.Run(id, caller, _ => new ModeratePractice(body.Step, body.Reason.Trim(), caller.Person, practices.Now), ct)
        : Problems.From(Moderators.NotModerator);
}
