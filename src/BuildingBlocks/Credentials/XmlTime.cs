using System.Globalization;
using System.Text.RegularExpressions;

namespace ClusterNet.Credentials;

/// <summary>Times as credentials write them: dateTimeStamp of XML Schema 1.1 part 2, section 3.4.28.</summary>
internal static partial class XmlTime
{
    public static string Write(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>A time without an offset is one of UTC (VC Data Model 2.0, section 4.9.1); one beyond the years that we count is the first or the last of all.</summary>
    /// <returns>null for what is no time, the 30th of February among them.</returns>
    public static DateTimeOffset? Read(string text)
    {
        if (Stamp().Match(text) is not { Success: true } match) return null;
        var year = match.Groups["year"].Value;
        if (year.StartsWith('-') || year == "0000") return DateTimeOffset.MinValue;
        if (year.Length > 4) return DateTimeOffset.MaxValue;
        var (midnight, day) = (match.Groups["midnight"].Success, $"{year}{match.Groups["day"].Value}");
        if (!DateTime.TryParseExact($"{day}T{(midnight ? "00:00:00" : match.Groups["time"].Value)}", "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)) return null;
        return Shift(at, midnight, match.Groups["fraction"].Value, match.Groups["offset"].Value);
    }

    private static DateTimeOffset Shift(DateTime at, bool midnight, string fraction, string offset)
    {
        var ticks = long.Parse($"0{fraction.TrimStart('.')}".PadRight(8, '0')[..8], CultureInfo.InvariantCulture) + (midnight ? TimeSpan.TicksPerDay : 0);
        if (offset is not ("" or "Z"))
        {
            var away = TimeSpan.ParseExact(offset[1..], "hh':'mm", CultureInfo.InvariantCulture).Ticks;
            ticks += offset[0] == '+' ? -away : away;
        }

        return new(Math.Clamp(at.Ticks + ticks, DateTimeOffset.MinValue.Ticks, DateTimeOffset.MaxValue.Ticks), TimeSpan.Zero);
    }

    [GeneratedRegex(
        @"\A(?<year>-?(?:[1-9][0-9]{3,8}|0[0-9]{3}))(?<day>-[01][0-9]-[0-3][0-9])T(?:(?<midnight>24:00:00(?:\.0{1,64})?)|(?<time>[0-2][0-9]:[0-5][0-9]:[0-5][0-9])(?<fraction>\.[0-9]{1,64})?)(?<offset>Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))?\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Stamp();
}
