using System.Diagnostics;
using System.Text.Json.Serialization;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Projections;
using ClusterNet.Resources.Attending;
using ClusterNet.Resources.Bookings;
using ClusterNet.Resources.Leaving;
using ClusterNet.Resources.Pool;
using ClusterNet.Resources.Terms;

namespace ClusterNet.Resources.Sessions;

[JsonConverter(typeof(WireNameConverter<SessionKind>))]
internal enum SessionKind
{
    [JsonStringEnumMemberName("course")]
    Course,

    [JsonStringEnumMemberName("workshop")]
    Workshop,

    [JsonStringEnumMemberName("webinar")]
    Webinar,

    [JsonStringEnumMemberName("placement")]
    Placement,

    /// <summary>The firm needs what it books for itself: there are no seats.</summary>
    [JsonStringEnumMemberName("own-use")]
    OwnUse,

    [JsonStringEnumMemberName("joint-research")]
    JointResearch,
}

/// <summary>A resource as a session uses it: which of its units, numbered from 1.</summary>
internal sealed record Use(Id<Resource> Resource, ValueList<int> Units)
{
    /// <summary>Minutes that the resource needed before a session when this one was booked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Before { get; init; }

    /// <summary>Minutes that it needed after one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int After { get; init; }
}

/// <summary>Seats that a firm asked for: held, or on the waiting list.</summary>
/// <param name="People">Who will come, as far as the firm has said.</param>
internal sealed record Reservation(Id<Reservation> Id, Id<Firm> Firm, int Count, ValueList<Id<Person>> People, bool Held)
{
    /// <summary>Until when it has to accept seats that are kept for it; null where it holds them, or waits.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public DateTimeOffset? OfferedUntil { get; init; }

    [JsonIgnore]
    public bool Waits => !Held && OfferedUntil is null;
}

internal abstract record SessionEvent;

/// <param name="Title">Written by a person.</param>
[StoredAs("session_booked")]
internal sealed record SessionBooked(
    Id<Cluster> Cluster, Id<Firm> Firm, SessionKind Kind, [PersonalData(nameof(By), KeyClass.FreeText)] Personal<string> Title,
    DateTimeOffset StartsAt, DateTimeOffset EndsAt, int SeatCount, DateTimeOffset CancelUntil, Id<Person>? Trainer, ValueList<Use> Uses,
    Id<Person> By, DateTimeOffset At) : SessionEvent
{
    /// <summary>The series of which it is one; null for a session by itself.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Id<SessionSeries>? Series { get; init; }
}

[StoredAs("session_moved")]
internal sealed record SessionMoved(
    DateTimeOffset StartsAt, DateTimeOffset EndsAt, DateTimeOffset CancelUntil, ValueList<Use> Uses, Id<Person> By,
    DateTimeOffset At) : SessionEvent;

[StoredAs("session_cancelled")]
internal sealed record SessionCancelled(
    [PersonalData(nameof(By), KeyClass.FreeText)] Personal<string> Reason, Id<Person> By, DateTimeOffset At) : SessionEvent;

[StoredAs("session_seats_reserved")]
internal sealed record SessionSeatsReserved(
    Id<Reservation> Reservation, Id<Firm> Firm, int Count, ValueList<Id<Person>> People, Id<Person> By, DateTimeOffset At) : SessionEvent;

[StoredAs("session_seats_waitlisted")]
internal sealed record SessionSeatsWaitlisted(
    Id<Reservation> Reservation, Id<Firm> Firm, int Count, ValueList<Id<Person>> People, Id<Person> By, DateTimeOffset At) : SessionEvent;

[StoredAs("session_seats_promoted")]
internal sealed record SessionSeatsPromoted(Id<Reservation> Reservation, DateTimeOffset At) : SessionEvent;

[StoredAs("session_seats_cancelled")]
internal sealed record SessionSeatsCancelled(Id<Reservation> Reservation, Id<Person> By, DateTimeOffset At) : SessionEvent
{
    /// <summary>What it cost, when it was late.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long FeeCents { get; init; }
}

/// <summary>What a session is about and where it takes place, said anew as a whole.</summary>
/// <param name="SkillUris">What can be learnt there: ESCO's concepts.</param>
/// <param name="Place">Where, as far as the booked resources do not say it; empty for nothing.</param>
/// <param name="JoinLink">Of a webinar; empty for none.</param>
/// <param name="SeatsPerFirm">How many seats a firm can have at most; null for no limit.</param>
[StoredAs("session_described")]
internal sealed record SessionDescribed(
    [PersonalData(nameof(By), KeyClass.FreeText)] Personal<string> Agenda, ValueList<string> SkillUris,
    [PersonalData(nameof(By), KeyClass.FreeText)] Personal<string> Place, [PersonalData(nameof(By), KeyClass.FreeText)] Personal<string> JoinLink,
    int? SeatsPerFirm, Id<Person> By, DateTimeOffset At) : SessionEvent;

/// <summary>
/// One training session on pooled resources, booked whole or not at all, with its seats and its waiting list in order of asking.
/// </summary>
internal abstract record Session : IState<Session, SessionEvent>
{
    public static readonly Refusal Unknown = new(
        "session-unknown", "There is no such session, or you do not belong to its cluster. Check the address.", 404);

    public static readonly Refusal IsCancelled = new("session-cancelled", "The session was cancelled. Book a new one.");

    public static readonly Refusal Started = new("session-started", "The session has begun, so nothing of it can be changed any more.");

    public static readonly Refusal NotBooked = new(
        "session-not-booked", "Firms have not approved this session yet, or have declined it. Wait for their answer; its organiser can move or withdraw the request.");

    /// <summary>Why nothing can be done with it that only a booked session knows.</summary>
    public static Refusal WhyNotBooked(Session state) => state switch
    {
        Requested => NotBooked,
        Cancelled => IsCancelled,
        _ => Unknown,
    };

    public sealed record Absent : Session;

    /// <summary>Wanted, and in front of those whose resources it wants. It holds nothing.</summary>
    /// <param name="Owners">Firms that have to approve.</param>
    /// <param name="Approved">Those of them that have.</param>
    public sealed record Requested(
        Id<Cluster> Cluster, Id<Firm> Firm, DateTimeOffset StartsAt, DateTimeOffset EndsAt, int SeatCount, DateTimeOffset CancelUntil, Id<Person>? Trainer,
        ValueList<Wanted> Wanted, ValueList<Id<Firm>> Owners, ValueList<Id<Firm>> Approved, bool Declined) : Session
    {
        public SessionKind Kind { get; init; }

        public SessionDescribed? Described { get; init; }

        public SeatTerms Terms { get; init; } = SeatTerms.None;
    }

    public sealed record Booked(
        Id<Cluster> Cluster, Id<Firm> Firm, DateTimeOffset StartsAt, DateTimeOffset EndsAt, int SeatCount, DateTimeOffset CancelUntil,
        Id<Person>? Trainer,
        ValueList<Use> Uses, ValueList<Reservation> Reservations) : Session
    {
        public SessionKind Kind { get; init; }

        public SessionDescribed? Described { get; init; }

        /// <summary>Who was there, and who was not.</summary>
        public ValueList<Presence> Presences { get; init; } = [];

        /// <summary>Those who checked in have been counted.</summary>
        public bool CheckInsCounted { get; init; }

        public bool Reminded { get; init; }

        /// <summary>One of each person.</summary>
        public ValueList<SessionFeedbackGiven> Feedback { get; init; } = [];

        /// <summary>As it was when the last five answers were complete.</summary>
        public ValueList<SessionFeedbackGiven> FeedbackTold { get; init; } = [];

        public SeatTerms Terms { get; init; } = SeatTerms.None;

        /// <summary>Empty seats that were charged or waived.</summary>
        public ValueList<NoShowCharge> NoShowCharges { get; init; } = [];

        public int SeatsFree => SeatCount - Reservations.Where(r => !r.Waits).Sum(r => r.Count);

        public IEnumerable<Reservation> Waiting => Reservations.Where(r => r.Waits);

        internal Booked With(SessionFeedbackGiven said)
        {
            ValueList<SessionFeedbackGiven> all = [.. Feedback.Where(f => f.Person != said.Person), said];
            return this with { Feedback = all, FeedbackTold = all.Count > Feedback.Count && all.Count % FeedbackResults.Fewest == 0 ? all : FeedbackTold };
        }
    }

    public sealed record Cancelled(Id<Cluster> Cluster, Id<Firm> Firm) : Session;

    public static Session Initial { get; } = new Absent();

    public static Session Evolve(Session state, SessionEvent fact) => (state, fact) switch
    {
        (_, SessionBooked e) => new Booked(e.Cluster, e.Firm, e.StartsAt, e.EndsAt, e.SeatCount, e.CancelUntil, e.Trainer, e.Uses, []) { Kind = e.Kind },
        (_, SessionRequested e) =>
            new Requested(e.Cluster, e.Firm, e.StartsAt, e.EndsAt, e.SeatCount, e.CancelUntil, e.Trainer, e.Wanted, e.Owners, [], false) { Kind = e.Kind },
        (Requested s, SessionRequestMoved e) =>
            s with { StartsAt = e.StartsAt, EndsAt = e.EndsAt, CancelUntil = e.CancelUntil, Owners = e.Owners, Approved = [], Declined = false },
        (Requested s, SessionRequestApproved e) => s with { Approved = [.. s.Approved, e.Firm] },
        (Requested s, SessionRequestDeclined) => s with { Declined = true },
        (Requested s, SessionConfirmed e) =>
            new Booked(s.Cluster, s.Firm, s.StartsAt, s.EndsAt, s.SeatCount, s.CancelUntil, s.Trainer, e.Uses, []) { Kind = s.Kind, Described = s.Described, Terms = s.Terms },
        (Requested s, SessionCancelled) => new Cancelled(s.Cluster, s.Firm),
        (Requested s, SessionDescribed e) => s with { Described = e },
        (Booked s, SessionDescribed e) => s with { Described = e },
        (Booked s, SessionMoved e) => s with { StartsAt = e.StartsAt, EndsAt = e.EndsAt, CancelUntil = e.CancelUntil, Uses = e.Uses, Presences = [], Reminded = false },
        (Booked s, SessionCancelled) => new Cancelled(s.Cluster, s.Firm),
        (Booked s, SessionSeatsReserved e) =>
            s with { Reservations = [.. s.Reservations, new(e.Reservation, e.Firm, e.Count, e.People, true)] },
        (Booked s, SessionSeatsWaitlisted e) =>
            s with { Reservations = [.. s.Reservations, new(e.Reservation, e.Firm, e.Count, e.People, false)] },
        (Booked s, SessionSeatsPromoted e) =>
            s with { Reservations = [.. s.Reservations.Select(r => r.Id == e.Reservation ? r with { Held = true } : r)] },
        (Booked s, SessionTakenOver e) => s with { Firm = e.Firm },
        (Requested s, SessionTermsSet e) => s with { Terms = e.Terms },
        (Booked s, SessionNoShowsCharged e) => s with { NoShowCharges = [.. s.NoShowCharges, .. e.Charges] },
        (Booked s, SessionTermsSet e) => s with { Terms = e.Terms },
        (Booked s, SessionSeatsOffered or SessionSeatsAccepted or SessionSeatsLapsed or SessionSeatsReduced) => s with { Reservations = s.Reservations.After(fact) },
        (Booked s, SessionSeatsCancelled e) => s with { Reservations = [.. s.Reservations.Where(r => r.Id != e.Reservation)] },
        (Booked s, SessionSeatsNamed e) => s with { Reservations = e.On(s.Reservations) },
        (Booked s, SessionAttendanceNoted e) => s with { Presences = s.Presences.With(e) },
        (Booked s, SessionCheckedIn e) => s with { Presences = s.Presences.With(e, Attending.Presences.Full(s.StartsAt, s.EndsAt)) },
        (Booked s, SessionCheckInsCounted) => s with { CheckInsCounted = true },
        (Booked s, SessionReminded) => s with { Reminded = true },
        (Booked s, SessionFeedbackGiven e) => s.With(e),
        (Absent or Cancelled, _) => state,
        _ => throw new UnreachableException(fact.GetType().Name),
    };
}
