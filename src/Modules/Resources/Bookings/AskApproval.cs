using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Resources.Pool;
using ClusterNet.Resources.Sessions;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Resources.Bookings;

/// <param name="Asked">Whether bookings of other firms need approval; those that are booked stay so.</param>
internal sealed record AskApproval(bool Asked, Id<Person> By, DateTimeOffset Now) : ICommand<Resource, ResourceEvent>
{
    public Decision<ResourceEvent> Decide(Resource state) => state switch
    {
        Resource.Pooled p when !p.Kind.IsBookable() => Timetable.NotBookable,
        Resource.Pooled p when p.AsksApproval == Asked => Decision<ResourceEvent>.Nothing,
        Resource.Pooled => new ResourceApprovalAsked(Asked, By, Now),
        Resource.Withdrawn => Timetable.Withdrawn,
        _ => Timetable.ResourceUnknown,
    };
}

internal static class AskApprovalEndpoint
{
    internal sealed record Body(bool Asked);

    internal static void MapAskApproval(this IEndpointRouteBuilder routes) =>
        routes.MapPut("/resources/resources/{id}/approval", Handle)
            .WithName(nameof(AskApproval))
            .WithSummary("Say whether other firms may book a resource at once, or need its firm's approval for each session")
            .WithExample(new Body(true))
            .SignedInMayCall("a manager of the firm that contributed it");

    internal static async Task<IResult> Handle(
        Id<Resource> id, Body body, Caller caller, PoolQueries pool, Streams<Resource, ResourceEvent> resources, Commands commands, TimeProvider clock, CancellationToken ct)
    {
        if (await pool.Find(id, caller, ct) is not { } resource) return Problems.From(Timetable.ResourceUnknown);
        if (!AnswerRequestEndpoint.MayAnswer(caller, resource.Firm)) return Problems.From(AnswerRequestEndpoint.OwnersOnly);
        return await commands.Run(
            resources, id.Value, new AskApproval(body.Asked, caller.Person, clock.GetUtcNow()), Reply.Changed($"/api/v1/resources/resources/{id}", id), ct);
    }
}
