using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Web;

/// <summary>What several answers need to know of a request.</summary>
public static class Requests
{
    public static bool IsApi(this HttpContext context) =>
        context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);

    /// <summary>A browser asks for a page: paths under <c>/api</c> answer with problems in any case.</summary>
    public static bool WantsHtml(this HttpContext context) =>
        !context.IsApi() && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    /// <summary>The endpoint that was chosen, also while its exception is answered: the framework has put it aside then.</summary>
    public static Endpoint? ChosenEndpoint(this HttpContext context) =>
        context.GetEndpoint() ?? context.Features.Get<IExceptionHandlerFeature>()?.Endpoint;

    /// <summary>The pattern, not the path: paths may carry tokens, and logs must not.</summary>
    public static string RoutePattern(this HttpContext context) =>
        (context.ChosenEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(no route)";
}
