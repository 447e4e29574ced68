using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Resources.Sessions;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Resources.Bookings;

/// <summary>A firm approves a request; the last one that was asked books it with the same fact.</summary>
/// <param name="Request">As it was read: of a request that was moved since then, nothing is approved.</param>
internal sealed record ApproveRequest(Request Request, Timetable Timetable, Id<Firm> Firm, Id<Person> By, DateTimeOffset Now) : ICommand<Session, SessionEvent>
{
    public static readonly Refusal NotAsked = new("not-asked", "This firm is not asked for this session. Read the session: it names the firms that are.", 422);

    public static readonly Refusal Lapsed = new("request-lapsed", "The session would have begun already, so the request has lapsed. Ask the organiser for another time.");

    public static readonly Refusal Answered = new("request-answered", "A firm has declined this request. Its organiser can move it to another time, which asks anew.");

    public static readonly Refusal Changed = new("request-changed", "The request was moved to another time meanwhile. Read it again, then answer.");

    public Decision<SessionEvent> Decide(Session state) => state switch
    {
        Session.Requested s when Unanswerable(s, Firm, Now) is { } refusal => refusal,
        Session.Requested s when (s.StartsAt, s.EndsAt) != (Request.Slot.Start, Request.Slot.End) => Changed,
        Session.Requested s when s.Approved.Contains(Firm) => Decision<SessionEvent>.Nothing,
        Session.Requested s when s.Approved.Count + 1 < s.Owners.Count => new SessionRequestApproved(Firm, By, Now),
        Session.Requested s when Timetable.Refuse(Request.Wanted, Request.Slot, s.SeatCount) is { } refusal => refusal,
        Session.Requested s => Decision<SessionEvent>.Of(
            new SessionRequestApproved(Firm, By, Now),
            new SessionConfirmed(s.StartsAt, s.EndsAt, s.Trainer, Timetable.Choose(Request.Wanted, [], Request.Session.Value), Now)),
        Session.Booked => Decision<SessionEvent>.Nothing,
        Session.Cancelled => Session.IsCancelled,
        _ => Session.Unknown,
    };

    internal static Refusal? Unanswerable(Session.Requested request, Id<Firm> firm, DateTimeOffset now) =>
        !request.Owners.Contains(firm) ? NotAsked.With("firms", request.Owners)
        : request.Declined ? Answered
        : request.StartsAt <= now ? Lapsed
        : null;
}

/// <summary>A firm declines a request, with a reason; nobody has to answer it any more.</summary>
internal sealed record DeclineRequest(Id<Firm> Firm, string Reason, Id<Person> By, DateTimeOffset Now) : ICommand<Session, SessionEvent>
{
    public static readonly Refusal BookedNow = new("request-booked", "The session is booked: all firms have approved it. Ask its organiser to cancel or move it.");

    public Decision<SessionEvent> Decide(Session state) => state switch
    {
        Session.Requested s when ApproveRequest.Unanswerable(s, Firm, Now) is { } refusal => refusal,
        Session.Requested => new SessionRequestDeclined(Firm, Reason, By, Now),
        Session.Booked => BookedNow,
        Session.Cancelled => Session.IsCancelled,
        _ => Session.Unknown,
    };
}

internal static class AnswerRequestEndpoint
{
    internal static readonly Refusal OwnersOnly = new("owner-only", "Only a manager of the firm that lends the resource may do this. Ask one of them.", 403);

    /// <param name="Firm">For which of the firms that are asked.</param>
    /// <param name="WholeSeries">All dates of its series that this firm has still to answer: all of them or none.</param>
    internal sealed record Approval(Id<Firm> Firm, bool WholeSeries = false);

    /// <param name="WholeSeries">All dates of its series that this firm has still to answer.</param>
    internal sealed record Decline(Id<Firm> Firm, string Reason, bool WholeSeries = false) : IValidated
    {
        public void Validate(Faults faults) => faults.Text("reason", Reason, 1, 500);
    }

    internal static void MapAnswerRequest(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/resources/sessions/{id}/request/approval", Approve)
            .WithName("ApproveRequest")
            .WithSummary("Approve a request for a firm's resource; with the last approval it is booked, or refused where something came first")
            .WithExample(new Approval(new(Guid.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e5f"))))
            .SignedInMayCall("a manager of a firm that is asked");
        routes.MapPost("/resources/sessions/{id}/request/decline", Refuse)
            .WithName("DeclineRequest")
            .WithSummary("Decline a request for a firm's resource, with a reason")
            .WithExample(new Decline(new(Guid.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e5f")), "We need the hall that day ourselves"))
            .SignedInMayCall("a manager of a firm that is asked");
    }

    internal static async Task<IResult> Approve(
        Id<Session> id, Approval body, Caller caller, SessionDesk desk, OpenRequests requests, Timetables timetables, Streams<Session, SessionEvent> sessions, Commands commands,
        TimeProvider clock, CancellationToken ct)
    {
        if (await desk.Seen(id, caller, ct) is not { } session) return Problems.From(Session.Unknown);
        if (!MayAnswer(caller, body.Firm)) return Problems.From(OwnersOnly);
        var now = clock.GetUtcNow();
        var asked = await Asked(session, body.Firm, body.WholeSeries, requests, now, ct);
        var whole = RequestOf(session) with { Slot = new(asked.Min(r => r.StartsAt), asked.Max(r => r.EndsAt)) };
        return await timetables.Settle(whole, Attempt, ct);

        async Task<(IResult, bool)> Attempt(Timetable timetable)
        {
            var (lost, booked, busy) = (false, session.Standing == SessionStanding.Booked, await timetables.Busy(whole, whole.Slot, ct));
            var result = await commands.Run(
                sessions, asked[0].Id.Value, Approving(asked[0]),
                version => Reply.Changed($"/api/v1/resources/sessions/{id}", id, ("standing", booked ? "booked" : "requested"))(version), ct,
                onGuard: _ => Task.FromResult(BookSessionEndpoint.Lost(out lost)),
                also: facts =>
                {
                    booked |= facts.Any(f => f is SessionConfirmed);
                    return sessions.Prepare(asked.Skip(1).Select(row => (row.Id.Value, (ICommand<Session, SessionEvent>)Approving(row))), ct);
                });
            return (result, lost);

            ApproveRequest Approving(SessionRow row)
            {
                var request = RequestOf(row);
                return new(request, timetable.Near(request.Slot, busy), body.Firm, caller.Person, now);
            }
        }
    }

    internal static async Task<IResult> Refuse(
        Id<Session> id, Decline body, Caller caller, SessionDesk desk, OpenRequests requests, Streams<Session, SessionEvent> sessions, Commands commands, TimeProvider clock,
        CancellationToken ct)
    {
        if (await desk.Seen(id, caller, ct) is not { } session) return Problems.From(Session.Unknown);
        if (!MayAnswer(caller, body.Firm)) return Problems.From(OwnersOnly);
        var now = clock.GetUtcNow();
        var asked = await Asked(session, body.Firm, body.WholeSeries, requests, now, ct);
        var command = new DeclineRequest(body.Firm, body.Reason.Trim(), caller.Person, now);
        return await commands.Run(
            sessions, asked[0].Id.Value, command, Reply.Changed($"/api/v1/resources/sessions/{id}", id), ct, also: _ => sessions.Prepare(asked.Skip(1).Select(row => (row.Id.Value, (ICommand<Session, SessionEvent>)command)), ct));
    }

    private static Request RequestOf(SessionRow row) => new(row.Id, row.Cluster, row.Wants, new(row.StartsAt, row.EndsAt), row.Trainer);

    /// <summary>What is answered: one session, or what is open of its series. The dates of a series want the same, at different times.</summary>
    private static async Task<IReadOnlyList<SessionRow>> Asked(SessionRow session, Id<Firm> firm, bool all, OpenRequests requests, DateTimeOffset now, CancellationToken ct) =>
        all && session.Series is { } series && await requests.OfSeries(series, firm, now, ct) is { Count: > 0 } open ? open : [session];

    /// <summary>Only the owners: the coordinator may organise a session, so somebody else has to agree.</summary>
    internal static bool MayAnswer(Caller caller, Id<Firm> firm) => caller.Is(Role.Manager, RoleScope.Firm(firm));
}
