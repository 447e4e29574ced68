using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Resources.Sessions;

namespace ClusterNet.Resources.Calendar;

/// <summary>Something in a calendar: a session, or a time in which a resource is free.</summary>
/// <param name="Session">Null for a free time.</param>
/// <param name="Units">Of a free time, how many units.</param>
internal sealed record CalendarItem(DateTimeOffset Start, DateTimeOffset End, SessionRow? Session, int Units = 0);

/// <summary>An item where a day shows it, in quarters of an hour on the clock of the reader.</summary>
/// <param name="Row">From midnight.</param>
/// <param name="Lane">Beside how many others it stands; <paramref name="Lanes"/> share the day's width.</param>
internal sealed record PlacedItem(CalendarItem Item, int Row, int Rows, int Lane, int Lanes);

internal sealed record CalendarDay(DateOnly On, IReadOnlyList<PlacedItem> Items);

/// <summary>What a calendar shows.</summary>
/// <param name="Me">Whose seats are pointed out.</param>
/// <param name="Address">The page's address for other days.</param>
/// <param name="Book">The page with the form that books free times; null where nothing can be booked.</param>
/// <param name="NoteOf">What is to be said of a day, such as that something is closed.</param>
internal sealed record CalendarShow(
    CalendarSpan Span, IReadOnlyList<CalendarItem> Items, Id<Person> Me, Func<CalendarSpan, string> Address, string? Book = null, Func<DateOnly, string?>? NoteOf = null);

/// <summary>
/// Places items in days by what the clock on the wall shows: where it is set forward, an hour has nothing in it; where it is set back, what lies in both hours
/// stands side by side.
/// </summary>
internal static class CalendarLayout
{
    public const int RowsOfHour = 4, RowsOfDay = 24 * RowsOfHour;

    private const int MostLanes = 12, EarlyMorning = 6, Morning = 8, Evening = 18, LateEvening = 21;

    /// <summary>The day's items, the earliest first.</summary>
    public static CalendarDay Of(DateOnly day, IEnumerable<CalendarItem> items, TimeZoneInfo zone)
    {
        var within = from item in items
                     let rows = RowsOf(day, item, zone)
                     where rows.Count > 0
                     orderby rows.From, rows.Count descending
                     select (item, rows);
        var placed = new List<PlacedItem>();
        var (group, until) = (new List<(CalendarItem Item, int From, int Count, int Lane)>(), 0);
        foreach (var (item, rows) in within)
        {
            if (rows.From >= until) Close();
            var lane = Enumerable.Range(0, MostLanes).FirstOrDefault(l => group.Where(g => g.Lane == l).All(g => g.From + g.Count <= rows.From), group.Count % MostLanes);
            group.Add((item, rows.From, rows.Count, lane));
            until = Math.Max(until, rows.From + rows.Count);
        }

        Close();
        return new(day, [.. placed.OrderBy(p => p.Item.Start).ThenBy(p => p.Row).ThenBy(p => p.Lane)]);

        // Those that overlap share the width alike.
        void Close()
        {
            if (group.Count == 0) return;
            var lanes = Width(group.Max(g => g.Lane) + 1);
            placed.AddRange(group.Select(g => new PlacedItem(g.Item, g.From, g.Count, g.Lane, lanes)));
            (group, until) = ([], 0);
        }
    }

    /// <summary>The hours that a grid has to show: those of work, and whatever sessions and free times need beside them.</summary>
    public static (int From, int Until) Hours(IEnumerable<CalendarDay> days)
    {
        var items = days.SelectMany(d => d.Items).ToList();
        // What goes on from the day before, or to the day after, makes no night longer; nor does what is free at night.
        var from = items.Where(i => i.Row > 0).Select(i => i.Item.Session is null ? Math.Max(i.Row / RowsOfHour, EarlyMorning) : i.Row / RowsOfHour).Append(Morning).Min();
        var ends = items.Where(i => i.Row + i.Rows < RowsOfDay).Select(i => (i.Item, Hour: (i.Row + i.Rows + RowsOfHour - 1) / RowsOfHour));
        var until = ends.Select(e => e.Item.Session is null ? Math.Min(e.Hour, LateEvening) : e.Hour).Append(Evening).Max();
        return (from, until);
    }

    /// <returns>No row for what is not on the day.</returns>
    private static (int From, int Count) RowsOf(DateOnly day, CalendarItem item, TimeZoneInfo zone)
    {
        var (start, end) = (TimeZoneInfo.ConvertTime(item.Start, zone).DateTime, TimeZoneInfo.ConvertTime(item.End, zone).DateTime);
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        if (start >= midnight.AddDays(1) || (end <= midnight && start < midnight)) return default;
        var minutes = 60 / RowsOfHour;
        var from = Math.Max(0, (int)(start - midnight).TotalMinutes / minutes);
        var until = Math.Min(RowsOfDay, ((int)(end - midnight).TotalMinutes + minutes - 1) / minutes);
        return (from, Math.Max(1, until - from));
    }

    /// <summary>Into how many columns a day of twelve can be divided for so many.</summary>
    private static int Width(int lanes) => lanes switch { <= 4 => lanes, <= 6 => 6, _ => MostLanes };
}
