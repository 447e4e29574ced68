using System.Globalization;
using ClusterNet.Access.Contracts;
using ClusterNet.Design;
using ClusterNet.Host.Pages.Layout;
using Microsoft.AspNetCore.Localization;

namespace ClusterNet.Host.Composition;

/// <summary>
/// The languages of the web app, English first. A page is shown in the one that its reader keeps with the account; else in the one that was chosen in
/// this browser; else in the first one that the browser asks for (RFC 9110 section 12.5.4).
/// </summary>
internal static class Languages
{
    private static readonly string[] Known = [.. Choice.Languages.Select(l => l.Value)];

    public static RequestLocalizationOptions Options { get; } = Make();

    private static RequestLocalizationOptions Make()
    {
        var options = new RequestLocalizationOptions().SetDefaultCulture(Known[0]).AddSupportedCultures(Known).AddSupportedUICultures(Known);
        options.RequestCultureProviders = [new CustomRequestCultureProvider(Chosen), new AcceptLanguageHeaderRequestCultureProvider()];
        return options;
    }

    /// <summary>What the reader keeps with the account, once it is known who reads. The API's texts follow the request's header alone.</summary>
    public static async Task OfAccount(HttpContext http, RequestDelegate next)
    {
        if (Caller.Of(http) is { } caller && !http.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal))
        {
            var kept = await http.RequestServices.GetRequiredService<IAccountSettings>().Of(caller.Person, http.RequestAborted);
            if (Reader.Find(kept.TimeZone) is { } zone) http.Features.Set(new SavedZone(zone));
            if (kept.Language is { } language && Known.Contains(language)) Speak(http, CultureInfo.GetCultureInfo(language));
        }

        await next(http);
    }

    /// <summary>For pages that are written further out, where what was set further in is forgotten.</summary>
    public static void SpeakAgain(HttpContext http)
    {
        if (http.Features.Get<IRequestCultureFeature>() is { } chosen) Speak(http, chosen.RequestCulture.UICulture);
    }

    private static void Speak(HttpContext http, CultureInfo culture)
    {
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, culture);
        http.Features.Set<IRequestCultureFeature>(new RequestCultureFeature(new RequestCulture(culture), null));
    }

    private static Task<ProviderCultureResult?> Chosen(HttpContext http) => Task.FromResult(
        http.Request.Cookies[Display.LanguageCookie] is { } language && Known.Contains(language) ? new ProviderCultureResult(language) : null);
}
