using ClusterNet.Access.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace ClusterNet.Access.Exports;

/// <summary>Everything that the history holds about the person who asks (Regulation (EU) 2016/679, Articles 15 and 20), in one archive.</summary>
internal static class ExportMyDataEndpoint
{
    internal static void MapExportMyData(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/access/me/export", Handle)
            .WithName("ExportMyData").WithSummary("One's own data in one zip archive: data.json, summary.html, proofs, README.txt")
            .WithDescription("What belongs to other persons is withheld, what was erased says so.")
            .Produces(StatusCodes.Status200OK, contentType: "application/zip")
            .SignedInMayCall("everybody about themselves").OwnData().RequireRateLimiting(RateLimits.Secrets);

    private static async Task Handle(Caller caller, HttpContext http, ExportArchive archive, CancellationToken ct)
    {
        await archive.Open(caller.Person, ct);
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        http.Response.ContentType = "application/zip";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = "my-data.zip" }.ToString();
        var languages = http.Request.GetTypedHeaders().AcceptLanguage.OrderByDescending(l => l.Quality ?? 1).Select(l => l.Value.ToString());
        // The archive ends each of its entries synchronously: into the response's buffer, not onto the wire.
        await archive.Write(http.Response.BodyWriter.AsStream(leaveOpen: true), caller.Person, SummaryWords.For(languages), ct);
    }
}
