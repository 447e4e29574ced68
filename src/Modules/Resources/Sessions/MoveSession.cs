using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Resources.Bookings;
using ClusterNet.Resources.Pool;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Resources.Sessions;

internal sealed record MoveSession(Request Request, Timetable Timetable, Id<Person> By, DateTimeOffset Now)
    : ICommand<Session, SessionEvent>
{
    public static readonly Refusal ApprovalNeeded = new(
        "approval-needed", "Firms approved this session for its time only. Book the new time as a request, and cancel this session when they have approved it.");

    public Decision<SessionEvent> Decide(Session state) => state switch
    {
        Session.Booked s when (s.StartsAt, s.EndsAt) == (Request.Slot.Start, Request.Slot.End) => Decision<SessionEvent>.Nothing,
        Session.Requested { Declined: false } s when (s.StartsAt, s.EndsAt) == (Request.Slot.Start, Request.Slot.End) => Decision<SessionEvent>.Nothing,
        Session.Booked s when s.StartsAt <= Now => Session.Started,
        Session.Booked or Session.Requested when Request.Slot.Start <= Now => BookSession.InThePast,
        Session.Booked s when Timetable.OwnersToAsk(s.Firm) is { Count: > 0 } owners => ApprovalNeeded.With("firms", owners),
        Session.Requested s when Timetable.Refuse(Request.Wanted, Request.Slot, s.SeatCount) is { } refusal => refusal,
        Session.Requested s => Ask(s, new(
            Request.Slot.Start, Request.Slot.End, Request.Slot.Start - (s.StartsAt - s.CancelUntil), Timetable.OwnersToAsk(s.Firm), By, Now)),
        Session.Booked s when Timetable.Refuse(Request.Wanted, Request.Slot, s.SeatCount) is { } refusal => refusal,
        // Firms keep as much time to give seats back as they had.
        Session.Booked s => new SessionMoved(
            Request.Slot.Start, Request.Slot.End, Request.Slot.Start - (s.StartsAt - s.CancelUntil),
            Timetable.Choose(Request.Wanted, s.Uses, Request.Session.Value), By, Now),
        Session.Cancelled => Session.IsCancelled,
        _ => Session.Unknown,
    };

    /// <summary>Whoever has to approve is asked again; where nobody has to any more, it is booked.</summary>
    private Decision<SessionEvent> Ask(Session.Requested state, SessionRequestMoved moved) => moved.Owners.Count > 0
        ? moved
        : Decision<SessionEvent>.Of(
            moved, new SessionConfirmed(moved.StartsAt, moved.EndsAt, state.Trainer, Timetable.Choose(Request.Wanted, [], Request.Session.Value), Now));
}

internal static class MoveSessionEndpoint
{
    internal sealed record Body(DateTimeOffset Start, DateTimeOffset End) : IValidated
    {
        public void Validate(Faults faults) => SessionTimes.Validate(faults, Start, End);
    }

    internal static void MapMoveSession(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/resources/sessions/{id}/move", Handle)
            .WithName(nameof(MoveSession))
            .WithSummary("Move a session to another time with all its resources, whole or not at all; seats stay reserved. A request that is moved is asked anew")
            .WithExample(new Body(new(2027, 3, 11, 13, 0, 0, TimeSpan.Zero), new(2027, 3, 11, 16, 0, 0, TimeSpan.Zero)))
            .SignedInMayCall("a manager of the organising firm, or the cluster's coordinator");

    internal static async Task<IResult> Handle(
        Id<Session> id, Body body, Caller caller, Standing standing, Timetables timetables, AlternativeFinder finder, Streams<Session, SessionEvent> sessions,
        Commands commands, TimeProvider clock, CancellationToken ct)
    {
        if (Sessions.Of((await sessions.Load(id.Value, ct)).Events) is not { } session) return Problems.From(Session.Unknown);
        if (await standing.MayOrganise(caller, session, ct) is { } refusal) return Problems.From(refusal);
        // A session's resources never change, so these are the ones that the decision meets.
        var request = new Request(
            id, session.Cluster, session.Wants,
            new(body.Start.ToUniversalTime(), body.End.ToUniversalTime()), session.Trainer);
        var now = clock.GetUtcNow();
        return await timetables.Settle(request, Attempt, ct);

        async Task<(IResult, bool)> Attempt(Timetable timetable)
        {
            var lost = false;
            var result = await commands.Run(
                sessions, id.Value, new MoveSession(request, await finder.Offer(request, timetable, session.SeatCount, now, ct, moving: true), caller.Person, now),
                Reply.Changed($"/api/v1/resources/sessions/{id}", id), ct,
                onGuard: _ => Task.FromResult(BookSessionEndpoint.Lost(out lost)));
            return (result, lost);
        }
    }
}
