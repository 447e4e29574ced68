using ClusterNet.Design;
using ClusterNet.Host.Resources;
using Microsoft.Extensions.Localization;

namespace ClusterNet.Host.Pages.Layout;

/// <summary>What readers choose from for how pages look, and where the choice is kept.</summary>
public static class Display
{
    /// <summary>The cookie of the language that was chosen in this browser.</summary>
    public const string LanguageCookie = "lang";

    private static readonly TimeSpan Year = TimeSpan.FromDays(365);

    /// <summary>Every zone of the IANA database that this machine knows by place; names such as "EST" and "Etc/GMT+3" mislead.</summary>
    public static IReadOnlyList<Choice> Zones { get; } =
    [
        new("UTC", "UTC"),
        .. TimeZoneInfo.GetSystemTimeZones().Where(z => z.HasIanaId && z.Id.Contains('/', StringComparison.Ordinal) && !z.Id.StartsWith("Etc/", StringComparison.Ordinal))
            .OrderBy(z => z.Id, StringComparer.Ordinal).Select(z => new Choice(z.Id, z.Id.Replace('_', ' '))),
    ];

    public static IReadOnlyList<Choice> Themes(IStringLocalizer<Texts> text) =>
        [new("system", text["ThemeSystem"]), new("light", text["ThemeLight"]), new("dark", text["ThemeDark"])];

    /// <param name="value">Null to forget the choice.</param>
    internal static void Keep(HttpContext http, string cookie, string? value)
    {
        var options = new CookieOptions { Path = "/", SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, IsEssential = true, MaxAge = value is null ? null : Year };
        if (value is null) http.Response.Cookies.Delete(cookie, options);
        else http.Response.Cookies.Append(cookie, value, options);
    }

    /// <summary>The script writes the zone of the device, unless somebody chose: a choice is marked by a second cookie.</summary>
    internal static void KeepZone(HttpContext http, string? zone)
    {
        Keep(http, Reader.ZoneCookie, zone);
        Keep(http, Reader.ZoneChosenCookie, zone is null ? null : "1");
    }
}
