using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Resources.Sessions;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Resources.Attending;

internal sealed record CheckIn(Id<Person> Person, Id<Firm> Firm, DateTimeOffset Now) : ICommand<Session, SessionEvent>
{
    /// <summary>Of the certificate's number; random.</summary>
    public Guid Seed { get; init; }

    /// <summary>How long before a session begins people come in.</summary>
    public static readonly TimeSpan Early = TimeSpan.FromMinutes(30);

    public static readonly Refusal NotYet = new("check-in-not-open", "People are let in from 30 minutes before the session begins. Come back then.");

    public static readonly Refusal Over = new("check-in-over", "The session is over. Ask the trainer or the organisers to note that you were there.");

    public Decision<SessionEvent> Decide(Session state) => state switch
    {
        Session.Booked s when s.Presences.Any(p => p.Person == Person && p.CheckedInAt is not null) => Decision<SessionEvent>.Nothing,
        Session.Booked s when Closed(s.StartsAt, s.EndsAt, Now) is { } refusal => refusal,
        Session.Booked s when s.Trainer == Person => NoteAttendance.TrainerTeaches,
        Session.Booked => new SessionCheckedIn(Person, Firm, Now) { Seed = Seed },
        _ => Session.WhyNotBooked(state),
    };

    public static Refusal? Closed(DateTimeOffset start, DateTimeOffset end, DateTimeOffset now) =>
        now < start - Early ? NotYet.With("from", (start - Early).UtcDateTime) : now > end ? Over : null;
}

internal static class CheckInEndpoint
{
    private static readonly Refusal CodeNeeded = new(
        "door-code-needed", "Without a seat in a webinar one checks in with the code that is shown at the door. Scan it, or ask the trainer for it.", 422);

    private static readonly Refusal NoFirm = new(
        "no-firm-here", "You work in no firm of this cluster, so there is nobody for whom you could be counted. Ask the organisers.", 422);

    private static readonly Refusal NotAtTheDoor = new(
        "not-your-session", "Only the trainer, a manager of the organising firm or the cluster's coordinator shows the code at the door.", 403);

    /// <param name="Code">As shown at the door; not needed for a webinar in which one has a seat.</param>
    internal sealed record Body(string? Code = null) : IValidated
    {
        public void Validate(Faults faults) => faults.OptionalText("code", Code, DoorCodes.MaxLength);
    }

    /// <param name="Code">Secret: whoever is there may have it.</param>
    /// <param name="Address">What the QR code leads to.</param>
    internal sealed record Door(Id<Session> Session, string Code, string Address, DateTimeOffset From, DateTimeOffset Until, int CheckedIn);

    internal static void MapCheckIn(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/resources/sessions/{id}/check-in", Handle)
            .WithName(nameof(CheckIn))
            .WithSummary("Say that one is there, with the code shown at the door or, in a webinar, with one's seat; from 30 minutes before the begin until the end")
            .WithExample(new Body("CfDJ8…"))
            .SignedInMayCall("who works in a firm of the cluster");
        routes.MapGet("/resources/sessions/{id}/door", Show)
            .WithName("ShowDoor")
            .WithSummary("The code with which people check in, while they can")
            .Produces<Door>().SignedInMayCall("the trainer, a manager of the organising firm, or the cluster's coordinator");
    }

    private static async Task<IResult> Show(
        Id<Session> id, Caller caller, SessionDesk desk, DoorCodes codes, [FromServices] PublicUrl address, TimeProvider clock, HttpContext http, CancellationToken ct)
    {
        if (await desk.Seen(id, caller, ct) is not { } session) return Problems.From(Session.Unknown);
        if (!Attendees.MayNote(caller, session)) return Problems.From(NotAtTheDoor);
        if (session.Standing == SessionStanding.Cancelled) return Problems.From(Session.IsCancelled);
        if (CheckIn.Closed(session.StartsAt, session.EndsAt, clock.GetUtcNow()) is { } closed) return Problems.From(closed);
        http.Response.Headers.CacheControl = "no-store";
        return Results.Ok(DoorOf(session, codes, address));
    }

    internal static Door DoorOf(SessionRow session, DoorCodes codes, PublicUrl address)
    {
        var code = codes.Of(session.Id, session.StartsAt);
        return new(
            session.Id, code, address.Of($"/sessions/{session.Id}/here?code={code}"), session.StartsAt - CheckIn.Early, session.EndsAt,
            session.Presences.Count(p => p.CheckedInAt is not null));
    }

    internal static async Task<IResult> Handle(
        Id<Session> id, Body body, Caller caller, SessionDesk desk, DoorCodes codes, Attendees attendees, Streams<Session, SessionEvent> sessions,
        Commands commands, TimeProvider clock, CancellationToken ct)
    {
        if (await desk.Seen(id, caller, ct) is not { } session) return Problems.From(Session.Unknown);
        if (string.IsNullOrEmpty(body.Code) ? !Joins(session, caller) : !codes.Opens(body.Code, id, session.StartsAt))
            return Problems.From(string.IsNullOrEmpty(body.Code) ? CodeNeeded : DoorCodes.Wrong);
        if (!(await attendees.FirmsOf(session, [caller.Person], ct)).TryGetValue(caller.Person, out var firm)) return Problems.From(NoFirm);
        return await commands.Run(
            sessions, id.Value, new CheckIn(caller.Person, firm, clock.GetUtcNow()) { Seed = Guid.NewGuid() }, Reply.Changed($"/api/v1/resources/sessions/{id}", id), ct);
    }

    /// <summary>Who has a seat in a webinar, or manages a firm that holds seats without a name, checks in by joining it.</summary>
    internal static bool Joins(SessionRow session, Caller caller) =>
        session.Kind == SessionKind.Webinar && session.Trainer != caller.Person
        && session.Reservations.Any(r => r.Held && (r.People.Contains(caller.Person) || (r.People.Count < r.Count && caller.Is(Role.Manager, RoleScope.Firm(r.Firm)))));
}
