using ClusterNet.Access.Contracts;
using ClusterNet.Calendar;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Mentoring.Calendar;

internal static class SubscribeCalendarEndpoint
{
    private const string Own = "/api/v1/learning/mentoring/me/calendar-link";

    private static readonly Refusal Ended = new("calendar-link-over", "This calendar link is unknown or was ended. Make a new one on the page of your mentoring.", 404);

    /// <param name="MadeAt">Null where there is no link.</param>
    internal sealed record Standing(DateTimeOffset? MadeAt);

    internal static void MapSubscribeCalendar(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/learning/mentoring/me/calendar-link", Make)
            .WithName(nameof(MakeCalendarLink)).WithSummary("A secret link by which one's calendar reads one's mentoring sessions; the answer shows it once")
            .WithDescription("A link that stood before ends with it.").SignedInMayCall("everybody for themselves");
        routes.MapPost("/learning/mentoring/me/calendar-link/revocation", Revoke)
            .WithName(nameof(RevokeCalendarLink)).WithSummary("End the calendar link").SignedInMayCall("everybody for themselves");
        routes.MapGet("/learning/mentoring/me/calendar-link", async (Caller caller, MentoringCalendar calendar, CancellationToken ct) =>
                TypedResults.Ok(new Standing(await calendar.MadeAt(caller.Person, ct))))
            .WithName("ReadCalendarLink").WithSummary("Whether there is a calendar link, and since when").Produces<Standing>().SignedInMayCall("everybody about themselves").OwnData();
        routes.MapGet("/learning/mentoring/calendar/{secret}", Read)
            .WithName("ReadMentoringCalendar").WithSummary("Mentoring sessions as iCalendar (RFC 5545), by a secret link")
            .Produces(StatusCodes.Status200OK, contentType: "text/calendar").AnyoneMayCall("the secret of the link is the permission");
    }

    internal static Task<IResult> Make(
        Caller caller, Streams<CalendarLink, CalendarLinkEvent> links, Commands commands, PublicUrl url, TimeProvider clock, CancellationToken ct) =>
        Issue(Secret.New("cnk_"), caller, links, commands, url, clock, ct);

    /// <summary>The same on the page, which shows the secret itself.</summary>
    internal static Task<IResult> Issue(
        Secret secret, Caller caller, Streams<CalendarLink, CalendarLinkEvent> links, Commands commands, PublicUrl url, TimeProvider clock, CancellationToken ct)
    {
        var stream = CalendarLink.StreamOf(caller.Person);
        var command = new MakeCalendarLink(caller.Person, Convert.ToHexStringLower(secret.Hash), clock.GetUtcNow());
        return commands.RunSecret(links, stream, command, Reply.Created(Own, new Id<CalendarLink>(stream)), ("link", LinkOf(secret, url)), [], ct);
    }

    internal static Task<IResult> Revoke(Caller caller, Streams<CalendarLink, CalendarLinkEvent> links, Commands commands, TimeProvider clock, CancellationToken ct)
    {
        var stream = CalendarLink.StreamOf(caller.Person);
        return commands.Run(links, stream, new RevokeCalendarLink(clock.GetUtcNow()), Reply.Changed(Own, new Id<CalendarLink>(stream)), ct);
    }

    internal static string LinkOf(Secret secret, PublicUrl url) => url.Of($"/api/v1/learning/mentoring/calendar/{secret.Text}");

    private static async Task<IResult> Read(string secret, MentoringCalendar calendar, HttpContext http, CancellationToken ct)
    {
        if (await calendar.Read(secret, ct) is not { } feed) return Problems.From(Ended);
        http.Response.Headers.CacheControl = "private, no-store";
        http.Response.Headers["X-Robots-Tag"] = "noindex";
        http.Response.Headers.ContentDisposition = "inline; filename=mentoring.ics";
        return TypedResults.Text(feed, CalendarFeed.ContentType);
    }
}
