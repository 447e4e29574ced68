using ClusterNet.Calendar;
using Microsoft.AspNetCore.Http;

namespace ClusterNet.Design;

/// <summary>How the reader of this request wants to see things: kept with the account, or in cookies that hold nothing else.</summary>
public sealed class Reader(IHttpContextAccessor http)
{
    /// <summary>The cookie of the colour scheme: <c>light</c> or <c>dark</c>; none follows the system.</summary>
    public const string ThemeCookie = "theme";

    /// <summary>The cookie of the time zone, an IANA name; set by the browser's script, or by choice.</summary>
    public const string ZoneCookie = "tz";

    /// <summary>The cookie that says that the zone was chosen, so that the script leaves it alone.</summary>
    public const string ZoneChosenCookie = "tz-chosen";

    private TimeZoneInfo? _zone;

    /// <summary><c>light</c>, <c>dark</c>, or null for the system's.</summary>
    public string? Theme => http.HttpContext?.Request.Cookies[ThemeCookie] is ("light" or "dark") and var theme ? theme : null;

    /// <summary>Whether the reader chose the zone; else it is the device's.</summary>
    public bool ZoneIsChosen => http.HttpContext?.Request.Cookies[ZoneChosenCookie] == "1";

    /// <summary>Whether the zone is known and another than UTC; without it times are shown in UTC, and say so.</summary>
    public bool HasZone => Zone.Id != TimeZoneInfo.Utc.Id;

    public TimeZoneInfo Zone => _zone ??= http.HttpContext?.Features.Get<SavedZone>()?.Zone ?? Find(http.HttpContext?.Request.Cookies[ZoneCookie]) ?? TimeZoneInfo.Utc;

    /// <returns>The zone with this IANA name; null when there is none.</returns>
    public static TimeZoneInfo? Find(string? name) =>
        name is { Length: > 0 and <= 64 } && !name.Contains("..", StringComparison.Ordinal) && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : null;

    /// <summary>The instant on the reader's clock.</summary>
    public DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone);

    /// <summary>The day on the reader's clock.</summary>
    public DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(Local(at).DateTime);

    /// <summary>The instant of a time on the reader's clock: the first of two, and an hour later where it is skipped.</summary>
    public DateTimeOffset At(DateOnly day, TimeOnly time) => WallClock.Of(Zone, day.ToDateTime(time)).At;
}
