using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Communities;
using ClusterNet.Learning.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Discussions;

/// <summary>An author hands a draft in; a facilitator lets through what is in review.</summary>
/// <param name="HandedIn">Where something new by this author stands.</param>
internal sealed record PublishPost(Guid Post, Id<Person> By, bool Facilitates, PostStatus HandedIn, DateTimeOffset Now) : ICommand<Thread, DiscussionEvent>
{
    public Decision<DiscussionEvent> Decide(Thread state) => (state as Thread.Open)?.Find(Post) switch
    {
        null => DiscussionRules.PostUnknown,
        { Status: PostStatus.Draft } p when p.Author != By => DiscussionRules.NotAuthor,
        { Status: PostStatus.Draft } => new DiscussionPostPublished(Post, HandedIn, By, Now),
        { Status: PostStatus.InReview } when Facilitates => new DiscussionPostPublished(Post, PostStatus.Shown, By, Now),
        { Status: PostStatus.InReview } => CommunityRules.NotFacilitator,
        { Status: PostStatus.Shown } => Decision<DiscussionEvent>.Nothing,
        { Status: PostStatus.Withdrawn } => DiscussionRules.Withdrawn,
        _ => DiscussionRules.NotShown,
    };
}

internal static class PublishPostEndpoint
{
    internal static void MapPublishPost(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/learning/discussions/{id}/posts/{post}/publication", Handle)
            .WithName(nameof(PublishPost)).WithSummary("Hand in a draft, or as a facilitator let through what is in review")
            .SignedInMayCall("its author for a draft, facilitators for what is in review");

    internal static async Task<IResult> Handle(Id<Discussion> id, Guid post, IfMatch ifMatch, Caller caller, DiscussionDesk discussions, CancellationToken ct)
    {
        var (seen, refusal) = await discussions.ForMember(id, post, caller, ct);
        if (seen is null) return Problems.From(refusal!); // one of the two is given
        var handedIn = DiscussionRules.StatusOf(false, seen.Community);
        return await discussions.Run(seen, new PublishPost(post, caller.Person, seen.Community.Facilitates, handedIn, discussions.Now), ct);
    }
}
