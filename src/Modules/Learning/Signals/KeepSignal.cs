using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Learning.Records;
using ClusterNet.Skills.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Signals;

/// <summary>Makes a learning record of a signal: private, of the kind reading or market scan, with links to where it stands. Kept twice, there is one.</summary>
internal static class KeepSignalEndpoint
{
    /// <param name="Learnt">What one takes from it.</param>
    /// <param name="Minutes">How long one spent on it; 15, unless told.</param>
    /// <param name="Firm">Needed only by people who work in several firms.</param>
    internal sealed record Body(string? Learnt = null, int? Minutes = null, Id<Firm>? Firm = null) : IValidated
    {
        public void Validate(Faults faults) => faults.OptionalText("learnt", Learnt, SignalRules.MaxLearnt).Whole("minutes", Minutes, 1, Rules.MaxMinutes);
    }

    internal static void MapKeepSignal(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/learning/signals/{id}/learning", Handle)
            .WithName("KeepSignal").WithSummary("Keep a signal as one's own learning: a private record of the kind reading-or-market-scan; kept twice, there is one")
            .WithExample(new Body("We need figures for our ten best sellers.", 10)).SignedInMayCall("everybody who sees the signal and works in a firm, for themselves");

    internal static async Task<IResult> Handle(
        Id<Signal> id, Body body, Caller caller, SignalDesk signals, Streams<Entry, EntryEvent> entries, Company company, ISkillCatalogue skills, Commands commands, TimeProvider clock,
        PublicUrl url, HttpRequest request, CancellationToken ct)
    {
        if (await signals.Find(id, caller, ct) is not { } seen) return Problems.From(SignalRules.Unknown);
        var said = seen.State.Now.Said;
        if (seen.State.Withdrawn || !said.What.TryGet(out var what)) return Problems.From(SignalRules.Withdrawn);
        var record = new RecordLearningEndpoint.Body(
            LearningKind.ReadingOrMarketScan, what, (body.Learnt ?? "").Trim(), null, body.Minutes,
            Links: [.. new[] { said.Link.Or(""), url.Of($"/signals/{id}") }.Where(l => l.Length > 0)], Firm: body.Firm, Capture: NamedGuid.Of("signal-learning", id.ToString()));
        return await RecordLearningEndpoint.Handle(record, caller, entries, company, skills, commands, clock, request, ct);
    }
}
