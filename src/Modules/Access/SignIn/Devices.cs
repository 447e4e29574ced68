namespace ClusterNet.Access.SignIn;

/// <summary>What somebody signs in with, as coarse as a person would say it: no version, no model, nothing to track anybody by.</summary>
internal static class Devices
{
    public const string Unknown = "?";

    private static readonly (string Mark, string Name)[] Browsers =
        [("Edg/", "Edge"), ("EdgA/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];

    private static readonly (string Mark, string Name)[] Systems =
        [("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux")];

    /// <param name="userAgent">The header User-Agent (RFC 9110 section 10.1.5), which may say anything.</param>
    public static string Of(string? userAgent)
    {
        var (browser, system) = (Named(Browsers, userAgent), Named(Systems, userAgent));
        return browser is null && system is null ? Unknown : string.Join(", ", new[] { browser, system }.OfType<string>());
    }

    private static string? Named((string Mark, string Name)[] known, string? userAgent) =>
        Array.Find(known, k => userAgent?.Contains(k.Mark, StringComparison.Ordinal) == true).Name;
}
