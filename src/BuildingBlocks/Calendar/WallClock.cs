namespace ClusterNet.Calendar;

/// <summary>An instant for what the clocks of a place say.</summary>
/// <param name="At">In UTC: the first of two, and later by as much as the clocks go forward where they skip the time.</param>
/// <param name="IsSkipped">There is no such time that day.</param>
/// <param name="IsRepeated">The time comes twice that day.</param>
public readonly record struct WallClock(DateTimeOffset At, bool IsSkipped, bool IsRepeated)
{
    /// <remarks>
    /// By the offsets of the day before and the day after. <see cref="TimeZoneInfo.IsInvalidTime"/> and its like err where clocks go back for
    /// summer, as in Africa/Casablanca, whose standard time is the later one.
    /// </remarks>
    public static WallClock Of(TimeZoneInfo zone, DateTime local)
    {
        var (before, after) = (zone.GetUtcOffset(new DateTimeOffset(local.AddDays(-1), TimeSpan.Zero)), zone.GetUtcOffset(new DateTimeOffset(local.AddDays(1), TimeSpan.Zero)));
        DateTimeOffset[] readings = [new(local, before > after ? before : after), new(local, before > after ? after : before)];
        var right = readings.Where(r => zone.GetUtcOffset(r) == r.Offset).Distinct().ToList();
        return right.Count == 0
            ? new(new DateTimeOffset(local, before).ToUniversalTime(), true, false)
            : new(right[0].ToUniversalTime(), false, right.Count > 1);
    }
}
