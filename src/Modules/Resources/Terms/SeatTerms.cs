using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Resources.Sessions;
using ClusterNet.Web;

namespace ClusterNet.Resources.Terms;

/// <summary>What holds for the seats of a session: after its deadline, when nobody comes, and when somebody moves up.</summary>
/// <param name="LateFeeCents">For each seat given back after the deadline; null: none can be given back then.</param>
/// <param name="NoShowFeeCents">For each seat that nobody used; 0 for none.</param>
/// <param name="AcceptHours">How long whoever moves up has to accept; null: the seats are theirs outright.</param>
internal sealed record SeatTerms(long? LateFeeCents, long NoShowFeeCents, int? AcceptHours)
{
    /// <summary>What holds where nobody has said anything.</summary>
    public static readonly SeatTerms None = new(null, 0, null);

    /// <summary>Whether no firm is worse off than under the terms before.</summary>
    public bool AreNoWorseThan(SeatTerms before) =>
        (before.LateFeeCents is null || LateFeeCents <= before.LateFeeCents) && NoShowFeeCents <= before.NoShowFeeCents
        && (before.AcceptHours is null || AcceptHours >= before.AcceptHours);
}

/// <summary>Terms, as a whole: members left out are as where nobody has said anything.</summary>
/// <param name="LateFeeCents">For each seat given back after the deadline; null: none can be given back then.</param>
/// <param name="NoShowFeeCents">For each seat that nobody used.</param>
/// <param name="AcceptHours">How long whoever moves up from the waiting list has to accept; null: moved up outright.</param>
internal sealed record TermsBody(long? LateFeeCents = null, long NoShowFeeCents = 0, int? AcceptHours = null) : IValidated
{
    public const int MaxFeeCents = 1_000_00, MaxHours = 336;

    public void Validate(Faults faults)
    {
        faults.Whole("lateFeeCents", LateFeeCents, 0, MaxFeeCents);
        faults.Whole("noShowFeeCents", NoShowFeeCents, 0, MaxFeeCents);
        faults.Whole("acceptHours", AcceptHours, 1, MaxHours);
    }

    public SeatTerms ToTerms() => new(LateFeeCents, NoShowFeeCents, AcceptHours);
}

[StoredAs("session_terms_set")]
internal sealed record SessionTermsSet(SeatTerms Terms, Id<Person> By, DateTimeOffset At) : SessionEvent;

/// <summary>Whoever waited first is offered the seats, and they are kept for them.</summary>
[StoredAs("session_seats_offered")]
internal sealed record SessionSeatsOffered(Id<Reservation> Reservation, DateTimeOffset Until, DateTimeOffset At) : SessionEvent;

[StoredAs("session_seats_accepted")]
internal sealed record SessionSeatsAccepted(Id<Reservation> Reservation, Id<Person> By, DateTimeOffset At) : SessionEvent;

/// <summary>Offered seats were not accepted in time.</summary>
[StoredAs("session_seats_lapsed")]
internal sealed record SessionSeatsLapsed(Id<Reservation> Reservation, DateTimeOffset At) : SessionEvent;

/// <summary>Some of a reservation's seats were given back.</summary>
/// <param name="Count">How many.</param>
/// <param name="Without">Who does not come any more, of those who were named.</param>
/// <param name="FeeCents">What it cost.</param>
[StoredAs("session_seats_reduced")]
internal sealed record SessionSeatsReduced(
    Id<Reservation> Reservation, int Count, ValueList<Id<Person>> Without, long FeeCents, Id<Person> By, DateTimeOffset At) : SessionEvent;
