using ClusterNet.Access.Contracts;
using Microsoft.AspNetCore.Http;

namespace ClusterNet.Access.SignIn;

/// <summary>On the pages the second step's secret travels in a cookie of its own: not in an address, which would stay in histories and logs.</summary>
internal static class AttemptCookie
{
    private const string Name = "clusternet-attempt";

    public static string? Of(HttpContext http) => http.Request.Cookies[Name];

    public static void Set(HttpContext http, Secret attempt) => http.Response.Cookies.Append(Name, attempt.Text, Options(http, SignInDesk.AttemptLasts));

    public static void Clear(HttpContext http) => http.Response.Cookies.Delete(Name, Options(http, null));

    private static CookieOptions Options(HttpContext http, TimeSpan? lasts) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = http.Request.IsHttps,
        Path = "/sign-in",
        MaxAge = lasts,
        IsEssential = true,
    };
}
