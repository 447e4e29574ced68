using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Signals;

/// <param name="Text">Empty to take it back.</param>
internal sealed record TellView(Id<Signal> Signal, string Text, Id<Person> By, Id<Firm>? Firm, bool Own, DateTimeOffset Now) : ICommand<SignalVoice, SignalVoiceEvent>
{
    public Decision<SignalVoiceEvent> Decide(SignalVoice state) => state.View switch
    {
        _ when Own => SignalRules.OwnView,
        null when Text.Length == 0 => Decision<SignalVoiceEvent>.Nothing,
        { } view when view.Text == Text => Decision<SignalVoiceEvent>.Nothing,
        _ when Text.Length == 0 => new SignalViewTakenBack(Signal, By, Now),
        _ => new SignalViewTold(Signal, By, Firm, Text, Now),
    };
}

internal sealed record MarkSignal(Id<Signal> Signal, Id<Person> By, bool Helpful, bool Own, DateTimeOffset Now) : ICommand<SignalVoice, SignalVoiceEvent>
{
    public Decision<SignalVoiceEvent> Decide(SignalVoice state) => state switch
    {
        _ when Own => SignalRules.OwnMark,
        _ when state.Helpful == Helpful => Decision<SignalVoiceEvent>.Nothing,
        { Changes: >= SignalRules.MaxChanges } => SignalRules.TooOften,
        _ => new SignalMarked(Signal, By, Helpful, Now),
    };
}

internal static class VoiceSignalEndpoint
{
    private const string Who = "everybody who sees the signal, of what others shared";

    /// <param name="Text">Left out or empty, one's view is taken back.</param>
    internal sealed record ViewBody(string? Text = null) : IValidated
    {
        public void Validate(Faults faults) => faults.OptionalText("text", Text, SignalRules.MaxSoWhat);
    }

    internal sealed record MarkBody(bool Helpful);

    internal static void MapVoiceSignal(this IEndpointRouteBuilder routes)
    {
        routes.MapPut("/learning/signals/{id}/view", View)
            .WithName(nameof(TellView)).WithSummary("Say what a signal of somebody else means for one's own firm; each person has one view, and can change it")
            .WithExample(new ViewBody("We would have to weigh our scrap.")).SignedInMayCall(Who);
        routes.MapPut("/learning/signals/{id}/helpful", Mark)
            .WithName(nameof(MarkSignal)).WithSummary("Say that a signal helped, or take that back; each person counts once").WithExample(new MarkBody(true))
            .RequireRateLimiting(RateLimits.Marks).SignedInMayCall(Who);
    }

    internal static async Task<IResult> View(Id<Signal> id, ViewBody body, IfMatch ifMatch, Caller caller, SignalDesk signals, CancellationToken ct)
    {
        if (await signals.Find(id, caller, ct) is not { } seen) return Problems.From(SignalRules.Unknown);
        var firm = seen.Reader.Firms.Order().Select(f => (Id<Firm>?)new Id<Firm>(f)).FirstOrDefault();
        return await signals.Run(id, caller.Person, new TellView(id, (body.Text ?? "").Trim(), caller.Person, firm, seen.IsAuthor, signals.Now), ct);
    }

    internal static async Task<IResult> Mark(Id<Signal> id, MarkBody body, Caller caller, SignalDesk signals, CancellationToken ct) =>
        await signals.Find(id, caller, ct) is { } seen
            ? await signals.Run(id, caller.Person, new MarkSignal(id, caller.Person, body.Helpful, seen.IsAuthor, signals.Now), ct)
            : Problems.From(SignalRules.Unknown);
}
