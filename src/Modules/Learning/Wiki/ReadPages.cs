using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Communities;
using ClusterNet.Learning.Contracts;
using ClusterNet.Learning.Discussions;
using ClusterNet.Privacy;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Wiki;

internal static class ReadPagesEndpoint
{
    private const string Who = "everybody who may see the community; what waits or is hidden its author and the facilitators";

    private static readonly Refusal NoVersion = new("wiki-version-unknown", "The page has no such version for you. Read its versions to see their numbers.", 404);

    /// <param name="Waits">A version waits for a facilitator.</param>
    internal sealed record Summary(Id<WikiPage> Id, WikiKind Kind, Personal<string> Title, PostStatus Status, bool Waits, DateTimeOffset ChangedAt);

    /// <param name="Number">Of the version, from 1.</param>
    /// <param name="Text">Markdown, with people as <c>@[id]</c>.</param>
    /// <param name="Following">Whether the caller hears of new versions.</param>
    internal sealed record PageAnswer(
        Id<WikiPage> Id, Id<Community> Community, WikiKind Kind, int Number, Personal<string> Title, Personal<string> Text, Id<Person> By, DateTimeOffset At, bool Hidden,
        bool Following, long Version);

    internal sealed record VersionAnswer(int Number, Personal<string> Title, Personal<string> Note, Id<Person> By, PostStatus Status, DateTimeOffset At);

    /// <param name="Parts">The text in order; removed parts stand in the older version only, added ones in the newer.</param>
    internal sealed record DifferenceAnswer(int From, int To, IReadOnlyList<DiffPart> Parts);

    internal static void MapReadPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/learning/communities/{id}/pages", List)
            .WithName("ListWikiPages").WithSummary("Pages of a community's wiki, by title").Produces<IReadOnlyList<Summary>>().SignedInMayCall(Who);
        routes.MapGet("/learning/pages/{id}", One)
            .WithName("ReadWikiPage").WithSummary("A page of a wiki; number asks for an earlier version").Produces<PageAnswer>().SignedInMayCall(Who);
        routes.MapGet("/learning/pages/{id}/versions", Versions)
            .WithName("ReadWikiVersions").WithSummary("The versions of a page, the oldest first").Produces<IReadOnlyList<VersionAnswer>>().SignedInMayCall(Who);
        routes.MapGet("/learning/pages/{id}/differences", Differences)
            .WithName("CompareWikiVersions").WithSummary("What changed between two versions of a page, word by word; unless told, between the last two")
            .Produces<DifferenceAnswer>().SignedInMayCall(Who);
    }

    private static async Task<IResult> List(Id<Community> id, Caller caller, CommunityDesk communities, WikiDesk wiki, CancellationToken ct) =>
        await communities.Find(id, caller, ct) is not { } community
            ? Problems.From(CommunityRules.Unknown)
            : TypedResults.Ok((await wiki.Of(community, ct)).Select(p => new Summary(p.Id, p.Kind, TitleOf(p), p.Status, p.Waits, p.ChangedAt)));

    private static async Task<IResult> One(Id<WikiPage> id, Caller caller, WikiDesk wiki, Followers followers, HttpContext http, CancellationToken ct, int? number = null)
    {
        if (await wiki.Find(id, caller, ct) is not { } seen) return Problems.From(WikiDesk.Unknown);
        if ((number is null ? seen.Shown : seen.Versions.FirstOrDefault(v => v.Number == number)) is not { } version) return Problems.From(NoVersion);
        ETags.Set(http, seen.Version);
        return TypedResults.Ok(new PageAnswer(
            id, seen.State.Community, seen.State.Kind, version.Number, version.Title, version.Text, version.By, version.At, seen.State.Hidden,
            await FollowPageEndpoint.Follows(seen, followers, ct), seen.Version));
    }

    private static async Task<IResult> Versions(Id<WikiPage> id, Caller caller, WikiDesk wiki, CancellationToken ct) => await wiki.Find(id, caller, ct) is not { } seen
        ? Problems.From(WikiDesk.Unknown)
        : TypedResults.Ok(seen.Versions.Select(v => new VersionAnswer(v.Number, v.Title, v.Note, v.By, v.Status, v.At)));

    private static async Task<IResult> Differences(Id<WikiPage> id, Caller caller, WikiDesk wiki, CancellationToken ct, int? from = null, int? to = null)
    {
        if (await wiki.Find(id, caller, ct) is not { } seen) return Problems.From(WikiDesk.Unknown);
        return Pair(seen, from, to) is var (older, newer)
            ? TypedResults.Ok(new DifferenceAnswer(older.Number, newer.Number, TextDiff.Of(older.Text.Or(""), newer.Text.Or(""))))
            : Problems.From(NoVersion);
    }

    /// <summary>Two versions to compare, the older one first: the last two unless told.</summary>
    internal static (WikiVersion Older, WikiVersion Newer)? Pair(SeenPage seen, int? from, int? to)
    {
        List<WikiVersion> all = [.. seen.Versions];
        var newer = to is null ? all[^1] : all.Find(v => v.Number == to);
        var older = from is null ? all.LastOrDefault(v => v.Number < newer?.Number) ?? newer : all.Find(v => v.Number == from);
        return (older, newer) is ({ } o, { } n) ? o.Number <= n.Number ? (o, n) : (n, o) : null;
    }

    /// <summary>Before anything was let through, what waits.</summary>
    internal static Personal<string> TitleOf(WikiPageRow page) => page.Status == PostStatus.InReview ? page.NextTitle : page.Title;
}
