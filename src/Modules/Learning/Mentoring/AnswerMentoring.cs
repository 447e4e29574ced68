using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Mentoring;

internal sealed record AcceptMentoring(Id<Person> By, DateTimeOffset Now) : PairCommand(By)
{
    public static readonly Refusal OwnAsking = new("own-asking", "The other one says yes or no. You may withdraw what you asked.");

    protected override Decision<PairEvent> Decide(Pair.Kept pair)
    {
        if (pair.Status == PairStatus.Active) return Decision<PairEvent>.Nothing;
        if (pair.Status != PairStatus.Asked) return MentoringRules.NotActive;
        if (pair.Waits.Contains(By)) return new MentoringAccepted(By, pair.Waits.Count == 1, Now);
        return pair.Asked.By == By ? OwnAsking : Decision<PairEvent>.Nothing;
    }
}

internal sealed record DeclineMentoring(Id<Person> By, string Reason, DateTimeOffset Now) : PairCommand(By)
{
    protected override Decision<PairEvent> Decide(Pair.Kept pair) => pair.Status switch
    {
        PairStatus.Declined => Decision<PairEvent>.Nothing,
        PairStatus.Asked when pair.Asked.By == By => AcceptMentoring.OwnAsking,
        PairStatus.Asked => new MentoringDeclined(By, Reason, Now),
        _ => MentoringRules.NotActive,
    };
}

internal sealed record WithdrawAsking(Id<Person> By, DateTimeOffset Now) : PairCommand(By)
{
    public static readonly Refusal NotYours = new("not-your-asking", "Only who asked withdraws it. You may decline, with a reason.");

    protected override Decision<PairEvent> Decide(Pair.Kept pair) => pair.Status switch
    {
        PairStatus.Withdrawn => Decision<PairEvent>.Nothing,
        PairStatus.Asked => pair.Asked.By == By ? new MentoringWithdrawn(By, Now) : NotYours,
        _ => MentoringRules.NotActive,
    };
}

internal static class AnswerMentoringEndpoint
{
    internal sealed record Refused(string Reason) : IValidated
    {
        public void Validate(Faults faults) => faults.Text("reason", Reason, 1, MentoringRules.MaxText);
    }

    internal static void MapAnswerMentoring(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/learning/mentoring/pairs/{id}/acceptance", Accept)
            .WithName(nameof(AcceptMentoring)).WithSummary("Say yes: it begins when everybody asked has; the mentor needs a place free").SignedInMayCall("who is asked");
        routes.MapPost("/learning/mentoring/pairs/{id}/refusal", Decline)
            .WithName(nameof(DeclineMentoring)).WithSummary("Say no, with a reason for the other one").WithExample(new Refused("I have two people already; ask me in autumn"))
            .SignedInMayCall("who is asked");
        routes.MapPost("/learning/mentoring/pairs/{id}/withdrawal", Withdraw)
            .WithName(nameof(WithdrawAsking)).WithSummary("Ask no more").SignedInMayCall("who asked");
    }

    internal static Task<IResult> Accept(Id<Pair> id, IfMatch ifMatch, Caller caller, PairDesk desk, CancellationToken ct) =>
        desk.Run(id, caller, new AcceptMentoring(caller.Person, desk.Now), ct, desk.Placed);

    internal static Task<IResult> Decline(Id<Pair> id, Refused body, IfMatch ifMatch, Caller caller, PairDesk desk, CancellationToken ct) =>
        desk.Run(id, caller, new DeclineMentoring(caller.Person, body.Reason.Trim(), desk.Now), ct);

    internal static Task<IResult> Withdraw(Id<Pair> id, IfMatch ifMatch, Caller caller, PairDesk desk, CancellationToken ct) =>
        desk.Run(id, caller, new WithdrawAsking(caller.Person, desk.Now), ct);
}
