namespace ClusterNet.Host.Composition;

/// <summary>The languages of the web app, English first; a page is shown in the first one that the reader's browser asks for.</summary>
internal static class Languages
{
    private static readonly string[] Known = ["en", "de", "fr"];

    public static RequestLocalizationOptions Options { get; } =
        new RequestLocalizationOptions().SetDefaultCulture(Known[0]).AddSupportedCultures(Known).AddSupportedUICultures(Known);
}
