using System.Globalization;
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

    /// <summary>
    /// Euro in cents; thousands may be set apart by points, commas, blanks or apostrophes, and two digits of cents follow a point or a comma: groups of
    /// three digits are thousands, so that neither is taken for the other.
    /// </summary>
    /// <returns>False for anything else.</returns>
    public static bool TryEuro(string? typed, out long? cents)
    {
        cents = null;
        var text = (typed ?? "").Trim();
        if (text.Length == 0) return true;
        if (Sum().Match(text) is not { Success: true } sum) return false;
        cents = long.Parse(
            string.Concat(sum.Groups["euro"].Value.Where(char.IsAsciiDigit)) + (sum.Groups["cents"] is { Success: true } rest ? rest.Value : "00"),
            CultureInfo.InvariantCulture);
        return true;
    }

    /// <summary>A sum as it may be typed again: whole euro, or with the cents it has.</summary>
    public static string Euro(long cents, CultureInfo culture) => (cents / 100m).ToString(cents % 100 == 0 ? "0" : "0.00", culture);

    [GeneratedRegex(@"^(?<euro>[0-9]{1,15}|[0-9]{1,3}([.,'\u2019 \u00a0\u202f][0-9]{3}){1,4})([.,](?<cents>[0-9]{2}))?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Sum();
}
