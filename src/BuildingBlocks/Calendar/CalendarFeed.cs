using System.Globalization;
using System.Text;

namespace ClusterNet.Calendar;

/// <summary>Writes a calendar that others subscribe to (iCalendar, RFC 5545, with the name of RFC 7986). Times are in UTC, lines folded at 75 octets.</summary>
public static class CalendarFeed
{
    public const string ContentType = "text/calendar; charset=utf-8";

    private const int LineOctets = 75;

    /// <param name="name">What calendars call the feed.</param>
    /// <param name="refresh">How often calendars should look again.</param>
    public static string Write(string name, IEnumerable<CalendarEntry> entries, TimeSpan refresh)
    {
        var feed = new StringBuilder();
        Line(feed, "BEGIN:VCALENDAR");
        Line(feed, "VERSION:2.0");
        Line(feed, "PRODID:-//ClusterNet//Calendar//EN");
        Line(feed, "METHOD:PUBLISH");
        Line(feed, "CALSCALE:GREGORIAN");
        Line(feed, $"NAME:{Text(name)}");
        Line(feed, $"X-WR-CALNAME:{Text(name)}");
        Line(feed, string.Create(CultureInfo.InvariantCulture, $"REFRESH-INTERVAL;VALUE=DURATION:PT{(int)refresh.TotalMinutes}M"));
        foreach (var entry in entries) Write(feed, entry);
        Line(feed, "END:VCALENDAR");
        return feed.ToString();
    }

    private static void Write(StringBuilder feed, CalendarEntry entry)
    {
        Line(feed, "BEGIN:VEVENT");
        Line(feed, $"UID:{Text(entry.Uid)}");
        Line(feed, string.Create(CultureInfo.InvariantCulture, $"SEQUENCE:{entry.Sequence}"));
        Line(feed, $"DTSTAMP:{Instant(entry.ChangedAt)}");
        Line(feed, $"LAST-MODIFIED:{Instant(entry.ChangedAt)}");
        Line(feed, $"DTSTART:{Instant(entry.Start)}");
        Line(feed, $"DTEND:{Instant(entry.End)}");
        Line(feed, $"STATUS:{(entry.Cancelled ? "CANCELLED" : "CONFIRMED")}");
        Line(feed, $"SUMMARY:{Text(entry.Summary)}");
        if (entry.Location.Length > 0) Line(feed, $"LOCATION:{Text(entry.Location)}");
        if (entry.Description.Length > 0) Line(feed, $"DESCRIPTION:{Text(entry.Description)}");
        if (entry.Url is { } url) Line(feed, $"URL:{url.AbsoluteUri}");
        Line(feed, "END:VEVENT");
    }

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    /// <summary>A value of the type TEXT (3.3.11); control characters have no place in it.</summary>
    private static string Text(string value)
    {
        var text = new StringBuilder(value.Length);
        foreach (var letter in value.ReplaceLineEndings("\n"))
        {
            _ = letter switch
            {
                '\\' or ';' or ',' => text.Append('\\').Append(letter),
                '\n' => text.Append("\\n"),
                _ when char.IsControl(letter) && letter != '\t' => text,
                _ => text.Append(letter),
            };
        }

        return text.ToString();
    }

    /// <summary>Ends a line, and begins a new one with a blank wherever it would be longer than allowed; no character is torn apart (3.1).</summary>
    private static void Line(StringBuilder feed, string line)
    {
        var octets = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > LineOctets)
            {
                feed.Append("\r\n ");
                octets = 1;
            }

            feed.Append(rune.ToString());
            octets += rune.Utf8SequenceLength;
        }

        feed.Append("\r\n");
    }
}
