using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Resources.Accounts;
using ClusterNet.Resources.Terms;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Resources.Sessions;

internal sealed record CancelSeats(Id<Reservation> Reservation, Id<Person> By, DateTimeOffset Now) : ICommand<Session, SessionEvent>
{
    public static readonly Refusal Unknown = new(
        "reservation-unknown", "The session has no such reservation. Read the session and choose from its list.", 404);

    public static readonly Refusal TooLate = new(
        "deadline-passed",
        "Seats could be given back until the session's deadline (cancelUntil). Agree with the organising firm, or send somebody else.");

    public static readonly Refusal TooMany = new("too-many-seats-back", "The reservation has only as many seats as 'seats' says. Give back that many at most.", 422);

    public static readonly Refusal WhoStays = new(
        "who-stays", "More people are named for the reservation than seats would be left. Say in 'without' who does not come.", 422);

    public static readonly Refusal LateFee = new(
        "late-fee", "The deadline has passed, so seats that nobody waits for cost what 'feeCents' says. If you agree, give them back (return) with this 'feeCents'.");

    /// <summary>How many of its seats; null for all.</summary>
    public int? Count { get; init; }

    /// <summary>Who does not come, where some of the seats stay.</summary>
    public ValueList<Id<Person>> Without { get; init; } = [];

    /// <summary>Up to which fee whoever gives back has agreed.</summary>
    public long FeeSeen { get; init; }

    public Decision<SessionEvent> Decide(Session state) => state switch
    {
        Session.Booked s when s.Reservations.FirstOrDefault(r => r.Id == Reservation) is { } mine => Decide(s, mine),
        Session.Booked => Unknown,
        _ => Session.WhyNotBooked(state),
    };

    private Decision<SessionEvent> Decide(Session.Booked session, Reservation mine)
    {
        if (session.StartsAt <= Now) return Session.Started;
        var (before, facts) = session.MovedUp(Now);
        // An offer that ran out is given back already.
        if (session.HasLapsed(mine, Now)) return Decision<SessionEvent>.Of([.. facts]);
        mine = before.Reservations.First(r => r.Id == Reservation);
        var back = Count ?? mine.Count;
        if (back > mine.Count) return TooMany.With("seats", mine.Count);
        if (back < mine.Count && mine.People.Except(Without).Count() > mine.Count - back) return WhoStays.With("seatsLeft", mine.Count - back);
        // Whoever only waits or was only offered seats holds none, and can go at any time.
        var late = mine.Held && session.CancelUntil < Now;
        if (late && session.Terms.LateFeeCents is null) return TooLate.With("cancelUntil", session.CancelUntil.UtcDateTime);
        var (_, moved) = before.After(Back(mine, back, 0)).MovedUp(Now);
        var fee = late ? (session.Terms.LateFeeCents ?? 0) * Math.Max(0, back - SeatsOf(moved, before)) : 0;
        return fee > FeeSeen
            ? LateFee.With("feeCents", fee).With("cancelUntil", session.CancelUntil.UtcDateTime)
            : Decision<SessionEvent>.Of([.. facts, Back(mine, back, fee), .. moved]);
    }

    private SessionEvent Back(Reservation mine, int count, long fee) => count == mine.Count
        ? new SessionSeatsCancelled(Reservation, By, Now) { FeeCents = fee }
        : new SessionSeatsReduced(Reservation, count, [.. mine.People.Intersect(Without)], fee, By, Now);

    /// <summary>How many seats those have who move up: nobody pays for them.</summary>
    private static int SeatsOf(IReadOnlyList<SessionEvent> moved, Session.Booked session) => moved
        .Select(f => f switch { SessionSeatsOffered e => e.Reservation, SessionSeatsPromoted e => e.Reservation, _ => default })
        .Sum(id => session.Reservations.FirstOrDefault(r => r.Id == id)?.Count ?? 0);
}

internal static class CancelSeatsEndpoint
{
    /// <param name="Count">How many seats; all of the reservation's where it is left out.</param>
    /// <param name="Without">Who does not come any more, where fewer seats stay than people were named.</param>
    /// <param name="FeeCents">After the deadline: the fee that one agrees to.</param>
    internal sealed record Body(int? Count = null, IReadOnlyList<Id<Person>>? Without = null, long FeeCents = 0) : IValidated
    {
        public void Validate(Faults faults)
        {
            faults.Whole("count", Count, 1, 1_000);
            faults.Count("without", Without, 0, 1_000);
            faults.Whole("feeCents", FeeCents, 0, PayMoneyEndpoint.MaxCents);
        }
    }

    internal static void MapCancelSeats(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/resources/sessions/{id}/seats/{reservation}/cancellation", HandleAll)
            .WithName(nameof(CancelSeats))
            .WithSummary("Give all of a reservation's seats back before the deadline, decline offered ones, or leave the waiting list; those who wait move up in order")
            .SignedInMayCall("a manager of the firm that reserved, or the cluster's coordinator");
        routes.MapPost("/resources/sessions/{id}/seats/{reservation}/return", Handle)
            .WithName("ReturnSeats")
            .WithSummary("Give some or all of a reservation's seats back, after the deadline too where the session's terms have a late fee")
            .WithDescription("Free until the deadline. After it, seats that nobody waits for cost the fee, and whoever gives them back sends the sum that they agree to.")
            .WithExample(new Body(1, [], 2_000))
            .SignedInMayCall("a manager of the firm that reserved, or the cluster's coordinator");
    }

    private static Task<IResult> HandleAll(
        Id<Session> id, Id<Reservation> reservation, Caller caller, Standing standing, Streams<Session, SessionEvent> sessions, Books books, Commands commands, TimeProvider clock,
        CancellationToken ct) => Handle(id, reservation, new(), caller, standing, sessions, books, commands, clock, ct);

    internal static async Task<IResult> Handle(
        Id<Session> id, Id<Reservation> reservation, Body body, Caller caller, Standing standing, Streams<Session, SessionEvent> sessions, Books books,
        Commands commands, TimeProvider clock, CancellationToken ct)
    {
        if (Sessions.Of((await sessions.Load(id.Value, ct)).Events) is not { } session) return Problems.From(Session.Unknown);
        if (!await standing.MaySee(caller, session.Cluster, ct)) return Problems.From(Session.Unknown);
        if (session.Reservations.FirstOrDefault(r => r.Id == reservation) is not { } mine) return Problems.From(CancelSeats.Unknown);
        if (!Standing.IsFor(caller, session.Cluster, mine.Firm)) return Problems.From(Standing.NotForFirm);
        var command = new CancelSeats(reservation, caller.Person, clock.GetUtcNow()) { Count = body.Count, Without = [.. body.Without ?? []], FeeSeen = body.FeeCents };
        var fee = 0L;
        return await commands.Run(
            sessions, id.Value, command, version => Reply.Changed($"/api/v1/resources/sessions/{id}", id, ("feeCents", fee))(version), ct,
            onGuard: _ => Task.FromResult(Books.Contested),
            also: async facts =>
            {
                fee = facts.Sum(f => f switch { SessionSeatsCancelled e => e.FeeCents, SessionSeatsReduced e => e.FeeCents, _ => 0 });
                return fee == 0 ? [] : [await books.Prepare(Fees.Of(session, mine.Firm, fee, command.Now, Id<PoolEntry>.New(clock)), caller.Person, ct)];
            });
    }
}
