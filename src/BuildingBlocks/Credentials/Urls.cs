using System.Text.RegularExpressions;

namespace ClusterNet.Credentials;

internal static partial class Urls
{
    private const int MaxLength = 4096;

    /// <summary>Whether a text is an absolute URL of any scheme, or a DID (VC Data Model 2.0, section 4.4).</summary>
    public static bool IsUrl(string? text) =>
        text is { Length: <= MaxLength * 64 } && Absolute().IsMatch(text) && (!IsWeb(text) || (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Host.Length > 0));

    /// <returns>null for what is not https, or names a user or a part of a page.</returns>
    public static Uri? Https(string? text) =>
        text is { Length: <= MaxLength } && IsUrl(text) && Uri.TryCreate(text, UriKind.Absolute, out var url)
        && url.Scheme == Uri.UriSchemeHttps && url.UserInfo.Length == 0 && url.Fragment.Length == 0
            ? url
            : null;

    private static bool IsWeb(string text) =>
        text.StartsWith("http:", StringComparison.OrdinalIgnoreCase) || text.StartsWith("https:", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9+.-]*:[^\s\p{C}<>""{}|\\^`]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Absolute();
}
