using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Mentoring;

internal sealed record GiveFeedback(Id<Person> By, string Text, DateTimeOffset Now) : PairCommand(By)
{
    protected override Decision<PairEvent> Decide(Pair.Kept pair) =>
        pair.BegunAt is null ? MentoringRules.NotActive : new MentoringFeedbackGiven(By, Text, Now);
}

internal sealed record ReviewMentoring(Id<Person> By, string Text, DateTimeOffset Now) : PairCommand(By)
{
    protected override Decision<PairEvent> Decide(Pair.Kept pair) => pair.BegunAt is null ? MentoringRules.NotActive : new MentoringReviewed(By, Text, Now);
}

internal sealed record EndMentoring(Id<Person> By, string Reason, DateTimeOffset Now) : PairCommand(By)
{
    protected override Decision<PairEvent> Decide(Pair.Kept pair) => pair.Status switch
    {
        PairStatus.Active => new MentoringEnded(By, Reason, Now),
        PairStatus.Ended => Decision<PairEvent>.Nothing,
        _ => MentoringRules.NotActive,
    };
}

/// <summary>What the two say to each other about how it goes.</summary>
internal static class TalkAboutEndpoint
{
    internal sealed record Words(string Text) : IValidated
    {
        public void Validate(Faults faults) => faults.Text("text", Text, 1, MentoringRules.MaxText);
    }

    internal sealed record Ending(string Reason) : IValidated
    {
        public void Validate(Faults faults) => faults.Text("reason", Reason, 1, MentoringRules.MaxText);
    }

    internal static void MapTalkAbout(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/learning/mentoring/pairs/{id}/feedback", Feedback)
            .WithName(nameof(GiveFeedback)).WithSummary("Tell the other one what helped and what would help more; nobody else sees it")
            .WithExample(new Words("The role plays help most; let us do more of them")).SignedInMayCall("the two");
        routes.MapPost("/learning/mentoring/pairs/{id}/review", Review)
            .WithName(nameof(ReviewMentoring)).WithSummary("Note how far the two have come").WithExample(new Words("Two talks led alone; the third is planned for May"))
            .SignedInMayCall("the two");
        routes.MapPost("/learning/mentoring/pairs/{id}/end", End)
            .WithName(nameof(EndMentoring)).WithSummary("End the mentoring, with a reason for the other one").WithExample(new Ending("The goal is reached"))
            .SignedInMayCall("the two");
    }

    internal static Task<IResult> Feedback(Id<Pair> id, Words body, IfMatch ifMatch, Caller caller, PairDesk desk, CancellationToken ct) =>
        desk.Run(id, caller, new GiveFeedback(caller.Person, body.Text.Trim(), desk.Now), ct);

    internal static Task<IResult> Review(Id<Pair> id, Words body, IfMatch ifMatch, Caller caller, PairDesk desk, CancellationToken ct) =>
        desk.Run(id, caller, new ReviewMentoring(caller.Person, body.Text.Trim(), desk.Now), ct);

    internal static Task<IResult> End(Id<Pair> id, Ending body, IfMatch ifMatch, Caller caller, PairDesk desk, CancellationToken ct) =>
        desk.Run(id, caller, new EndMentoring(caller.Person, body.Reason.Trim(), desk.Now), ct, desk.Freed);
}
