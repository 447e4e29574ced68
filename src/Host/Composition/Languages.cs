using ClusterNet.Design;
using ClusterNet.Host.Pages.Layout;
using Microsoft.AspNetCore.Localization;

namespace ClusterNet.Host.Composition;

/// <summary>
/// The languages of the web app, English first. A page is shown in the one that was chosen in this browser; else in that of the account;
/// else in the first one that the browser asks for (RFC 9110 section 12.5.4).
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

    private static Task<ProviderCultureResult?> Chosen(HttpContext http) => Task.FromResult(
        http.Request.Cookies[Display.LanguageCookie] is { } language && Known.Contains(language) ? new ProviderCultureResult(language) : null);
}
