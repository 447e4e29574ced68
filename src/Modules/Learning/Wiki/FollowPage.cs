using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Communities;
using ClusterNet.Learning.Contracts;
using ClusterNet.Learning.Discussions;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Wiki;

internal static class FollowPageEndpoint
{
    internal static void MapFollowPage(this IEndpointRouteBuilder routes) =>
        routes.MapPut("/learning/pages/{id}/following", Handle)
            .WithName("FollowWikiPage").WithSummary("Hear of new versions of a page, or no more; who wrote in it hears of them unless they say otherwise")
            .WithExample(new FollowEndpoint.Body(true)).SignedInMayCall("everybody who may see it, for themselves");

    internal static async Task<IResult> Handle(Id<WikiPage> id, FollowEndpoint.Body body, Caller caller, WikiDesk wiki, Followers followers, CancellationToken ct) =>
        await wiki.Find(id, caller, ct) is not { } seen
            ? Problems.From(WikiDesk.Unknown)
            : await followers.Choose(seen.State.Community, id.Value, WikiDesk.Address(id), id, caller, body.Following, ct);

    /// <summary>Who follows a page unless they say otherwise: whoever wrote in it.</summary>
    internal static IEnumerable<Id<Person>> ByNature(WikiLife.Kept page) => page.Versions.Where(v => v.Status != PostStatus.Draft).Select(v => v.By).Distinct();

    /// <summary>Whether the reader does.</summary>
    internal static Task<bool> Follows(SeenPage seen, Followers followers, CancellationToken ct) =>
        followers.Follows(seen.Id.Value, seen.Community.Reader, ByNature(seen.State).Contains(seen.Community.Reader), ct);
}
