using System.Text.Json.Serialization;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Resources.Sessions;

namespace ClusterNet.Resources.Attending;

/// <summary>What the list says of one person.</summary>
/// <param name="Firm">For which the person came.</param>
/// <param name="Minutes">0 for who did not come.</param>
internal sealed record Attendance(Id<Person> Person, Id<Firm> Firm, bool Attended, int Minutes);

/// <summary>Who comes on seats that are reserved already, as a whole.</summary>
[StoredAs("session_seats_named")]
internal sealed record SessionSeatsNamed(Id<Reservation> Reservation, ValueList<Id<Person>> People, Id<Person> By, DateTimeOffset At) : SessionEvent
{
    public ValueList<Reservation> On(ValueList<Reservation> reservations) => [.. reservations.Select(r => r.Id == Reservation ? r with { People = People } : r)];
}

/// <summary>Who came. Of each person the latest list counts.</summary>
[StoredAs("session_attendance_noted")]
internal sealed record SessionAttendanceNoted(ValueList<Attendance> Attendance, Id<Person> By, DateTimeOffset At) : SessionEvent
{
    /// <summary>Of the numbers of certificates; random.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Guid Seed { get; init; }
}

/// <summary>Somebody said at the door, or when joining, that they are there.</summary>
[StoredAs("session_checked_in")]
internal sealed record SessionCheckedIn(Id<Person> Person, Id<Firm> Firm, DateTimeOffset At) : SessionEvent
{
    /// <summary>Of the numbers of certificates; random.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Guid Seed { get; init; }
}

/// <summary>The session is over: who checked in and stands on no list has attended all of it.</summary>
[StoredAs("session_check_ins_counted")]
internal sealed record SessionCheckInsCounted(DateTimeOffset At) : SessionEvent;

/// <summary>Those who are to come were reminded.</summary>
[StoredAs("session_reminded")]
internal sealed record SessionReminded(DateTimeOffset At) : SessionEvent;

/// <summary>What somebody who was there thinks of it; said again, the latest counts.</summary>
/// <param name="Usefulness">1 to 5.</param>
/// <param name="Trainer">1 to 5; null where nobody taught, or nothing was said.</param>
/// <param name="Differently">Whether the person will do something differently at work; null for not said.</param>
[StoredAs("session_feedback_given")]
internal sealed record SessionFeedbackGiven(
    Id<Person> Person, int Usefulness, int? Trainer, bool? Differently,
    [PersonalData(nameof(SessionFeedbackGiven.Person), KeyClass.FreeText)] Personal<string> Sentence, DateTimeOffset At) : SessionEvent;
