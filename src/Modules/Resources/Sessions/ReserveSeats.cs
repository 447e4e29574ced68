using System.Text.Json.Nodes;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Resources.Rules;
using ClusterNet.Resources.Terms;
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

    public static readonly Refusal OverEntitlement = new(
        "over-entitlement",
        "The seats take 'neededCents' of the firm's part of the pool in that year, and 'leftCents' is left. The cluster's coordinator can reserve beyond it, " +
        "and the member firms can change the rule.");

    /// <summary>What the firm has of its part of the pool; null where no rule is in force.</summary>
    public Allowance? Allowance { get; init; }

    /// <summary>Whether whoever reserves may go beyond it.</summary>
    public bool Lifts { get; init; }

    public Decision<SessionEvent> Decide(Session state) => state switch
    {
        Session.Booked s when s.Reservations.Any(r => r.Id == Reservation) => Decision<SessionEvent>.Nothing,
        Session.Booked s when s.StartsAt <= Now => Session.Started,
        Session.Booked s => Decide(s),
        _ => Session.WhyNotBooked(state),
    };

    private Decision<SessionEvent> Decide(Session.Booked session)
    {
        var (now, facts) = session.MovedUp(Now);
        return Refuse(now) is { } refusal ? refusal : Decision<SessionEvent>.Of([.. facts, Place(now)]);
    }

    private Refusal? Refuse(Session.Booked session) => session switch
    {
        _ when Count > session.SeatCount => TooMany.With("seatCount", session.SeatCount),
        _ when session.Reservations.SelectMany(r => r.People).Intersect(People).ToList() is { Count: > 0 } seated => SeatedAlready.With("people", seated),
        { Described.SeatsPerFirm: { } most } when session.Reservations.Where(r => r.Firm == Firm).Sum(r => r.Count) is var had && had + Count > most =>
            TooManyForFirm.With("seatsPerFirm", most).With("seatsLeft", Math.Max(0, most - had)),
        _ when Allowance is { Rule.Limit: UseLimit.Refuse } has && !Lifts && has.IsOver(Count) && !IsSpare(session, has.Rule.FreeDays) =>
            OverEntitlement.With("entitledCents", has.EntitledCents).With("usedCents", has.UsedCents).With("leftCents", has.LeftCents).With("neededCents", has.Takes(Count)),
        _ => null,
    };

    /// <summary>Seats that nobody waits for so near to the begin are better used than empty.</summary>
    private bool IsSpare(Session.Booked session, int freeDays) => session.SeatsFree >= Count && !session.Waiting.Any() && session.StartsAt - Now <= TimeSpan.FromDays(freeDays);

    /// <summary>Nobody overtakes those who wait, not even for a seat that the first of them cannot use.</summary>
    private SessionEvent Place(Session.Booked session) => session.SeatsFree >= Count && !session.Waiting.Any()
        ? new SessionSeatsReserved(Reservation, Firm, Count, People, By, Now)
        : new SessionSeatsWaitlisted(Reservation, Firm, Count, People, By, Now);
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
            .WithDescription("Where the pool has a rule, the answer says what the firm has used and left of its part in that year. A rule that refuses more does not bind the coordinator.")
            .WithExample(new Body(new(Guid.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e5f")), 2))
            .SignedInMayCall("a manager of the firm, which must be admitted to the cluster, or the cluster's coordinator");

    internal static async Task<IResult> Handle(
        Id<Session> id, Body body, Caller caller, Standing standing, Entitlements entitlements, Streams<Session, SessionEvent> sessions, Commands commands,
        TimeProvider clock, CancellationToken ct)
    {
        if (Sessions.Of((await sessions.Load(id.Value, ct)).Events) is not { } session) return Problems.From(Session.Unknown);
        if (!await standing.MaySee(caller, session.Cluster, ct)) return Problems.From(Session.Unknown);
        if (await standing.MayActFor(caller, session.Cluster, body.Firm, ct) is { } refusal) return Problems.From(refusal);
        if (await standing.NotIn(body.Firm, body.People ?? [], ct) is { Count: > 0 } strangers)
            return Problems.From(NotInFirm.With("people", strangers));
        var reservation = Id<Reservation>.New(clock);
        var command = new ReserveSeats(reservation, body.Firm, body.Count, [.. body.People ?? []], caller.Person, clock.GetUtcNow())
        {
            Allowance = await entitlements.For(body.Firm, session, ct),
            Lifts = caller.Is(Role.Coordinator, RoleScope.Cluster(session.Cluster)),
        };
        var held = false;
        return await commands.Run(
            sessions, id.Value, command,
            version => Reply.Created(
                $"/api/v1/resources/sessions/{id}", reservation,
                [("session", id.ToString()), ("standing", held ? "held" : "waiting"), .. command.Allowance is { } had ? Told(had, held ? body.Count : 0) : []])(version), ct,
            also: facts =>
            {
                held = facts.Any(f => f is SessionSeatsReserved);
                return Task.FromResult<IReadOnlyList<Prepared>>([]);
            });
    }

    /// <summary>How much of the firm's part is used with these seats, and left.</summary>
    private static IEnumerable<(string Name, JsonNode? Value)> Told(Allowance had, int seats) =>
    [
        ("entitledCents", had.EntitledCents), ("usedCents", had.UsedCents + had.Takes(seats)), ("leftCents", had.LeftCents - had.Takes(seats)),
        ("overEntitlement", had.Rule.Limit != UseLimit.None && had.IsOver(seats)),
    ];
}
