using System.Globalization;
using System.Text.RegularExpressions;

namespace ClusterNet.Access.Federation;

/// <summary>The domain of a mail address: lower-case, international names as they go over the wire (RFC 5891).</summary>
internal static partial class MailDomain
{
    public static bool Is(string? domain) => domain is { Length: > 3 and <= 253 } && Name().IsMatch(domain);

    /// <summary>The domain of an address; null when it has none.</summary>
    public static string? Of(string? email)
    {
        if (email is null || email.LastIndexOf('@') is var at && (at < 1 || email.IndexOf('@', StringComparison.Ordinal) != at)) return null;
        return Normal(email[(at + 1)..]);
    }

    /// <summary>A domain as it is compared; null when it is none.</summary>
    public static string? Normal(string? text)
    {
        try
        {
            var ascii = new IdnMapping().GetAscii((text ?? "").Trim().TrimStart('@').ToLowerInvariant());
            return Is(ascii) ? ascii : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
