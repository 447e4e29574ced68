using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Communities;
using ClusterNet.Learning.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Discussions;

internal static class FollowDiscussionEndpoint
{
    internal static void MapFollowDiscussion(this IEndpointRouteBuilder routes) =>
        routes.MapPut("/learning/discussions/{id}/following", Handle)
            .WithName("FollowDiscussion").WithSummary("Hear of new posts in a discussion, or no more; who writes in it hears of them unless they say otherwise")
            .WithExample(new FollowEndpoint.Body(true)).SignedInMayCall("everybody who may see it, for themselves");

    internal static async Task<IResult> Handle(
        Id<Discussion> id, FollowEndpoint.Body body, Caller caller, DiscussionDesk discussions, Followers followers, CancellationToken ct) =>
        await discussions.Find(id, caller, ct) is not { } seen
            ? Problems.From(DiscussionRules.Unknown)
            : await followers.Choose(seen.State.Community, id.Value, DiscussionDesk.Address(id), id, caller, body.Following, ct);

    /// <summary>Who follows a discussion unless they say otherwise: whoever wrote in it.</summary>
    internal static IEnumerable<Id<Person>> ByNature(Thread.Open thread) =>
        thread.Posts.Where(p => p.Status is not (PostStatus.Draft or PostStatus.Withdrawn)).Select(p => p.Author).Distinct();
}
