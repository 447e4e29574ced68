using System.Globalization;
using System.Text.RegularExpressions;

namespace ClusterNet.Resources.Pool;

/// <summary>
/// Weekly hours as people write them: <c>always</c>, or windows such as <c>Mon-Fri 08:00-18:00; Sat 09:00-12:00</c>.
/// Half-open; the day ends at 24:00.
/// </summary>
internal sealed partial record WeeklyHours(IReadOnlyList<WeeklyHours.Window> Windows)
{
    public const string Always = "always";

    public const string Expected =
        "Write always, or windows such as Mon-Fri 08:00-18:00; Sat 09:00-12:00 " +
        "(a window ends at 24:00 at the latest, the next day is another window).";

    public const string DayExpected = "Write windows such as 09:00-12:00; 13:00-15:00, or leave it out for a closed day.";

    private const int MinutesOfDay = 24 * 60;
    private const string OneDay = "(sun|mon|tue|wed|thu|fri|sat)";
    private const string Range = OneDay + "(-" + OneDay + ")?";
    private const string Time = "([01][0-9]|2[0-4]):[0-5][0-9]";
    private static readonly string[] Days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    internal sealed record Window(DayOfWeek Day, int FromMinute, int UntilMinute);

    /// <returns>The hours, or null for a text that is none.</returns>
    public static WeeklyHours? TryParse(string text)
    {
        if (text.Trim().Equals(Always, StringComparison.OrdinalIgnoreCase))
            return new(Enum.GetValues<DayOfWeek>().Select(d => new Window(d, 0, MinutesOfDay)).ToList());
        var windows = new List<Window>();
        foreach (var part in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (Part().Match(part) is not { Success: true } match) return null;
            var (from, until) = (Minutes(match, "from"), Minutes(match, "until"));
            if (from >= until || until > MinutesOfDay) return null;
            foreach (var range in match.Groups["days"].Value.Split(',', StringSplitOptions.TrimEntries))
                windows.AddRange(DaysOf(range).Select(day => new Window(day, from, until)));
        }

        return windows.Count == 0 ? null : new(windows);
    }

    /// <summary>Reads the hours of a day: windows such as <c>09:00-12:00; 13:00-15:00</c>.</summary>
    /// <returns>A week of such days, or null for a text that is none.</returns>
    public static WeeklyHours? TryParseDay(string text) =>
        TryParse(string.Join(';', text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(part => $"Mon-Sun {part}")));

    /// <summary>Whether it is open at a local time, and until when on that day this answer stays the same.</summary>
    public (bool Open, TimeSpan Until) At(DayOfWeek day, TimeSpan time)
    {
        var minute = time.TotalMinutes;
        var today = Windows.Where(w => w.Day == day).ToList();
        var now = today.Where(w => w.FromMinute <= minute && minute < w.UntilMinute).Select(w => w.UntilMinute).DefaultIfEmpty(0).Max();
        var next = today.Where(w => w.FromMinute > minute).Select(w => w.FromMinute).DefaultIfEmpty(MinutesOfDay).Min();
        return now > 0 ? (true, TimeSpan.FromMinutes(now)) : (false, TimeSpan.FromMinutes(next));
    }

    private static IEnumerable<DayOfWeek> DaysOf(string range)
    {
        var ends = range.Split('-', StringSplitOptions.TrimEntries);
        var (first, last) = (Day(ends[0]), Day(ends[^1]));
        for (var day = first; ; day = (day + 1) % Days.Length)
        {
            yield return (DayOfWeek)day;
            if (day == last) yield break;
        }
    }

    private static int Day(string name) => Array.FindIndex(Days, d => d.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static int Minutes(Match match, string name)
    {
        var text = match.Groups[name].Value;
        return (int.Parse(text.AsSpan(0, 2), CultureInfo.InvariantCulture) * 60) + int.Parse(text.AsSpan(3), CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(
        "^(?<days>" + Range + @"(\s*,\s*" + Range + @")*)\s+(?<from>" + Time + @")\s*-\s*(?<until>" + Time + @")\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Part();
}
