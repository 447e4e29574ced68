using System.Globalization;
using System.Text.Json.Serialization;
using ClusterNet.Projections;

namespace ClusterNet.Resources.Calendar;

[JsonConverter(typeof(WireNameConverter<CalendarView>))]
internal enum CalendarView
{
    [JsonStringEnumMemberName("day")]
    Day,

    [JsonStringEnumMemberName("week")]
    Week,

    [JsonStringEnumMemberName("month")]
    Month,
}

/// <summary>The days that a calendar shows: one, a week from Monday on, or the whole weeks of a month.</summary>
/// <param name="On">A day in it.</param>
internal readonly record struct CalendarSpan(CalendarView View, DateOnly On)
{
    /// <summary>As an address says it; a week from today where it says nothing that can be read.</summary>
    public static CalendarSpan Read(string? view, string? on, DateOnly today) => new(
        WireNames.TryParse<CalendarView>(view ?? "", out var known) ? known : CalendarView.Week,
        DateOnly.TryParseExact(on, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 2000 and < 9000 ? day : today);

    public DateOnly First => View switch
    {
        CalendarView.Day => On,
        CalendarView.Week => Monday(On),
        _ => Monday(MonthStart),
    };

    public DateOnly Last => View switch
    {
        CalendarView.Day => On,
        CalendarView.Week => First.AddDays(6),
        _ => Monday(MonthStart.AddMonths(1).AddDays(-1)).AddDays(6),
    };

    public IEnumerable<DateOnly> Days
    {
        get
        {
            var first = First;
            return Enumerable.Range(0, Last.DayNumber - first.DayNumber + 1).Select(first.AddDays);
        }
    }

    public CalendarSpan Earlier => this with { On = View == CalendarView.Month ? MonthStart.AddMonths(-1) : On.AddDays(View == CalendarView.Week ? -7 : -1) };

    public CalendarSpan Later => this with { On = View == CalendarView.Month ? MonthStart.AddMonths(1) : On.AddDays(View == CalendarView.Week ? 7 : 1) };

    /// <summary>Whether the day belongs to it, and not only to the weeks around a month.</summary>
    public bool Has(DateOnly day) => View != CalendarView.Month || (day.Year == On.Year && day.Month == On.Month);

    private DateOnly MonthStart => new(On.Year, On.Month, 1);

    private static DateOnly Monday(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
}
