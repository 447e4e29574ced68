using System.Security.Cryptography;
using System.Text;
using ClusterNet.Access.Contracts;
using ClusterNet.Calendar;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace ClusterNet.Resources.Calendar;

internal static class ManageFeedsEndpoint
{
    private const string Own = "/api/v1/resources/feeds";
    private const int Most = 50;

    private static readonly Refusal SubjectUnknown = new(
        "feed-target-unknown", "There is no such resource, firm or cluster, or you do not belong to it. Choose one that you can see.", 404);

    private static readonly Refusal TooMany = new("too-many-feeds", "You have fifty calendar links. End one that you do not need any more.");

    private static readonly Refusal Ended = new("feed-over", "This calendar link is unknown or has ended. Make a new one on the page of your calendar links.", 404);

    /// <param name="Target">The resource, firm or cluster; left out for one's own sessions.</param>
    internal sealed record Body(FeedScope Scope, Guid? Target = null) : IValidated
    {
        public void Validate(Faults faults) => faults.Check(
            Scope == FeedScope.Person == Target is null, "target", "target-expected", "Name the resource, firm or cluster; for your own sessions leave it out.");
    }

    /// <param name="Name">Of the resource, firm or cluster; null for one's own sessions, and for what one may not see any more.</param>
    /// <param name="Works">Whether it shows anything now.</param>
    /// <param name="FetchedOn">The day on which a calendar read it last.</param>
    internal sealed record FeedView(Id<Feed> Id, FeedScope Scope, Guid? Target, string? Name, bool Works, DateTimeOffset MadeAt, DateOnly? FetchedOn);

    internal sealed record Answer(IReadOnlyList<FeedView> Items);

    internal static void MapFeeds(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/resources/feeds", (
                Body body, Caller caller, FeedDesk desk, Streams<Feed, FeedEvent> feeds, Commands commands, PublicUrl url, TimeProvider clock, CancellationToken ct) =>
                Make(NewSecret(), body, caller, desk, feeds, commands, url, clock, ct))
            .WithName(nameof(MakeFeed)).WithSummary("A secret link by which calendars read sessions: one's own, or a resource's, firm's or cluster's; the answer shows it once")
            .WithDescription("Who has the link needs no sign-in. It shows what you may see at that moment, and nothing when you may not see it any more.")
            .WithExample(new Body(FeedScope.Person))
            .SignedInMayCall("everybody for themselves");
        routes.MapGet("/resources/feeds", async (Caller caller, FeedDesk desk, CancellationToken ct) => TypedResults.Ok(new Answer(await Views(caller, desk, ct))))
            .WithName("ListFeeds").WithSummary("One's own calendar links, newest first, with the day on which each was read last")
            .SignedInMayCall("everybody about themselves").OwnData();
        routes.MapPost("/resources/feeds/{id}/revocation", Revoke)
            .WithName(nameof(RevokeFeed)).WithSummary("End a calendar link; it ends at once").SignedInMayCall("the link's owner");
    }

    /// <summary>Calendars want an address that looks like a file.</summary>
    internal static void MapReadFeed(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/calendar/feeds/{token}.ics", Read)
            .WithName("ReadFeed").WithSummary("Sessions as iCalendar (RFC 5545), by a secret link")
            .Produces(StatusCodes.Status200OK, contentType: "text/calendar").AnyoneMayCall("the secret of the link is the permission");

    internal static Secret NewSecret() => Secret.New("cnf_");

    internal static string LinkOf(Secret secret, PublicUrl url) => url.Of($"/calendar/feeds/{secret.Text}.ics");

    internal static async Task<IResult> Make(
        Secret secret, Body body, Caller caller, FeedDesk desk, Streams<Feed, FeedEvent> feeds, Commands commands, PublicUrl url, TimeProvider clock, CancellationToken ct)
    {
        if (await desk.SubjectOf(body.Scope, body.Target, caller, ct) is null) return Problems.From(SubjectUnknown);
        if ((await desk.Of(caller.Person, ct)).Count >= Most) return Problems.From(TooMany);
        var id = Id<Feed>.New(clock);
        var command = new MakeFeed(caller.Person, body.Scope, body.Target, Convert.ToHexStringLower(secret.Hash), clock.GetUtcNow());
        return await commands.RunSecret(feeds, id.Value, command, Reply.Created(Own, id), ("link", LinkOf(secret, url)), [], ct);
    }

    internal static async Task<IReadOnlyList<FeedView>> Views(Caller caller, FeedDesk desk, CancellationToken ct)
    {
        var views = new List<FeedView>();
        foreach (var (feed, on) in await desk.Of(caller.Person, ct))
        {
            var subject = await desk.SubjectOf(feed.Scope, feed.Target, caller, ct);
            views.Add(new(feed.Id, feed.Scope, feed.Target, subject is { Name.Length: > 0 } ? subject.Name : null, subject is not null, feed.MadeAt, on));
        }

        return views;
    }

    internal static Task<IResult> Revoke(Id<Feed> id, Caller caller, Streams<Feed, FeedEvent> feeds, Commands commands, TimeProvider clock, CancellationToken ct) =>
        commands.Run(feeds, id.Value, new RevokeFeed(caller.Person, clock.GetUtcNow()), Reply.Changed(Own, id), ct, statements: [FeedUse.Forget(id)]);

    private static async Task<IResult> Read(string token, FeedDesk desk, HttpContext http, CancellationToken ct)
    {
        var headers = http.Response.Headers;
        headers.CacheControl = "private, no-cache";
        headers["X-Robots-Tag"] = "noindex";
        headers["Referrer-Policy"] = "no-referrer";
        if (await desk.Read(token, ct) is not { } feed) return Problems.From(Ended);
        // It is made anew each time; what is the same to the letter is not sent again.
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(feed)).AsSpan(0, 16))}\"");
        headers.ETag = tag.ToString();
        if (EntityTagHeaderValue.TryParseList(http.Request.Headers.IfNoneMatch, out var known) && known.Any(k => k.Compare(tag, useStrongComparison: false)))
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        headers.ContentDisposition = "inline; filename=sessions.ics";
        return TypedResults.Text(feed, CalendarFeed.ContentType);
    }
}
