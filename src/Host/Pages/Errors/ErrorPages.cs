using ClusterNet.Web;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ClusterNet.Host.Pages.Errors;

/// <summary>What browsers get instead of a bare status: what happened, and what to do next. The API answers with problems.</summary>
internal static class ErrorPages
{
    /// <summary>The framework announces HTML before it refuses a form; an answer that announces something passes for one that says something.</summary>
    public static async Task Empty(HttpContext http, RequestDelegate next)
    {
        await next(http);
        if (http.Response is { HasStarted: false, StatusCode: >= 400, ContentLength: null }) http.Response.ContentType = null;
    }

    public static async Task Write(StatusCodeContext context)
    {
        var http = context.HttpContext;
        // Left empty, which the status answers further out fill. Never to the context's Next: that would carry the request out once more.
        if (!http.WantsHtml() || http.Response.StatusCode == StatusCodes.Status499ClientClosedRequest) return;

        Composition.Languages.SpeakAgain(http);
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.Remove("blazor-enhanced-nav"); // a page that answers with a bare status has set it already
        var page = new RazorComponentResult<ErrorDocument>(new { Status = http.Response.StatusCode }) { StatusCode = http.Response.StatusCode };
        // A page that was made before it was refused has used up what its scope has one of, such as the navigation.
        var services = http.RequestServices;
        await using var scope = services.CreateAsyncScope();
        http.RequestServices = scope.ServiceProvider;
        try
        {
            await page.ExecuteAsync(http);
        }
        finally
        {
            http.RequestServices = services;
        }
    }
}
