using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Mentoring;

/// <param name="New">The session's id, where none is planned.</param>
internal sealed record PlanSession(Id<Person> By, Id<MentoringSession> New, DateTimeOffset StartsAt, int Minutes, string Place, DateTimeOffset Now) : PairCommand(By)
{
    public static readonly Refusal InThePast = new("session-in-the-past", "The next session lies ahead. Choose a later time, or log the one that you had.", 422);

    public static readonly Refusal TooFar = new("session-too-far", "A session is planned for the next year at most. Choose an earlier time.", 422);

    protected override Decision<PairEvent> Decide(Pair.Kept pair)
    {
        if (pair.Status != PairStatus.Active) return MentoringRules.NotActive;
        if (StartsAt < Now) return InThePast;
        if (StartsAt > Now.AddDays(366)) return TooFar;
        // One that has passed and was not logged stays as it is: it can still be logged.
        var moved = pair.Next is { } next && next.StartsAt > Now ? next : null;
        return moved is not null && moved.StartsAt == StartsAt && moved.Minutes == Minutes && moved.Place == Place
            ? Decision<PairEvent>.Nothing
            : new MentoringSessionPlanned(moved?.Session ?? New, By, StartsAt, Minutes, Place, Now);
    }
}

internal sealed record CancelSession(Id<Person> By, DateTimeOffset Now) : PairCommand(By)
{
    protected override Decision<PairEvent> Decide(Pair.Kept pair) =>
        pair.Next is { } next ? new MentoringSessionCancelled(next.Session, By, Now) : Decision<PairEvent>.Nothing;
}

internal static class PlanSessionEndpoint
{
    /// <param name="Place">Or how: a room, a call.</param>
    internal sealed record Body(DateTimeOffset StartsAt, int Minutes = 60, string? Place = null) : IValidated
    {
        public void Validate(Faults faults) => faults.Whole("minutes", Minutes, 5, 600).OptionalText("place", Place, MentoringRules.MaxShort);
    }

    private static readonly Body Example = new(
        DateTimeOffset.Parse("2027-03-05T14:00:00Z", System.Globalization.CultureInfo.InvariantCulture), 45, "Canteen of Bolt, or by phone");

    internal static void MapPlanSession(this IEndpointRouteBuilder routes)
    {
        routes.MapPut("/learning/mentoring/pairs/{id}/next-session", Plan)
            .WithName("PlanMentoringSession").WithSummary("Say when the two meet next; both find it in their calendars").WithExample(Example).SignedInMayCall("the two");
        routes.MapPost("/learning/mentoring/pairs/{id}/next-session/cancellation", Cancel)
            .WithName("CancelMentoringSession").WithSummary("Call the next session off").SignedInMayCall("the two");
    }

    internal static Task<IResult> Plan(Id<Pair> id, Body body, IfMatch ifMatch, Caller caller, PairDesk desk, TimeProvider clock, CancellationToken ct) => desk.Run(
        id, caller,
        new PlanSession(caller.Person, Id<MentoringSession>.New(clock), body.StartsAt.ToUniversalTime(), body.Minutes, (body.Place ?? "").Trim(), desk.Now), ct);

    internal static Task<IResult> Cancel(Id<Pair> id, IfMatch ifMatch, Caller caller, PairDesk desk, CancellationToken ct) =>
        desk.Run(id, caller, new CancelSession(caller.Person, desk.Now), ct);
}
