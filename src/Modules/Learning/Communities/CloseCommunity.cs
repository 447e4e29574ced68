using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Communities;

internal sealed record CloseCommunity(string Reason, Id<Person> By, DateTimeOffset Now) : ICommand<CommunityLife, CommunityEvent>
{
    public Decision<CommunityEvent> Decide(CommunityLife state) => state switch
    {
        CommunityLife.Open o when !o.Facilitators.Contains(By) => CommunityRules.NotFacilitator,
        CommunityLife.Open => new CommunityClosed(Reason, By, Now),
        CommunityLife.Closed => Decision<CommunityEvent>.Nothing,
        _ => CommunityRules.Unknown,
    };
}

internal static class CloseCommunityEndpoint
{
    internal sealed record Body(string Reason) : IValidated
    {
        public void Validate(Faults faults) => faults.Text("reason", Reason, 1, CommunityRules.MaxReason);
    }

    internal static void MapCloseCommunity(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/learning/communities/{id}/closure", Handle)
            .WithName(nameof(CloseCommunity)).WithSummary("Close a community: it can be read from then on, and nothing is added")
            .WithExample(new Body("The goal is reached.")).SignedInMayCall("facilitators of the community");

    internal static Task<IResult> Handle(Id<Community> id, Body body, IfMatch ifMatch, Caller caller, CommunityCommands communities, CancellationToken ct) =>
        communities.Run(id, caller, true, new CloseCommunity(body.Reason.Trim(), caller.Person, communities.Now), ct);
}
