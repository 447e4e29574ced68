using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Resources.Sessions;

internal sealed record ReserveSeats(
    Id<Reservation> Reservation, Id<Firm> Firm, int Count, ValueList<Id<Person>> People, Id<Person> By, DateTimeOffset Now)
    : ICommand<Session, SessionEvent>
{
    public static readonly Refusal TooMany = new(
        "too-many-seats", "The session does not have that many seats at all. Ask for fewer, or book a session of your own.", 422);

    public static readonly Refusal SeatedAlready = new(
        "already-seated", "Somebody among these people has a seat, or waits for one, already. Leave them out.");

    public static readonly Refusal TooManyForFirm = new(
        "seats-per-firm", "A firm can have only so many seats of this session, and this would be more for yours. Ask for fewer, or give others back.");

    public Decision<SessionEvent> Decide(Session state) => state switch
    {
        Session.Booked s when s.Reservations.Any(r => r.Id == Reservation) => Decision<SessionEvent>.Nothing,
        Session.Booked s when s.StartsAt <= Now => Session.Started,
        Session.Booked s when Count > s.SeatCount => TooMany.With("seatCount", s.SeatCount),
        Session.Booked s when s.Reservations.SelectMany(r => r.People).Intersect(People).ToList() is { Count: > 0 } seated =>
            SeatedAlready.With("people", seated),
        Session.Booked { Described.SeatsPerFirm: { } most } s when s.Reservations.Where(r => r.Firm == Firm).Sum(r => r.Count) is var had && had + Count > most =>
            TooManyForFirm.With("seatsPerFirm", most).With("seatsLeft", Math.Max(0, most - had)),
        // Nobody overtakes those who wait, not even for a seat that the first of them cannot use.
        Session.Booked s when s.SeatsFree >= Count && !s.Waiting.Any() =>
            new SessionSeatsReserved(Reservation, Firm, Count, People, By, Now),
        Session.Booked => new SessionSeatsWaitlisted(Reservation, Firm, Count, People, By, Now),
        Session.Requested => Session.NotBooked,
        Session.Cancelled => Session.IsCancelled,
        _ => Session.Unknown,
    };
}

internal static class ReserveSeatsEndpoint
{
    public static readonly Refusal NotInFirm = new(
        "not-in-firm", "Somebody among these people does not work in the firm. Each firm reserves seats for its own people.", 422);

    /// <param name="People">Who will come, as far as it is known: at most <paramref name="Count"/>.</param>
    internal sealed record Body(Id<Firm> Firm, int Count, IReadOnlyList<Id<Person>>? People = null) : IValidated
    {
        public void Validate(Faults faults)
        {
            faults.Whole("count", Count, 1, 1_000);
            if (People is null) return;
            faults.Check(People.Count <= Count, "people", "more-people-than-seats", "Ask for as many seats as people come.");
            faults.Check(People.Distinct().Count() == People.Count, "people", "repeated", "Name each person once.");
        }
    }

    internal static void MapReserveSeats(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/resources/sessions/{id}/seats", Handle)
            .WithName(nameof(ReserveSeats))
            .WithSummary("Reserve seats for a firm's people; when too few are free, on the waiting list (standing says which)")
            .WithExample(new Body(new(Guid.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e5f")), 2))
            .SignedInMayCall("a manager of the firm, which must be admitted to the cluster, or the cluster's coordinator");

    internal static async Task<IResult> Handle(
        Id<Session> id, Body body, Caller caller, Standing standing, Streams<Session, SessionEvent> sessions, Commands commands,
        TimeProvider clock, CancellationToken ct)
    {
        if (Sessions.Of((await sessions.Load(id.Value, ct)).Events) is not { } session) return Problems.From(Session.Unknown);
        if (!await standing.MaySee(caller, session.Cluster, ct)) return Problems.From(Session.Unknown);
        if (await standing.MayActFor(caller, session.Cluster, body.Firm, ct) is { } refusal) return Problems.From(refusal);
        if (await standing.NotIn(body.Firm, body.People ?? [], ct) is { Count: > 0 } strangers)
            return Problems.From(NotInFirm.With("people", strangers));
        var reservation = Id<Reservation>.New(clock);
        var command = new ReserveSeats(reservation, body.Firm, body.Count, [.. body.People ?? []], caller.Person, clock.GetUtcNow());
        var held = false;
        return await commands.Run(
            sessions, id.Value, command,
            version => Reply.Created(
                $"/api/v1/resources/sessions/{id}", reservation, ("session", id.ToString()),
                ("standing", held ? "held" : "waiting"))(version), ct,
            also: facts =>
            {
                held = facts.Any(f => f is SessionSeatsReserved);
                return Task.FromResult<IReadOnlyList<Prepared>>([]);
            });
    }
}
