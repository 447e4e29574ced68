using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ClusterNet.Design;

/// <summary>
/// A message for the page after the next redirect ("post, redirect, get"). It travels in a cookie that only this installation can write
/// and that lasts a minute, so that nobody can put words on somebody's page by a link.
/// </summary>
public static class Flash
{
    private const string Cookie = "flash";
    private const string Purpose = "ClusterNet.Design.Flash";
    private const int Longest = 400;
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(1);

    /// <summary>Says it on the page that the reader sees next.</summary>
    /// <param name="text">A whole sentence in the reader's language; without personal data, for a cookie may be written to disk.</param>
    public static void Say(HttpContext http, Tone tone, string text)
    {
        var message = JsonSerializer.Serialize(new[] { tone.Class(), text.Length > Longest ? text[..Longest] : text });
        http.Response.Cookies.Append(Cookie, Protector(http).Protect(message, Lasts), Options(http, Lasts));
    }

    /// <returns>What was said; null for nothing. The message is gone after that.</returns>
    internal static Message? Take(HttpContext http)
    {
        if (http.Request.Cookies[Cookie] is not { Length: > 0 } cookie) return null;
        if (!http.Response.HasStarted) http.Response.Cookies.Delete(Cookie, Options(http, null));
        try
        {
            return JsonSerializer.Deserialize<string[]>(Protector(http).Unprotect(cookie)) is [var tone, var text] ? new(Of(tone), text) : null;
        }
        catch (Exception e) when (e is System.Security.Cryptography.CryptographicException or JsonException)
        {
            return null; // too old, or not written by us
        }
    }

    private static Tone Of(string name) => Enum.GetValues<Tone>().FirstOrDefault(tone => tone.Class() == name);

    private static ITimeLimitedDataProtector Protector(HttpContext http) =>
        http.RequestServices.GetRequiredService<IDataProtectionProvider>().CreateProtector(Purpose).ToTimeLimitedDataProtector();

    private static CookieOptions Options(HttpContext http, TimeSpan? lasts) =>
        new() { HttpOnly = true, Secure = http.Request.IsHttps, SameSite = SameSiteMode.Lax, Path = "/", MaxAge = lasts, IsEssential = true };

    /// <summary>What was said.</summary>
    internal sealed record Message(Tone Tone, string Text);
}
