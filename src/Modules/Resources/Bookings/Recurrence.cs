using System.Text.Json.Serialization;
using ClusterNet.Calendar;
using ClusterNet.Projections;
using ClusterNet.Resources.Pool;
using ClusterNet.Web;

namespace ClusterNet.Resources.Bookings;

[JsonConverter(typeof(WireNameConverter<Rhythm>))]
internal enum Rhythm
{
    [JsonStringEnumMemberName("weekly")]
    Weekly,

    [JsonStringEnumMemberName("monthly")]
    Monthly,
}

[JsonConverter(typeof(WireNameConverter<Weekday>))]
internal enum Weekday
{
    [JsonStringEnumMemberName("monday")]
    Monday,

    [JsonStringEnumMemberName("tuesday")]
    Tuesday,

    [JsonStringEnumMemberName("wednesday")]
    Wednesday,

    [JsonStringEnumMemberName("thursday")]
    Thursday,

    [JsonStringEnumMemberName("friday")]
    Friday,

    [JsonStringEnumMemberName("saturday")]
    Saturday,

    [JsonStringEnumMemberName("sunday")]
    Sunday,
}

/// <summary>On which days something comes again.</summary>
/// <param name="First">The first day on which it may be.</param>
/// <param name="Every">Every so many weeks or months; weeks begin on Monday, the first is that of the first day.</param>
/// <param name="Weekdays">Of a weekly one; that of the first day unless told.</param>
/// <param name="Until">The last day on which it may be; or <paramref name="Count"/>.</param>
internal sealed record Recurrence(DateOnly First, Rhythm Rhythm, int Every = 1, IReadOnlyList<Weekday>? Weekdays = null, DateOnly? Until = null, int? Count = null)
{
    public const int MostDates = 60, MostYears = 2, MostWeeks = 52;

    public void Validate(Faults faults)
    {
        faults.Day("first", First, new(2000, 1, 1), new(9000, 1, 1));
        faults.Whole("every", Every, 1, MostWeeks);
        faults.Count("weekdays", Weekdays, 0, 7);
        faults.Check(Rhythm == Rhythm.Weekly || Weekdays is null or { Count: 0 }, "weekdays", "weekdays-of-weeks", "Only a weekly series has weekdays; a monthly one is on the day of its first date.");
        faults.Check(Weekdays is null || Weekdays.Distinct().Count() == Weekdays.Count, "weekdays", "repeated", "Name each weekday once.");
        faults.Check(Until is null != Count is null, "until", "until-or-count", "Say either the last day (until) or how many dates there are (count).");
        if (Count is not null) faults.Whole("count", Count, 1, MostDates);
        if (Until is { } until) faults.Check(until >= First, "until", "ends-before-start", "The last day is not before the first.");
    }

    /// <summary>
    /// Its days in order: one more than there may be tells that there are too many. A monthly one on the 31st is on the last day of shorter months.
    /// </summary>
    public IReadOnlyList<DateOnly> Days()
    {
        var last = Until is { } until && until < Latest ? until : Latest;
        return [.. (Rhythm == Rhythm.Weekly ? Weekly() : Monthly()).TakeWhile(day => day <= last).Take(Count ?? MostDates + 1)];
    }

    /// <summary>Whether it goes on for longer than a series may.</summary>
    public bool IsTooLong() => Until > Latest || Days().Count is var dates && (dates > MostDates || dates < Count);

    private DateOnly Latest => First.AddYears(MostYears);

    private IEnumerable<DateOnly> Weekly()
    {
        var first = ((int)First.DayOfWeek + 6) % 7; // since Monday, where DayOfWeek counts from Sunday
        var inOrder = Weekdays is { Count: > 0 } wanted ? [.. wanted.Select(day => (int)day).Order()] : new List<int> { first };
        for (var monday = First.AddDays(-first); ; monday = monday.AddDays(7 * Every))
        {
            foreach (var day in inOrder.Select(monday.AddDays).Where(day => day >= First)) yield return day;
        }
    }

    private IEnumerable<DateOnly> Monthly()
    {
        // From the first day each time: a short month does not pull the later ones to an earlier day.
        for (var months = 0; ; months += Every) yield return First.AddMonths(months);
    }
}

/// <summary>What the clocks do to a date.</summary>
[JsonConverter(typeof(WireNameConverter<ClockChange>))]
internal enum ClockChange
{
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>There is no such time that day: it begins an hour later.</summary>
    [JsonStringEnumMemberName("skipped")]
    Skipped,

    /// <summary>The time comes twice that day: it begins at the first.</summary>
    [JsonStringEnumMemberName("repeated")]
    Repeated,

    /// <summary>The clocks change while it lasts: it takes as long as ever, and ends at another time.</summary>
    [JsonStringEnumMemberName("during")]
    During,
}

/// <summary>A date of a series: an instant for what its clock says that day.</summary>
internal sealed record SeriesDate(DateOnly Day, Slot Slot, ClockChange Clock)
{
    /// <summary>At the same time on the clocks of a place each day, and as long each time.</summary>
    public static SeriesDate Of(DateOnly day, TimeOnly from, int minutes, TimeZoneInfo zone)
    {
        var (start, skipped, repeated) = WallClock.Of(zone, day.ToDateTime(from));
        var end = start.AddMinutes(minutes);
        var clock = skipped ? ClockChange.Skipped
            : repeated ? ClockChange.Repeated
            : zone.GetUtcOffset(start) != zone.GetUtcOffset(end) ? ClockChange.During
            : ClockChange.None;
        return new(day, new(start, end), clock);
    }
}
