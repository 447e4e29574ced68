using System.Globalization;
using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Access.Notices;

internal static class ListNoticesEndpoints
{
    internal const string UnreadHeader = "ClusterNet-Unread";

    private static readonly Refusal Unknown = new("notice-unknown", "There is no such notice of yours; read ones go after 90 days. Read the list again.", 404);

    /// <param name="Text">In the reader's language, without markup.</param>
    /// <param name="Href">The page that shows it; null where there is none.</param>
    internal sealed record Item(Guid Id, string Kind, string Text, string? Href, DateTimeOffset At, DateTimeOffset? ReadAt);

    internal static void MapNotices(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/access/me/notices", List)
            .WithName("ListNotices").WithSummary("What concerns oneself, newest first")
            .WithDescription($"The header {UnreadHeader} says how many are unread.").SignedInMayCall("everybody about themselves").OwnAffairs();
        routes.MapPost("/access/me/notices/{id}/read", Read)
            .WithName("ReadNotice").WithSummary("Mark a notice as read; again changes nothing").Produces(StatusCodes.Status204NoContent)
            .SignedInMayCall("everybody about themselves").OwnAffairs();
        routes.MapPost("/access/me/notices/read-all", ReadAll)
            .WithName("ReadAllNotices").WithSummary("Mark all notices as read").Produces(StatusCodes.Status204NoContent)
            .SignedInMayCall("everybody about themselves").OwnAffairs();
    }

    private static async Task<Paged<Item>> List(
        Caller caller, PageRequest page, Notices notices, NoticeTexts texts, PageLinks links, IAccountSettings settings, HttpContext http, CancellationToken ct)
    {
        // Who asks for a language gets it; a program mostly does not.
        if (http.Request.Headers.AcceptLanguage.Count == 0) CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(await settings.LanguageOf(caller.Person, ct));
        var rows = await notices.Of(caller.Person, page.After<Guid>(), page.Fetch, ct);
        var said = await texts.Of(rows, inMail: false, ct);
        http.Response.Headers[UnreadHeader] = (await notices.Unread(caller, ct)).ToString(CultureInfo.InvariantCulture);
        http.Response.Headers.CacheControl = "no-store";
        return page.Answer([.. rows.Select(r => new Item(r.Id, r.Kind, said[r.Id], links.Exists(r.Href) ? r.Href : null, r.At, r.ReadAt))], i => i.Id);
    }

    private static async Task<IResult> Read(Guid id, Caller caller, Notices notices, CancellationToken ct) =>
        await notices.MarkRead(caller.Person, id, ct) ? Results.NoContent() : Problems.From(Unknown);

    private static async Task<IResult> ReadAll(Caller caller, Notices notices, CancellationToken ct)
    {
        await notices.MarkRead(caller.Person, null, ct);
        return Results.NoContent();
    }
}
