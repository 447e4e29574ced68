using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ClusterNet.Web;

/// <summary>
/// Refuses changes that a page of another site makes a browser send (W3C Fetch Metadata; the rule of Go's CrossOriginProtection). Cookies
/// travel by themselves, the Authorization header does not, so a request with one is the caller's own. Sign-in has no cookie yet and needs
/// the rule too.
/// </summary>
public static class CrossSite
{
    /// <summary>Lets other sites post here, for endpoints that act for nobody, such as public verification.</summary>
    public static TBuilder AllowCrossSite<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(Allowed.Instance);

    /// <summary>Lets the scripts of any page read this answer (W3C Fetch, section 3.3.3): for what belongs to nobody who is signed in.</summary>
    /// <param name="cache">Who may keep it for how long (RFC 9111, section 5.2).</param>
    public static void LetAnyPageRead(HttpContext http, string cache)
    {
        http.Response.Headers.AccessControlAllowOrigin = "*";
        http.Response.Headers.CacheControl = cache;
    }

    internal static Task Refuse(HttpContext context, RequestDelegate next) => IsOwn(context)
        ? next(context)
        : StatusAnswers.Answer(
            context, 403, Problems.Of(403, "cross-site-request", "Another site's page sent this; repeat it from a page of this one, or use a token."));

    private static bool IsOwn(HttpContext context)
    {
        var request = context.Request;
        if (IsSafe(request.Method) || request.Headers.Authorization.Count > 0
            || context.GetEndpoint()?.Metadata.GetMetadata<Allowed>() is not null)
        {
            return true;
        }

        return request.Headers["Sec-Fetch-Site"].ToString() switch
        {
            "" => request.Headers.Origin.ToString() is not { Length: > 0 } origin || HostOf(origin) == request.Host,
            var site => site is "same-origin" or "none",
        };
    }

    // RFC 9110 section 9.2.1
    private static bool IsSafe(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method);

    // Browsers leave out the scheme's own port in both headers; the scheme is not compared, as a proxy may end TLS.
    private static HostString? HostOf(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var url) ? new HostString(url.Authority) : null;

    private sealed record Allowed
    {
        public static readonly Allowed Instance = new();
    }
}
