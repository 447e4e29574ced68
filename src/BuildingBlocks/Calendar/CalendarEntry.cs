namespace ClusterNet.Calendar;

/// <summary>An appointment in a calendar feed.</summary>
/// <param name="Uid">The same for the same appointment, whatever becomes of it (RFC 7986, 5.3).</param>
/// <param name="Sequence">Raised with every change, so that calendars take the newest (RFC 5545, 3.8.7.4).</param>
/// <param name="ChangedAt">The last change.</param>
/// <param name="Cancelled">Called off: calendars take it out.</param>
public sealed record CalendarEntry(
    string Uid, int Sequence, DateTimeOffset Start, DateTimeOffset End, DateTimeOffset ChangedAt, string Summary, bool Cancelled = false, string Location = "",
    string Description = "", Uri? Url = null);
