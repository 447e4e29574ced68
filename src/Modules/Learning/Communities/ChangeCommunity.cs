using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Communities;

internal sealed record ChangeCommunity(Charter Charter, Id<Person> By, DateTimeOffset Now) : ICommand<CommunityLife, CommunityEvent>
{
    public Decision<CommunityEvent> Decide(CommunityLife state) => state switch
    {
        CommunityLife.Open o when !o.Facilitators.Contains(By) => CommunityRules.NotFacilitator,
        CommunityLife.Open o when o.Charter == Charter => Decision<CommunityEvent>.Nothing,
        CommunityLife.Open => new CommunityChanged(
            Charter.Name, Charter.Objective, Charter.Kind, Charter.Reviewed, Charter.Sponsor, Charter.SkillUris, Charter.Tags, By, Now),
        CommunityLife.Closed => CommunityRules.Closed,
        _ => CommunityRules.Unknown,
    };
}

internal static class ChangeCommunityEndpoint
{
    internal static void MapChangeCommunity(this IEndpointRouteBuilder routes) =>
        routes.MapPut("/learning/communities/{id}", Handle)
            .WithName(nameof(ChangeCommunity)).WithSummary("Say anew what a community is for; its cluster stays")
            .WithExample(FoundCommunityEndpoint.Example with { SkillUris = [] }).SignedInMayCall("facilitators of the community");

    internal static async Task<IResult> Handle(
        Id<Community> id, FoundCommunityEndpoint.Body body, IfMatch ifMatch, Caller caller, CommunityDesk desk, CommunityCommands communities, HttpRequest request,
        CancellationToken ct)
    {
        if (await desk.Find(id, caller, ct) is not { } seen) return Problems.From(CommunityRules.Unknown);
        if (!seen.Facilitates) return Problems.From(CommunityRules.NotFacilitator);
        if (await communities.Check(body.Charter, seen.Row.Cluster, caller, request, ct) is { } refusal) return Problems.From(refusal);
        return await communities.Run(id, caller, true, new ChangeCommunity(body.Charter, caller.Person, communities.Now), ct);
    }
}
