using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ClusterNet.Host.Pages;

/// <summary>For browsers a missing page is a page; the API answers with problems.</summary>
internal static class ErrorPages
{
    public static async Task Write(StatusCodeContext context)
    {
        var http = context.HttpContext;
        var page = http.Response.StatusCode == StatusCodes.Status404NotFound
            && !http.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
            && http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
        if (page) await new RazorComponentResult<MissingPage>().ExecuteAsync(http);
        else await context.Next(http);
    }
}
