using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
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

    public Decision<SessionEvent> Decide(Session state) => state switch
    {
        Session.Booked s when s.Reservations.FirstOrDefault(r => r.Id == Reservation) is { } mine => Decide(s, mine),
        Session.Booked => Unknown,
        Session.Requested => Session.NotBooked,
        Session.Cancelled => Session.IsCancelled,
        _ => Session.Unknown,
    };

    private Decision<SessionEvent> Decide(Session.Booked session, Reservation mine)
    {
        if (session.StartsAt <= Now) return Session.Started;
        // Whoever only waits holds no seat, and can go at any time.
        if (mine.Held && session.CancelUntil < Now) return TooLate.With("cancelUntil", session.CancelUntil.UtcDateTime);
        var free = session.SeatsFree + (mine.Held ? mine.Count : 0);
        var facts = new List<SessionEvent> { new SessionSeatsCancelled(Reservation, By, Now) };
        foreach (var next in session.Waiting.Where(r => r.Id != Reservation).TakeWhile(r => (free -= r.Count) >= 0))
            facts.Add(new SessionSeatsPromoted(next.Id, Now));
        return Decision<SessionEvent>.Of([.. facts]);
    }
}

internal static class CancelSeatsEndpoint
{
    internal static void MapCancelSeats(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/resources/sessions/{id}/seats/{reservation}/cancellation", Handle)
            .WithName(nameof(CancelSeats))
            .WithSummary("Give reserved seats back before the deadline, or leave the waiting list; those who wait move up in order")
            .SignedInMayCall("a manager of the firm that reserved, or the cluster's coordinator");

    internal static async Task<IResult> Handle(
        Id<Session> id, Id<Reservation> reservation, Caller caller, Standing standing, Streams<Session, SessionEvent> sessions,
        Commands commands, TimeProvider clock, CancellationToken ct)
    {
        if (Sessions.Of((await sessions.Load(id.Value, ct)).Events) is not { } session) return Problems.From(Session.Unknown);
        if (!await standing.MaySee(caller, session.Cluster, ct)) return Problems.From(Session.Unknown);
        if (session.Reservations.FirstOrDefault(r => r.Id == reservation) is not { } mine) return Problems.From(CancelSeats.Unknown);
        if (!Standing.IsFor(caller, session.Cluster, mine.Firm)) return Problems.From(Standing.NotForFirm);
        return await commands.Run(
            sessions, id.Value, new CancelSeats(reservation, caller.Person, clock.GetUtcNow()),
            Reply.Changed($"/api/v1/resources/sessions/{id}", id), ct);
    }
}
