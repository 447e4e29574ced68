using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Resources.Sessions;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Resources.Attending;

/// <param name="List">As it was sent, with the firm for which each person came.</param>
internal sealed record NoteAttendance(ValueList<Attendance> List, Id<Person> By, DateTimeOffset Now) : ICommand<Session, SessionEvent>
{
    /// <summary>Of the numbers of certificates; random.</summary>
    public Guid Seed { get; init; }

    /// <summary>For how long after its end it can be said who came to a session.</summary>
    public static readonly TimeSpan Open = TimeSpan.FromDays(60);

    public static readonly Refusal TooEarly = new("session-not-begun", "The session has not begun. Note who came when it has.");

    public static readonly Refusal TooLate = new("attendance-closed", "Who came could be noted for 60 days after the session's end. Now it stays as it is.");

    public static readonly Refusal TooLong = new("longer-than-session", "Nobody attends for longer than the session takes. Correct the minutes of these people.", 422);

    public static readonly Refusal TrainerTeaches = new("trainer-teaches", "Whoever gives the session is not among those who attend it. Leave the trainer out.", 422);

    public Decision<SessionEvent> Decide(Session state) => state switch
    {
        Session.Booked s when Now < s.StartsAt => TooEarly.With("start", s.StartsAt.UtcDateTime),
        Session.Booked s when Now > s.EndsAt + Open => TooLate,
        Session.Booked s when List.Any(a => a.Person == s.Trainer) => TrainerTeaches,
        Session.Booked s when List.Where(a => a.Minutes > (s.EndsAt - s.StartsAt).TotalMinutes).Select(a => a.Person).ToList() is { Count: > 0 } longer =>
            TooLong.With("people", longer),
        Session.Booked s => News(s) is { Count: > 0 } news ? new SessionAttendanceNoted([.. news], By, Now) { Seed = Seed } : Decision<SessionEvent>.Nothing,
        _ => Session.WhyNotBooked(state),
    };

    /// <summary>What the list says that no earlier one did.</summary>
    private List<Attendance> News(Session.Booked session) =>
        [.. List.Where(a => !session.Presences.Any(p => p.Noted && p.Person == a.Person && (p.Firm, p.Attended, p.Minutes) == (a.Firm, a.Attended, a.Minutes)))];
}

internal static class NoteAttendanceEndpoint
{
    private static readonly Refusal PersonUnknown = new(
        "person-unknown", "Some of these people neither have a seat nor work in a firm of this cluster. Leave them out.", 422);

    private static readonly Refusal NotYours = new(
        "not-your-session", "Only the trainer, a manager of the organising firm or the cluster's coordinator says who came. Ask one of them.", 403);

    /// <param name="Minutes">All of the session, unless told.</param>
    internal sealed record PersonBody(Id<Person> Person, bool Attended = true, int? Minutes = null);

    /// <param name="People">Those of whom something is said; of the others, what was said before stays.</param>
    internal sealed record Body(IReadOnlyList<PersonBody> People) : IValidated
    {
        public void Validate(Faults faults)
        {
            faults.Count("people", People, 1, 1_000);
            faults.Each("people", People, (p, f) => f.Whole("minutes", p.Minutes, 1, 31 * 24 * 60));
            faults.Check(People is null || People.DistinctBy(p => p.Person).Count() == People.Count, "people", "repeated", "Name each person once.");
        }
    }

    /// <param name="Attended">Null for who has a seat and of whom nothing is known yet.</param>
    /// <param name="Noted">The list says so; otherwise the person, by checking in.</param>
    /// <param name="Certificate">Its number, for the person and the firm's managers; null for others.</param>
    internal sealed record Line(
        Id<Person> Person, Id<Firm> Firm, bool HasSeat, bool? Attended, int? Minutes, bool Noted, DateTimeOffset? CheckedInAt, Guid? Certificate = null);

    /// <param name="SeatsWithoutName">Held seats for which nobody is named.</param>
    internal sealed record Answer(Id<Session> Session, int FullMinutes, DateTimeOffset From, DateTimeOffset Until, IReadOnlyList<Line> People, int SeatsWithoutName);

    internal static void MapNoteAttendance(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/resources/sessions/{id}/attendance", Handle)
            .WithName(nameof(NoteAttendance))
            .WithSummary("Say who came to a session and for how long, from its begin until 60 days after its end; said again, the latest counts")
            .WithDescription("People who came without a seat are named too, if they work in a firm of the cluster. Each of those who came gets a private learning record.")
            .WithExample(new Body([new(Id<Person>.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e5f", null), true, 90)]))
            .SignedInMayCall("the trainer, a manager of the organising firm, or the cluster's coordinator");
        routes.MapGet("/resources/sessions/{id}/attendance", Show)
            .WithName("ShowAttendance")
            .WithSummary("Who came to a session: all for whoever notes it, the own people for a firm's manager, oneself for everybody else")
            .Produces<Answer>().SignedInMayCall("who belongs to the cluster");
    }

    private static async Task<IResult> Show(Id<Session> id, Caller caller, SessionDesk desk, CancellationToken ct) =>
        await desk.Seen(id, caller, ct) is { } session ? Results.Ok(Of(session, caller)) : Problems.From(Session.Unknown);

    internal static async Task<IResult> Handle(
        Id<Session> id, Body body, Caller caller, SessionDesk desk, Attendees attendees, Streams<Session, SessionEvent> sessions, Commands commands,
        TimeProvider clock, CancellationToken ct)
    {
        if (await desk.Seen(id, caller, ct) is not { } session) return Problems.From(Session.Unknown);
        if (!Attendees.MayNote(caller, session)) return Problems.From(NotYours);
        var firms = await attendees.FirmsOf(session, [.. body.People.Select(p => p.Person)], ct);
        if (body.People.Where(p => !firms.ContainsKey(p.Person)).Select(p => p.Person).ToList() is { Count: > 0 } strangers)
            return Problems.From(PersonUnknown.With("people", strangers));
        var full = Presences.Full(session.StartsAt, session.EndsAt);
        ValueList<Attendance> list = [.. body.People.Select(p => new Attendance(p.Person, firms[p.Person], p.Attended, p.Attended ? p.Minutes ?? full : 0))];
        return await commands.Run(
            sessions, id.Value, new NoteAttendance(list, caller.Person, clock.GetUtcNow()) { Seed = Guid.NewGuid() }, Reply.Changed($"/api/v1/resources/sessions/{id}/attendance", id), ct);
    }

    /// <summary>What the caller may see of who came.</summary>
    internal static Answer Of(SessionRow session, Caller caller)
    {
        var seats = session.Reservations.Where(r => r.Held && Attendees.Sees(caller, session, r.Firm)).ToList();
        var lines = session.Presences.Where(p => p.Person == caller.Person || Attendees.Sees(caller, session, p.Firm))
            .Select(p => new Line(p.Person, p.Firm, session.Reservations.Any(r => r.Held && r.People.Contains(p.Person)), p.Attended, p.Minutes, p.Noted, p.CheckedInAt, Certificates.MayHave(caller, p) ? p.Number : null));
        var missing = seats.SelectMany(r => r.People.Select(p => (Person: p, r.Firm))).Where(s => session.Presences.All(p => p.Person != s.Person))
            .Select(s => new Line(s.Person, s.Firm, true, null, null, false, null));
        return new(
            session.Id, Presences.Full(session.StartsAt, session.EndsAt), session.StartsAt, session.EndsAt + NoteAttendance.Open, [.. lines, .. missing],
            seats.Sum(r => r.Count - r.People.Count));
    }
}
