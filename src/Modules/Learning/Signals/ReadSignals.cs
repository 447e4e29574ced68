using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Communities;
using ClusterNet.Learning.Contracts;
using ClusterNet.Privacy;
using ClusterNet.Projections;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Signals;

internal static class ReadSignalsEndpoint
{
    private const string Who = "each signal as it is shown: to its firm, to the clusters of that firm, to everybody";

    /// <param name="Link">Empty for none.</param>
    /// <param name="Views">How many others told what it means for them.</param>
    internal sealed record Summary(
        Id<Signal> Id, Personal<string> What, Personal<string> SoWhat, Personal<string> Link, IReadOnlyList<string> Tags, Visibility Visibility, Id<Firm> Firm, Id<Person> Author,
        bool Withdrawn, int Views, int Helpful, DateTimeOffset SharedAt);

    /// <param name="What">Null for what was withdrawn, as are the other words; its author reads them still.</param>
    /// <param name="Reason">Why it was withdrawn.</param>
    /// <param name="Hidden">A coordinator has hidden it.</param>
    /// <param name="Talks">Discussions about it that the caller may see.</param>
    internal sealed record SignalAnswer(
        Id<Signal> Id, Personal<string>? What, Personal<string>? SoWhat, Personal<string>? Link, IReadOnlyList<string> Tags, Visibility Visibility, Id<Firm> Firm, Id<Person> Author,
        bool Withdrawn, Personal<string>? Reason, bool Hidden, IReadOnlyList<ViewAnswer> Views, int Helpful, bool MarkedByMe, IReadOnlyList<TalkAnswer> Talks, int VersionCount, DateTimeOffset SharedAt,
        DateTimeOffset ChangedAt, long Version);

    /// <summary>What it means for somebody else.</summary>
    internal sealed record ViewAnswer(Id<Person> By, Id<Firm>? Firm, Personal<string> Text, DateTimeOffset? At);

    internal sealed record TalkAnswer(Id<Community> Community, Id<Discussion> Discussion);

    internal sealed record VersionAnswer(
        int Number, Personal<string> What, Personal<string> SoWhat, Personal<string> Link, IReadOnlyList<string> Tags, Visibility Visibility, DateTimeOffset At);

    internal static void MapReadSignals(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/learning/signals", List)
            .WithName("ListSignals").WithSummary("Signals that one may see, the newest first")
            .WithDescription($"Filters: q (words), tag ({string.Join(", ", WireNames.All<SignalTag>())}), mine (true for one's own, withdrawn ones among them).")
            .Produces<Page<Summary>>().SignedInMayCall(Who);
        routes.MapGet("/learning/signals/{id}", One).WithName("ReadSignal").WithSummary("One signal, with what it means for others").Produces<SignalAnswer>().SignedInMayCall(Who);
        routes.MapGet("/learning/signals/{id}/versions", Versions)
            .WithName("ReadSignalVersions").WithSummary("What a signal said before it was corrected, the newest first; of what was withdrawn its author only")
            .Produces<IReadOnlyList<VersionAnswer>>().SignedInMayCall(Who);
    }

    private static async Task<IResult> List(PageRequest page, Caller caller, SignalDesk signals, CancellationToken ct, string? q = null, string? tag = null, bool mine = false)
    {
        if (Lists.Check<SignalTag>("tag", tag) is { } unknown) return unknown;
        var found = await signals.List(new(q, tag, mine), caller, page.After<(DateTimeOffset, Guid)>(), page.Fetch, ct);
        return page.Answer(
            [
                .. found.Select(s => new Summary(
                    s.Row.Id, s.Row.What, s.Row.SoWhat, s.Row.Link, s.Row.Tags, s.Row.Visibility, s.Row.Firm, s.Row.Author, s.Row.Withdrawn, s.Views, s.Helpful, s.Row.SharedAt)),
            ],
            s => (s.SharedAt, s.Id.Value));
    }

    private static async Task<IResult> One(Id<Signal> id, Caller caller, SignalDesk signals, CommunityDesk communities, HttpContext http, CancellationToken ct)
    {
        if (await signals.Find(id, caller, ct) is not { } seen) return Problems.From(SignalRules.Unknown);
        var (row, voices) = (seen.Row, await signals.Voices(id, ct));
        var readable = !row.Withdrawn || seen.IsAuthor;
        ETags.Set(http, row.Version);
        return TypedResults.Ok(new SignalAnswer(
            id, readable ? row.What : (Personal<string>?)null, readable ? row.SoWhat : (Personal<string>?)null, readable ? row.Link : (Personal<string>?)null, row.Tags, row.Visibility,
            row.Firm, row.Author, row.Withdrawn, row.Withdrawn ? seen.State.Reason : (Personal<string>?)null, row.Hidden,
            readable ? [.. voices.Where(v => v.HasView).Select(v => new ViewAnswer(v.By, v.Firm, v.View, v.ViewAt))] : [], voices.Count(v => v.Helpful),
            voices.Any(v => v.By == caller.Person && v.Helpful), await Talks(seen, caller, communities, ct), seen.Versions.Count, row.SharedAt, row.ChangedAt, row.Version));
    }

    /// <summary>Discussions about it in communities that the caller may see.</summary>
    internal static async Task<IReadOnlyList<TalkAnswer>> Talks(SeenSignal seen, Caller caller, CommunityDesk communities, CancellationToken ct)
    {
        var shown = new List<TalkAnswer>();
        foreach (var talk in seen.State.Talks)
            if (await communities.Find(talk.Community, caller, ct) is not null) shown.Add(new(talk.Community, talk.Discussion));
        return shown;
    }

    private static async Task<IResult> Versions(Id<Signal> id, Caller caller, SignalDesk signals, CancellationToken ct) =>
        await signals.Find(id, caller, ct) is not { } seen || (seen.State.Withdrawn && !seen.IsAuthor)
            ? Problems.From(SignalRules.Unknown)
            : TypedResults.Ok(seen.Versions.Select(v => new VersionAnswer(v.Number, v.Said.What, v.Said.SoWhat, v.Said.Link, v.Said.Tags, v.Said.Visibility, v.At)));
}
