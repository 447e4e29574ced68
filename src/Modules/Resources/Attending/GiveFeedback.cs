using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Resources.Sessions;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Resources.Attending;

internal sealed record GiveFeedback(Id<Person> Person, int Usefulness, int? Trainer, bool? Differently, string Sentence, DateTimeOffset Now)
    : ICommand<Session, SessionEvent>
{
    public static readonly TimeSpan Open = TimeSpan.FromDays(30);

    public static readonly Refusal TooEarly = new("session-not-over", "The session has not ended. Say what you think of it when it has.");

    public static readonly Refusal TooLate = new("feedback-closed", "Feedback could be given for 30 days after the session's end. Now it stays as it is.");

    public static readonly Refusal NotThere = new("not-attended", "Only those who attended the session say what they think of it. If you were there, ask the trainer to note it.", 403);

    public static readonly Refusal NobodyTaught = new("no-trainer", "The session had no trainer, so there is nobody to rate. Leave that out.", 422);

    public Decision<SessionEvent> Decide(Session state) => state switch
    {
        Session.Booked s when Now < s.EndsAt => TooEarly,
        Session.Booked s when !s.Presences.Any(p => p.Person == Person && p.Attended) => NotThere,
        Session.Booked s when Now > s.EndsAt + Open => TooLate,
        Session.Booked { Trainer: null } when Trainer is not null => NobodyTaught,
        Session.Booked s when s.Feedback.Any(f => f with { At = Now } == Said) => Decision<SessionEvent>.Nothing,
        Session.Booked => Said,
        _ => Session.WhyNotBooked(state),
    };

    private SessionFeedbackGiven Said => new(Person, Usefulness, Trainer, Differently, Sentence, Now);
}

internal static class GiveFeedbackEndpoint
{
    public const int MaxSentence = 500;

    /// <param name="Usefulness">1 (of no use) to 5 (very useful).</param>
    /// <param name="Teaching">1 to 5; left out where nobody taught.</param>
    /// <param name="Differently">Whether one will do something differently at work.</param>
    /// <param name="Sentence">Read by the trainer, the organisers and the coordinator without one's name, when five have answered.</param>
    internal sealed record Body(int Usefulness, int? Teaching = null, bool? Differently = null, string? Sentence = null) : IValidated
    {
        public void Validate(Faults faults) => faults.Whole("usefulness", Usefulness, 1, 5).Whole("teaching", Teaching, 1, 5).OptionalText("sentence", Sentence, MaxSentence);
    }

    internal sealed record Own(int Usefulness, int? Teaching, bool? Differently, string? Sentence, DateTimeOffset At);

    /// <param name="Results">For the trainer, the organisers and the coordinator; null for others.</param>
    /// <param name="Mine">What the caller said.</param>
    internal sealed record Answer(Id<Session> Session, FeedbackResults? Results, Own? Mine);

    internal static void MapGiveFeedback(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/resources/sessions/{id}/feedback", Handle)
            .WithName("GiveSessionFeedback")
            .WithSummary("Say what one thinks of a session that one attended; said again within 30 days, the latest counts")
            .WithExample(new Body(4, 5, true, "More time for the exercises."))
            .SignedInMayCall("who attended the session");
        routes.MapGet("/resources/sessions/{id}/feedback", Show)
            .WithName("ShowSessionFeedback")
            .WithSummary("What those who attended think of a session, without names and of five answers at a time; and one's own answer")
            .Produces<Answer>().SignedInMayCall("who belongs to the cluster");
    }

    internal static async Task<IResult> Handle(
        Id<Session> id, Body body, Caller caller, SessionDesk desk, Streams<Session, SessionEvent> sessions, Commands commands, TimeProvider clock, CancellationToken ct)
    {
        if (await desk.Seen(id, caller, ct) is null) return Problems.From(Session.Unknown);
        var command = new GiveFeedback(caller.Person, body.Usefulness, body.Teaching, body.Differently, (body.Sentence ?? "").Trim(), clock.GetUtcNow());
        return await commands.Run(sessions, id.Value, command, Reply.Changed($"/api/v1/resources/sessions/{id}/feedback", id), ct);
    }

    private static async Task<IResult> Show(Id<Session> id, Caller caller, SessionDesk desk, Streams<Session, SessionEvent> sessions, HttpContext http, CancellationToken ct)
    {
        if (await desk.Seen(id, caller, ct) is not { } session) return Problems.From(Session.Unknown);
        http.Response.Headers.CacheControl = "no-store";
        return Results.Ok(Of(session, (await sessions.Load(id.Value, ct)).State as Session.Booked, caller));
    }

    internal static Answer Of(SessionRow session, Session.Booked? booked, Caller caller) => new(
        session.Id,
        booked is not null && Attendees.MayNote(caller, session) ? FeedbackResults.Of(booked) : null,
        booked?.Feedback.FirstOrDefault(f => f.Person == caller.Person) is { } f ? new(f.Usefulness, f.Trainer, f.Differently, f.Sentence.Or("") is { Length: > 0 } said ? said : null, f.At) : null);
}

/// <summary>
/// What those who attended say together. It is told of five answers, and again when five more have come: whoever compares what stood there before and
/// after learns what five said, not what one did.
/// </summary>
/// <param name="Answers">How many have answered.</param>
/// <param name="Told">Of how many of them the rest tells.</param>
/// <param name="Usefulness">The mean of 1 to 5, to a tenth.</param>
/// <param name="Differently">How many of a hundred will do something differently at work.</param>
/// <param name="Sentences">In no order that tells who wrote them.</param>
internal sealed record FeedbackResults(
    int Attended, int Answers, int Told, decimal? Usefulness, decimal? Teaching, int? Differently, IReadOnlyList<string> Sentences)
{
    public const int Fewest = 5;

    public static FeedbackResults Of(Session.Booked session)
    {
        var all = session.FeedbackTold;
        return new(
            session.Presences.Count(p => p.Attended), session.Feedback.Count, all.Count, Mean([.. all.Select(f => f.Usefulness)]), Mean([.. all.Select(f => f.Trainer).OfType<int>()]),
            all.Select(f => f.Differently).OfType<bool>().ToList() is { Count: >= Fewest } said ? said.Count(d => d) * 100 / said.Count : null,
            [.. all.Select(f => f.Sentence.Or("")).Where(s => s.Length > 0).Order(StringComparer.Ordinal)]);
    }

    private static decimal? Mean(IReadOnlyList<int> marks) => marks.Count < Fewest ? null : Math.Round((decimal)marks.Sum() / marks.Count, 1);
}
