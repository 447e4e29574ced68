using System.Globalization;
using System.Text.RegularExpressions;

namespace ClusterNet.Csv;

public sealed partial class CsvRow
{
    /// <summary>A whole number that must be there.</summary>
    public int Whole(string column, int min, int max) => (int)LargeWhole(column, min, max);

    /// <summary>A whole number, or null if the cell is empty.</summary>
    public int? OptionalWhole(string column, int min, int max) => (int?)OptionalLargeWhole(column, min, max);

    /// <summary>A whole number that must be there and may exceed 32 bits, such as an amount in minor units.</summary>
    public long LargeWhole(string column, long min, long max) => IsMissing(column) ? 0 : OptionalLargeWhole(column, min, max) ?? 0;

    /// <summary>A whole number that may exceed 32 bits, or null if the cell is empty.</summary>
    public long? OptionalLargeWhole(string column, long min, long max)
    {
        var text = Cell(column);
        if (text.Length == 0)
            return null;
        if (!IsWhole().IsMatch(text))
            return Faulty<long?>(column, null, "cell-not-a-whole-number", "This is not a whole number.",
                "Write digits only: no thousands separator, decimal mark or unit.");
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= min && number <= max
                ? number
                : Faulty<long?>(column, null, "cell-out-of-range",
                    string.Create(CultureInfo.InvariantCulture, $"The number must lie between {min} and {max}."),
                    "Check the number and its unit.");
    }

    /// <summary>An instant by RFC 3339, in UTC. A time without an offset is a fault: which moment it means is anybody's guess.</summary>
    public DateTimeOffset Instant(string column) => IsMissing(column) ? default : OptionalInstant(column) ?? default;

    /// <summary>An instant by RFC 3339, or null if the cell is empty.</summary>
    public DateTimeOffset? OptionalInstant(string column)
    {
        var text = Cell(column);
        if (text.Length == 0)
            return null;
        var plain = Plain(IsInstant().Match(text));
        const string Format = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz";
        return DateTimeOffset.TryParseExact(plain, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant)
            ? instant.ToUniversalTime()
            : Faulty<DateTimeOffset?>(column, null, "cell-not-an-instant", "This is not a date and time with an offset.",
                "Write it like 2026-03-31T14:30:00+02:00, or in UTC like 2026-03-31T12:30:00Z.");
    }

    /// <summary>A calendar day, written <c>yyyy-MM-dd</c>.</summary>
    public DateOnly Date(string column) => IsMissing(column) ? default : OptionalDate(column) ?? default;

    /// <summary>A calendar day, or null if the cell is empty.</summary>
    public DateOnly? OptionalDate(string column)
    {
        var text = Cell(column);
        if (text.Length == 0)
            return null;
        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : Faulty<DateOnly?>(column, null, "cell-not-a-date", "This is not a calendar day.", "Write it like 2026-03-31.");
    }

    // Seven digits of a second are what the type holds; finer ones are cut.
    private static string Plain(Match match)
    {
        var offset = match.Groups["offset"].Value;
        return $"{match.Groups["day"]}T{match.Groups["time"]}{match.Groups["fraction"]}{(offset is "Z" or "z" ? "+00:00" : offset)}";
    }

    [GeneratedRegex(@"^[+-]?[0-9]+\z")]
    private static partial Regex IsWhole();

    // RFC 3339, section 5.6; digits of a fraction beyond the seventh match and are left out.
    [GeneratedRegex(
        @"^(?<day>[0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ](?<time>[0-9]{2}:[0-9]{2}:[0-9]{2})"
        + @"(?:(?<fraction>\.[0-9]{1,7})[0-9]*)?(?<offset>[Zz]|[+-][0-9]{2}:[0-9]{2})\z")]
    private static partial Regex IsInstant();
}
