using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Records;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Mentoring;

/// <param name="New">The session's id, where no planned one has begun.</param>
internal sealed record LogSession(
    Id<Person> By, Id<MentoringSession> New, DateTimeOffset HappenedAt, int Minutes, string What, string NextStep, DateTimeOffset Now) : PairCommand(By)
{
    public static readonly Refusal LoggedAlready = new(
        "session-logged-already", "The other one has logged a session of that day. Confirm that one, or correct the time if you met twice.");

    protected override Decision<PairEvent> Decide(Pair.Kept pair)
    {
        if (pair.Status != PairStatus.Active) return MentoringRules.NotActive;
        if (HappenedAt > Now + Rules.ClockTolerance) return Rules.InTheFuture;
        if (pair.Sessions.FirstOrDefault(s => s.By != By && s.ConfirmedAt is null && s.HappenedAt.UtcDateTime.Date == HappenedAt.UtcDateTime.Date) is { } theirs)
            return LoggedAlready.With("session", theirs.Id);
        return new MentoringSessionLogged(IdFor(pair), By, HappenedAt, Minutes, What, NextStep, Now);
    }

    private Id<MentoringSession> IdFor(Pair.Kept pair) =>
        pair.Next is { } next && next.StartsAt.UtcDateTime.Date <= HappenedAt.UtcDateTime.Date ? next.Session : New;
}

internal sealed record ConfirmSession(Id<Person> By, Id<MentoringSession> Session, DateTimeOffset Now) : PairCommand(By)
{
    public static readonly Refusal OwnSession = new("own-session", "The other one confirms what you logged.");

    protected override Decision<PairEvent> Decide(Pair.Kept pair) => pair.Sessions.FirstOrDefault(s => s.Id == Session) switch
    {
        null => MentoringRules.SessionUnknown,
        { } s when s.By == By => OwnSession,
        { ConfirmedAt: not null } => Decision<PairEvent>.Nothing,
        _ => new MentoringSessionConfirmed(Session, By, Now),
    };
}

internal static class LogSessionEndpoint
{
    /// <param name="HappenedAt">Now, unless told.</param>
    /// <param name="What">What it was about.</param>
    /// <param name="NextStep">What is to be done until the next one.</param>
    /// <param name="WithRecord">Also makes a learning record of one's own, which names the other one and is seen as records are.</param>
    internal sealed record Body(string What, int Minutes = 60, DateTimeOffset? HappenedAt = null, string? NextStep = null, bool WithRecord = false) : IValidated
    {
        public void Validate(Faults faults) => faults.Text("what", What, 1, MentoringRules.MaxText).OptionalText("nextStep", NextStep, MentoringRules.MaxText)
            .Whole("minutes", Minutes, 1, Rules.MaxMinutes).Instant("happenedAt", HappenedAt, Rules.Earliest);
    }

    /// <param name="WithRecord">Also makes a learning record of one's own.</param>
    internal sealed record Confirmation(bool WithRecord = false);

    internal static void MapLogSession(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/learning/mentoring/pairs/{id}/sessions", Log)
            .WithName("LogMentoringSession").WithSummary("Log a session that the two had: date, minutes, what, next step")
            .WithDescription("It is the planned session where one was due. Each of the two may have a learning record of it, at most one.")
            .WithExample(new Body("How to open a price talk; we played two of them", 45, null, "Prepare the talk with the steel merchant", true)).SignedInMayCall("the two");
        routes.MapPost("/learning/mentoring/pairs/{id}/sessions/{session}/confirmation", Confirm)
            .WithName("ConfirmMentoringSession").WithSummary("Confirm a session that the other one logged, and the learning record that came of it").WithExample(new Confirmation(true))
            .SignedInMayCall("the one of the two who did not log it");
    }

    internal static async Task<IResult> Log(
        Id<Pair> id, Body body, IfMatch ifMatch, Caller caller, PairDesk desk, SessionLearning learning, TimeProvider clock, CancellationToken ct)
    {
        var log = new LogSession(
            caller.Person, Id<MentoringSession>.New(clock), body.HappenedAt?.ToUniversalTime() ?? desk.Now, body.Minutes, body.What.Trim(), (body.NextStep ?? "").Trim(),
            desk.Now);
        return await desk.Run(id, caller, log, ct, body.WithRecord ? learning.OfLogged : null);
    }

    internal static Task<IResult> Confirm(
        Id<Pair> id, Id<MentoringSession> session, Confirmation body, IfMatch ifMatch, Caller caller, PairDesk desk, SessionLearning learning, CancellationToken ct) =>
        desk.Run(
            id, caller, new ConfirmSession(caller.Person, session, desk.Now), ct, (pair, facts, token) => learning.OfConfirmed(pair, facts, body.WithRecord, token));
}
