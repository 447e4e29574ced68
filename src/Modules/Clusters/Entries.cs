using System.Text.RegularExpressions;

namespace ClusterNet.Clusters;

/// <summary>What people type into forms, as the API takes it.</summary>
internal static partial class Entries
{
    /// <summary>A code without blanks, in capitals.</summary>
    public static string Code(string? typed) => (typed ?? "").Trim().ToUpperInvariant();

    /// <summary>Several entries, separated by commas, semicolons or line ends.</summary>
    public static IReadOnlyList<string> Words(string? typed) =>
        (typed ?? "").Split([',', ';', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Whole euro in cents; thousands may be set apart by points, commas, blanks or apostrophes.</summary>
    /// <returns>False for anything else: a comma before two digits must not make a hundred times the sum.</returns>
    public static bool TryEuro(string? typed, out long? cents)
    {
        cents = null;
        var text = (typed ?? "").Trim();
        if (text.Length == 0) return true;
        if (!Whole().IsMatch(text)) return false;
        cents = long.Parse(string.Concat(text.Where(char.IsAsciiDigit)), System.Globalization.CultureInfo.InvariantCulture) * 100;
        return true;
    }

    [GeneratedRegex(@"^([0-9]{1,15}|[0-9]{1,3}([.,'\u2019 \u00a0\u202f][0-9]{3}){1,4})\z")]
    private static partial Regex Whole();
}
