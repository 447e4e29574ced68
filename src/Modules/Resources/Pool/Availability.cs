using System.Diagnostics;

namespace ClusterNet.Resources.Pool;

/// <summary>A time from <paramref name="Start"/> up to, not including, <paramref name="End"/>.</summary>
internal readonly record struct Slot(DateTimeOffset Start, DateTimeOffset End);

/// <summary>
/// When a resource can be used: weekly hours on the clocks of a place. An instant is open when the local clock then shows a time
/// within a window, so a repeated hour is open twice and a skipped one never.
/// </summary>
/// <param name="Text">As <see cref="WeeklyHours"/> reads it.</param>
/// <param name="TimeZone">A name of the IANA time zone database, such as <c>Europe/Berlin</c>.</param>
internal sealed record Availability(string Text, string TimeZone)
{
    public static TimeZoneInfo? FindZone(string name) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.HasIanaId ? zone : null;

    /// <summary>Whether all of the slot is open.</summary>
    public bool Covers(Slot slot) => Open(slot) is [var only] && only == slot;

    /// <summary>For how long of a slot it is open.</summary>
    public TimeSpan OpenTime(Slot within) => Open(within).Aggregate(TimeSpan.Zero, (sum, open) => sum + (open.End - open.Start));

    /// <summary>The open parts of a slot, in order, touching ones joined.</summary>
    public IReadOnlyList<Slot> Open(Slot within)
    {
        var hours = WeeklyHours.TryParse(Text) ?? throw new UnreachableException($"'{Text}' was checked when it was contributed.");
        var zone = FindZone(TimeZone)
            ?? throw new InvalidOperationException(
                $"This machine does not know the time zone {TimeZone}; install the package tzdata.");
        var open = new List<Slot>();
        for (var at = within.Start; at < within.End;)
        {
            var local = TimeZoneInfo.ConvertTime(at, zone);
            var (isOpen, until) = hours.At(local.DayOfWeek, local.TimeOfDay);
            var next = FirstChange(zone, at, Earlier(at + (until - local.TimeOfDay), within.End));
            if (isOpen && open is [.., var last] && last.End == at) open[^1] = last with { End = next };
            else if (isOpen) open.Add(new(at, next));
            at = next;
        }

        return open;
    }

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
