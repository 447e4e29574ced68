using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Discussions;

/// <param name="Post">Null to accept none any more.</param>
internal sealed record AcceptAnswer(Guid? Post, Id<Person> By, bool Facilitates, DateTimeOffset Now) : ICommand<Thread, DiscussionEvent>
{
    public static readonly Refusal NotAsker = new("not-the-asker", "Only who asked, or a facilitator, says which answer helped. Mark it as helpful instead.", 403);
    public static readonly Refusal NoQuestion = new("not-a-question", "This is a discussion, not a question: there is no answer to accept. Mark what helped as helpful.", 422);
    public static readonly Refusal OwnAnswer = new("own-answer", "Who asked says whether your answer helped. Leave it to them, or to another facilitator.", 403);

    public static readonly Refusal QuestionItself = new("question-itself", "The question is no answer to itself. Choose one of the answers.", 422);

    public Decision<DiscussionEvent> Decide(Thread state) => state switch
    {
        Thread.Open o when o.First.Author != By && !Facilitates => NotAsker,
        Thread.Open { Question: false } => NoQuestion,
        Thread.Open o when o.Accepted == Post => Decision<DiscussionEvent>.Nothing,
        Thread.Open o when Post == o.First.Id => QuestionItself,
        Thread.Open o when Post is { } post && o.Find(post) is null => DiscussionRules.PostUnknown,
        Thread.Open o when Post is { } post && o.Find(post)?.Status != PostStatus.Shown => DiscussionRules.NotShown,
        Thread.Open o when o.First.Author != By && Post is { } post && o.Find(post)?.Author == By => OwnAnswer,
        Thread.Open => new DiscussionAnswerAccepted(Post, By, Now),
        _ => DiscussionRules.Unknown,
    };
}

internal static class AcceptAnswerEndpoint
{
    /// <param name="Post">The answer that helped; null to accept none any more.</param>
    internal sealed record Body(Guid? Post);

    internal static void MapAcceptAnswer(this IEndpointRouteBuilder routes) =>
        routes.MapPut("/learning/discussions/{id}/accepted", Handle)
            .WithName(nameof(AcceptAnswer)).WithSummary("Say which answer to a question helped")
            .WithExample(new Body(Guid.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e5f"))).SignedInMayCall("who asked, and facilitators of the community");

    internal static async Task<IResult> Handle(Id<Discussion> id, Body body, IfMatch ifMatch, Caller caller, DiscussionDesk discussions, CancellationToken ct)
    {
        var (seen, refusal) = await discussions.ForMember(id, caller, ct);
        if (seen is null) return Problems.From(refusal!); // one of the two is given
        return await discussions.Run(seen, new AcceptAnswer(body.Post, caller.Person, seen.Community.Facilitates, discussions.Now), ct);
    }
}
