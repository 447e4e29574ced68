using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Communities;

/// <summary>A facilitator appoints another member; where nobody is left to do so, any member may take it on.</summary>
internal sealed record AppointFacilitator(Id<Person> Person, Id<Person> By, DateTimeOffset Now) : ICommand<CommunityLife, CommunityEvent>
{
    public Decision<CommunityEvent> Decide(CommunityLife state) => state switch
    {
        CommunityLife.Open o when !o.Facilitators.Contains(By) && (o.Facilitators.Count > 0 || Person != By) => CommunityRules.NotFacilitator,
        CommunityLife.Open o when o.Facilitators.Contains(Person) => Decision<CommunityEvent>.Nothing,
        CommunityLife.Open => new CommunityFacilitatorAppointed(Person, By, Now),
        CommunityLife.Closed => CommunityRules.Closed,
        _ => CommunityRules.Unknown,
    };
}

/// <summary>Whether somebody takes part: decided in the transaction of what depends on it.</summary>
internal sealed record TakesPart : ICommand<Participation, ParticipationEvent>
{
    public static readonly Refusal Outside = new("person-not-a-member", "This person is no member of the community. Choose one of its members, or ask the person to join.", 422);

    public Decision<ParticipationEvent> Decide(Participation state) => state is Participation.Inside ? Decision<ParticipationEvent>.Nothing : Outside;
}

internal static class AppointFacilitatorEndpoint
{
    internal sealed record Body(Id<Person> Person);

    internal static void MapAppointFacilitator(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/learning/communities/{id}/facilitators", Handle)
            .WithName(nameof(AppointFacilitator)).WithSummary("Make a member a facilitator too; to hand over, resign afterwards")
            .WithDescription("Where a community has no facilitator left, any member may take it on.")
            .WithExample(new Body(Id<Person>.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e5f", null))).SignedInMayCall("facilitators of the community");

    internal static Task<IResult> Handle(Id<Community> id, Body body, IfMatch ifMatch, Caller caller, CommunityCommands communities, CancellationToken ct) =>
        communities.Run(
            id, caller, false, new AppointFacilitator(body.Person, caller.Person, communities.Now), ct,
            also: _ => communities.Prepare(id, body.Person, new TakesPart(), ct));
}
