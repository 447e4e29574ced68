using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Learning.Discussions;
using ClusterNet.Learning.Flags;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Signals;

internal sealed record FlagSignal(string Reason, Id<Person> By, DateTimeOffset Now) : ICommand<SignalLife, SignalEvent>
{
    public Decision<SignalEvent> Decide(SignalLife state) => state switch
    {
        SignalLife.Kept k when k.Author == By => FlagPost.Own,
        SignalLife.Kept k => k.Flaggable.Flag<SignalEvent>(By, new SignalFlagged(Reason, By, Now)),
        _ => SignalRules.Unknown,
    };
}

/// <summary>A coordinator hides a signal, shows it again, or finds nothing wrong with it: always with a reason.</summary>
internal sealed record ModerateSignal(Moderation Step, string Reason, Id<Person> By, DateTimeOffset Now) : ICommand<SignalLife, SignalEvent>
{
    public Decision<SignalEvent> Decide(SignalLife state) =>
        state is SignalLife.Kept kept ? kept.Flaggable.Moderate<SignalEvent>(Step, new SignalModerated(Step, Reason, By, Now)) : SignalRules.Unknown;
}

internal static class ModerateSignalEndpoint
{
    internal static void MapModerateSignal(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/learning/signals/{id}/flags", Flag)
            .WithName(nameof(FlagSignal)).WithSummary("Say that a signal should be looked at; only coordinators learn why, and not who says so")
            .WithExample(new ModeratePostEndpoint.FlagBody("It names a customer.")).SignedInMayCall("everybody who sees the signal, of what others wrote");
        routes.MapPost("/learning/signals/{id}/moderation", Step)
            .WithName(nameof(ModerateSignal)).WithSummary("Hide a signal, show it again, or keep it after a flag; its author is told")
            .WithExample(new ModeratePostEndpoint.StepBody(Moderation.Hide, "It names a customer.")).SignedInMayCall("coordinators of a cluster that its firm is in");
    }

    internal static async Task<IResult> Flag(
        Id<Signal> id, ModeratePostEndpoint.FlagBody body, Caller caller, SignalDesk signals, Moderators moderators, CancellationToken ct)
    {
        if (await signals.Find(id, caller, ct) is not { } seen) return Problems.From(SignalRules.Unknown);
        return await moderators.Missing(seen.Row.Firm, seen.Row.Visibility, ct) is { } nobody
            ? Problems.From(nobody)
            : await signals.Run(id, caller, new FlagSignal(body.Reason.Trim(), caller.Person, signals.Now), ct);
    }

    internal static async Task<IResult> Step(
        Id<Signal> id, ModeratePostEndpoint.StepBody body, IfMatch ifMatch, Caller caller, SignalDesk signals, CancellationToken ct) =>
        await signals.Find(id, caller, ct) is not { } seen ? Problems.From(SignalRules.Unknown)
        : seen.Moderates ? await signals.Run(id, caller, new ModerateSignal(body.Step, body.Reason.Trim(), caller.Person, signals.Now), ct)
        : Problems.From(Moderators.NotModerator);
}
