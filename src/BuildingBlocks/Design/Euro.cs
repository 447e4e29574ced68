using System.Globalization;

namespace ClusterNet.Design;

/// <summary>Euro cents as the reader writes and reads them.</summary>
public static class Euro
{
    private const int Decimals = 2, Group = 3;

    /// <summary>Such as 1,234.50 €, or 1.234,50 € for a German reader.</summary>
    public static string Of(long cents) => string.Create(CultureInfo.CurrentCulture, $"{cents / 100m:N2} €");

    /// <summary>
    /// A point or a comma before one or two last digits parts the cents, whatever the reader's language: nobody's 12.50 becomes 1250. Thousands are
    /// grouped as the reader's language does it, or not at all.
    /// </summary>
    /// <returns>Cents; null for a text that is no amount from zero to <paramref name="most"/> cents, or that could be read in two ways.</returns>
    public static long? Read(string? text, long most)
    {
        var typed = string.Concat((text ?? "").Where(c => !char.IsWhiteSpace(c) && c is not ('€' or '\'' or '’')));
        var mark = typed.LastIndexOfAny(['.', ',']);
        var (whole, cents) = mark >= 0 && typed.Length - mark - 1 <= Decimals ? (typed[..mark], typed[(mark + 1)..]) : (typed, "");
        var parts = whole.Split('.', ',');
        var separators = whole.Where(c => c is '.' or ',').Distinct().ToList();
        var grouped = parts.Length == 1
            || (separators is [var separator] && parts[0].Length is > 0 and <= Group && parts.Skip(1).All(p => p.Length == Group)
                && (cents.Length > 0 ? separator != typed[mark] : CultureInfo.CurrentCulture.NumberFormat.NumberGroupSeparator.Contains(separator, StringComparison.Ordinal)));
        var digits = string.Concat(parts);
        return grouped && digits.Length > 0 && (mark < 0 || typed.Length > mark + 1) && (digits + cents).All(char.IsAsciiDigit)
            && long.TryParse(digits + cents.PadRight(Decimals, '0'), NumberStyles.None, CultureInfo.InvariantCulture, out var amount) && amount <= most
            ? amount
            : null;
    }
}
