using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace ClusterNet.Web;

/// <summary>
/// Over https every cookie is Secure and carries the prefix that browsers hold to its promise (RFC 6265bis section 4.1.3): <c>__Host-</c>
/// when it is for all paths of this host alone, else <c>__Secure-</c>. What comes back without one may have been planted by a neighbouring
/// host or over plain http, and is not looked at. The rest of the program knows the plain names; over http, on one's own machine, they are
/// used as they are.
/// </summary>
internal static class PrefixedCookies
{
    private const string Host = "__Host-", Secure = "__Secure-";

    public static Task Apply(HttpContext context, RequestDelegate next)
    {
        if (!context.Request.IsHttps) return next(context);
        if (context.Request.Headers.Cookie.Count > 0)
            context.Request.Headers.Cookie = string.Join("; ", context.Request.Headers.Cookie.SelectMany(Pairs).Select(Plain).OfType<string>());
        context.Response.OnStarting(static state => Prefix((HttpResponse)state), context.Response);
        return next(context);
    }

    private static string[] Pairs(string? header) =>
        header?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private static string? Plain(string pair) =>
        pair.StartsWith(Host, StringComparison.Ordinal) ? pair[Host.Length..]
        : pair.StartsWith(Secure, StringComparison.Ordinal) ? pair[Secure.Length..]
        : null;

    private static Task Prefix(HttpResponse response)
    {
        if (response.Headers.SetCookie is { Count: > 0 } cookies)
            response.Headers.SetCookie = new StringValues([.. cookies.OfType<string>().Select(Prefixed)]);
        return Task.CompletedTask;
    }

    private static string Prefixed(string cookie)
    {
        if (!SetCookieHeaderValue.TryParse(cookie, out var parsed)) return cookie;
        parsed.Secure = true;
        if (!parsed.Name.StartsWith("__", StringComparison.Ordinal))
            parsed.Name = (parsed.Path == "/" && !parsed.Domain.HasValue ? Host : Secure) + parsed.Name;
        return parsed.ToString();
    }
}
