using System.Diagnostics;
using System.Globalization;
using ClusterNet.Calendar;
using ClusterNet.Design;
using ClusterNet.EventStore;

namespace ClusterNet.Resources.Pool;

/// <summary>A time from <paramref name="Start"/> up to, not including, <paramref name="End"/>.</summary>
internal readonly record struct Slot(DateTimeOffset Start, DateTimeOffset End)
{
    /// <summary>A year: longer than anything that can be booked, and never past the last day that there is.</summary>
    private const int MostMinutes = 366 * 24 * 60;

    /// <summary>As a button of a form sends it: an interval of ISO 8601, in UTC, to the minute.</summary>
    public string Write() => $"{Iso(Start)}/{Iso(End)}";

    /// <returns>null for a text that is none.</returns>
    public static Slot? Read(string? text) =>
        text?.Split('/') is [var start, var end] && DateTimeOffset.TryParse(start, CultureInfo.InvariantCulture, out var from) && DateTimeOffset.TryParse(end, CultureInfo.InvariantCulture, out var to)
            ? new(from, to)
            : null;

    /// <returns>What a form's day, time and minutes say on the reader's clock; null where they say nothing.</returns>
    public static Slot? Of(Reader reader, DateOnly? day, string? time, string? minutes) =>
        day is { Year: > 2000 and < 9000 } on && TimeOnly.TryParse(time, CultureInfo.InvariantCulture, out var clock)
        && int.TryParse(minutes, NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length <= MostMinutes
            ? new(reader.At(on, clock), reader.At(on, clock).AddMinutes(length))
            : null;

    private static string Iso(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture);
}

/// <summary>
/// When a resource can be used: weekly hours on the clocks of a place. An instant is open when the local clock then shows a time
/// within a window, so a repeated hour is open twice and a skipped one never.
/// </summary>
/// <param name="Text">As <see cref="WeeklyHours"/> reads it.</param>
/// <param name="TimeZone">A name of the IANA time zone database, such as <c>Europe/Berlin</c>.</param>
internal sealed record Availability(string Text, string TimeZone)
{
    /// <summary>From here on a clock may stand in a year that there is not.</summary>
    private static readonly DateTimeOffset LastOpen = new(9999, 12, 30, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Days with other hours than the week says; no two of them share a day.</summary>
    public ValueList<HoursException> Exceptions { get; init; } = [];

    public Availability Except(HoursException exception) => this with { Exceptions = [.. Exceptions, exception] };

    public Availability Restore(Id<HoursException> exception) => this with { Exceptions = [.. Exceptions.Where(e => e.Id != exception)] };

    public static TimeZoneInfo? FindZone(string name) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.HasIanaId ? zone : null;

    /// <summary>Whether all of the slot is open.</summary>
    public bool Covers(Slot slot) => Open(slot) is [var only] && only == slot;

    /// <summary>For how long of a slot it is open.</summary>
    public TimeSpan OpenTime(Slot within) => Open(within).Aggregate(TimeSpan.Zero, (sum, open) => sum + (open.End - open.Start));

    /// <summary>The open parts of a slot, in order, touching ones joined; nothing opens on the last two days that there are.</summary>
    public IReadOnlyList<Slot> Open(Slot within)
    {
        var end = within.End < LastOpen ? within.End : LastOpen;
        var weekly = Hours(WeeklyHours.TryParse(Text));
        var excepted = Exceptions.Where(e => e.Open is not null).ToDictionary(e => e.Id, e => Hours(WeeklyHours.TryParseDay(e.Open ?? "")));
        var zone = Zone;
        var open = new List<Slot>();
        for (var at = within.Start; at < end;)
        {
            var local = TimeZoneInfo.ConvertTime(at, zone);
            var exception = Exceptions.FirstOrDefault(e => e.Has(DateOnly.FromDateTime(local.DateTime)));
            var (isOpen, until) = exception switch
            {
                null => weekly.At(local.DayOfWeek, local.TimeOfDay),
                { Open: null } => (false, TimeSpan.FromDays(1)),
                _ => excepted[exception.Id].At(local.DayOfWeek, local.TimeOfDay),
            };
            var next = FirstChange(zone, at, Earlier(at + (until - local.TimeOfDay), end));
            if (isOpen && open is [.., var last] && last.End == at) open[^1] = last with { End = next };
            else if (isOpen) open.Add(new(at, next));
            at = next;
        }

        return open;
    }

    /// <summary>The parts of a slot that are not open, in order.</summary>
    public IReadOnlyList<Slot> Closed(Slot within)
    {
        var open = Open(within);
        var starts = open.Select(o => o.End).Prepend(within.Start.ToUniversalTime());
        var ends = open.Select(o => o.Start).Append(within.End.ToUniversalTime());
        return [.. starts.Zip(ends, (start, end) => new Slot(start.ToUniversalTime(), end.ToUniversalTime())).Where(s => s.Start < s.End)];
    }

    /// <summary>The day on the clocks of the place.</summary>
    public DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, Zone).DateTime);

    /// <summary>From the first instant of a day to the last one of another, on the clocks of the place.</summary>
    public Slot Days(DateOnly from, DateOnly to) => new(At(from, TimeOnly.MinValue), At(to.AddDays(1), TimeOnly.MinValue));

    /// <summary>The instant of a time on the clocks of the place: the first of two, and an hour later where it is skipped.</summary>
    public DateTimeOffset At(DateOnly day, TimeOnly time) => WallClock.Of(Zone, day.ToDateTime(time)).At;

    public TimeZoneInfo Zone => FindZone(TimeZone)
        ?? throw new InvalidOperationException($"This machine does not know the time zone {TimeZone}; install the package tzdata.");

    private static WeeklyHours Hours(WeeklyHours? parsed) => parsed ?? throw new UnreachableException("Hours were checked when they were given.");

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    /// <summary>Where the clocks change between two instants, or the later one: the local time must be read anew there.</summary>
    private static DateTimeOffset FirstChange(TimeZoneInfo zone, DateTimeOffset from, DateTimeOffset to)
    {
        var offset = zone.GetUtcOffset(from);
        if (zone.GetUtcOffset(to) == offset) return to.ToUniversalTime();
        var (before, after) = (from.UtcTicks, to.UtcTicks);
        while (after - before > 1)
        {
            var middle = before + ((after - before) / 2);
            if (zone.GetUtcOffset(new DateTimeOffset(middle, TimeSpan.Zero)) == offset) before = middle;
            else after = middle;
        }

        return new(after, TimeSpan.Zero);
    }
}
