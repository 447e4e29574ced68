using Microsoft.AspNetCore.Http;

namespace ClusterNet.Web;

/// <summary>
/// What browsers are told about every answer (OWASP's HTTP Headers cheat sheet). An endpoint that set one of these itself, such as a file
/// that may be cached, keeps its own.
/// </summary>
internal static class SecurityHeaders
{
    private const string PagePolicy =
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    // The API description page styles itself inline; its scripts are files like all others.
    private const string ApiPagePolicy = PagePolicy + "; style-src 'self' 'unsafe-inline'";
    private const string ApiPolicy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static Task Add(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(static state => Write((HttpContext)state), context);
        return next(context);
    }

    private static Task Write(HttpContext context)
    {
        var headers = context.Response.Headers;
        var isApi = context.Request.Path.StartsWithSegments(Routes.ApiPrefix, StringComparison.OrdinalIgnoreCase);
        headers.XContentTypeOptions = "nosniff";
        headers.TryAdd("Content-Security-Policy", isApi ? ApiPolicy : context.IsApi() ? ApiPagePolicy : PagePolicy);
        headers.TryAdd("Referrer-Policy", "same-origin");
        headers.TryAdd("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
        headers.TryAdd("Cross-Origin-Opener-Policy", "same-origin");
        if (context.Request.IsHttps) // RFC 6797 section 7.2: never over plain HTTP
        {
            headers.TryAdd("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
        }

        if (isApi || context.User.Identity is { IsAuthenticated: true }) // what one person may see is kept nowhere
        {
            headers.TryAdd("Cache-Control", "no-store");
        }

        return Task.CompletedTask;
    }
}
