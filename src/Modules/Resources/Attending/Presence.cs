using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;

namespace ClusterNet.Resources.Attending;

/// <summary>Whether somebody was there, by all that is known of it.</summary>
/// <param name="Noted">The list says so; otherwise the person alone, by checking in.</param>
internal sealed record Presence(Id<Person> Person, Id<Firm> Firm, bool Attended, int Minutes, bool Noted, DateTimeOffset? CheckedInAt)
{
    /// <summary>Of the certificate: made from the seed of what first told of the person, so that nobody can guess it.</summary>
    public Guid Number { get; init; }
}

/// <summary>How lists and check-ins add up: the latest list counts, and a check-in where no list says anything, or where one said "absent" before.</summary>
internal static class Presences
{
    private const int MinutesADay = 8 * 60;

    /// <summary>How long somebody attends who is there all the time: of what takes several days, eight hours for each.</summary>
    public static int Full(DateTimeOffset start, DateTimeOffset end) => (int)(end - start).TotalMinutes is var minutes && minutes <= 24 * 60
        ? minutes
        : (int)Math.Ceiling((end - start).TotalDays) * MinutesADay;

    public static ValueList<Presence> With(this ValueList<Presence> known, SessionAttendanceNoted list) => list.Attendance.Aggregate(
        known, (all, a) => all.Put(
            all.FirstOrDefault(p => p.Person == a.Person) is { } before
                ? before with { Firm = a.Firm, Attended = a.Attended, Minutes = a.Minutes, Noted = true }
                : new(a.Person, a.Firm, a.Attended, a.Minutes, true, null) { Number = NumberOf(list.Seed, a.Person) }));

    public static ValueList<Presence> With(this ValueList<Presence> known, SessionCheckedIn e, int full) => known.Put(
        known.FirstOrDefault(p => p.Person == e.Person) is { } before
            ? before with { CheckedInAt = e.At, Attended = true, Minutes = before.Attended ? before.Minutes : full, Noted = before is { Noted: true, Attended: true } }
            : new(e.Person, e.Firm, true, full, false, e.At) { Number = NumberOf(e.Seed, e.Person) });

    private static Guid NumberOf(Guid seed, Id<Person> person) => seed == default ? default : NamedGuid.Of("certificate-of-attendance", seed.ToString(), person.ToString());

    private static ValueList<Presence> Put(this ValueList<Presence> known, Presence one) => known.Any(p => p.Person == one.Person)
        ? [.. known.Select(p => p.Person == one.Person ? one : p)]
        : [.. known, one];
}
