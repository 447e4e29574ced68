using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Resources.Sessions;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Resources.Terms;

/// <summary>Takes the seats that were offered to whoever moved up.</summary>
internal sealed record AcceptSeats(Id<Reservation> Reservation, Id<Person> By, DateTimeOffset Now) : ICommand<Session, SessionEvent>
{
    public static readonly Refusal Lapsed = new(
        "offer-lapsed", "The time to accept is over, and the seats go to the next. Reserve again if they are still wanted.");

    public static readonly Refusal NotOffered = new(
        "seats-not-offered", "The reservation waits still: seats are offered to it when those before it have theirs.");

    public Decision<SessionEvent> Decide(Session state) => state switch
    {
        Session.Booked s when s.Reservations.FirstOrDefault(r => r.Id == Reservation) is { } mine => Decide(s, mine),
        Session.Booked => CancelSeats.Unknown,
        _ => Session.WhyNotBooked(state),
    };

    private Decision<SessionEvent> Decide(Session.Booked session, Reservation mine)
    {
        if (mine.Held) return Decision<SessionEvent>.Nothing;
        if (session.HasLapsed(mine, Now)) return Lapsed;
        var (now, facts) = session.MovedUp(Now);
        return now.Reservations.First(r => r.Id == Reservation) switch
        {
            { Held: true } => Decision<SessionEvent>.Of([.. facts]),
            { OfferedUntil: null } => NotOffered,
            _ => Decision<SessionEvent>.Of([.. facts, new SessionSeatsAccepted(Reservation, By, Now)]),
        };
    }
}

internal static class AcceptSeatsEndpoint
{
    internal static void MapAcceptSeats(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/resources/sessions/{id}/seats/{reservation}/acceptance", Handle)
            .WithName(nameof(AcceptSeats))
            .WithSummary("Accept seats that were offered from the waiting list; declined by giving them back (cancellation)")
            .SignedInMayCall("a manager of the firm that asked for them, or the cluster's coordinator");

    internal static async Task<IResult> Handle(
        Id<Session> id, Id<Reservation> reservation, Caller caller, SessionDesk desk, Streams<Session, SessionEvent> sessions, Commands commands, TimeProvider clock,
        CancellationToken ct)
    {
        if (await desk.Seen(id, caller, ct) is not { } session) return Problems.From(Session.Unknown);
        if (session.Reservations.FirstOrDefault(r => r.Id == reservation) is not { } mine) return Problems.From(CancelSeats.Unknown);
        if (!Standing.IsFor(caller, session.Cluster, mine.Firm)) return Problems.From(Standing.NotForFirm);
        return await commands.Run(
            sessions, id.Value, new AcceptSeats(reservation, caller.Person, clock.GetUtcNow()), Reply.Changed($"/api/v1/resources/sessions/{id}", id), ct);
    }
}
