using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Communities;

internal sealed record JoinCommunity(Id<Community> Community, Id<Person> Person, Id<Firm>? Firm, DateTimeOffset Now) : ICommand<Participation, ParticipationEvent>
{
    public Decision<ParticipationEvent> Decide(Participation state) => state is Participation.Outside
        ? new CommunityJoined(Community, Person, Firm, Now)
        : Decision<ParticipationEvent>.Nothing;
}

internal sealed record LeaveCommunity(Id<Community> Community, Id<Person> Person, DateTimeOffset Now) : ICommand<Participation, ParticipationEvent>
{
    public Decision<ParticipationEvent> Decide(Participation state) => state is Participation.Inside
        ? new CommunityLeft(Community, Person, Now)
        : Decision<ParticipationEvent>.Nothing;
}

/// <param name="Forced">The account closes: it goes also when nobody is left to facilitate.</param>
internal sealed record GiveUpOffice(Id<Person> Person, bool Forced, DateTimeOffset Now) : ICommand<CommunityLife, CommunityEvent>
{
    public static readonly Refusal LastFacilitator = new(
        "last-facilitator", "You are the only facilitator. Appoint another member first, or close the community.");

    public Decision<CommunityEvent> Decide(CommunityLife state) => state switch
    {
        CommunityLife.Open o when !o.Facilitators.Contains(Person) && o.Charter.Sponsor != Person => Decision<CommunityEvent>.Nothing,
        CommunityLife.Open o when !Forced && o.Facilitators is [var only] && only == Person => LastFacilitator,
        CommunityLife.Open => new CommunityOfficeGivenUp(Person, Now),
        CommunityLife.Closed => Decision<CommunityEvent>.Nothing,
        _ => CommunityRules.Unknown,
    };
}

internal static class JoinCommunityEndpoint
{
    internal static void MapJoinCommunity(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/learning/communities/{id}/joining", Join)
            .WithName(nameof(JoinCommunity)).WithSummary("Become a member of a community; new discussions are told from then on")
            .SignedInMayCall("everybody who may see it");
        routes.MapPost("/learning/communities/{id}/leaving", Leave)
            .WithName(nameof(LeaveCommunity)).WithSummary("Leave a community; what one wrote stays").SignedInMayCall("everybody for themselves");
        routes.MapPost("/learning/communities/{id}/resignation", Resign)
            .WithName(nameof(GiveUpOffice)).WithSummary("Be facilitator or sponsor of a community no more").SignedInMayCall("everybody for themselves");
    }

    internal static async Task<IResult> Join(Id<Community> id, Caller caller, CommunityDesk desk, CommunityCommands communities, CancellationToken ct)
    {
        if (await desk.Find(id, caller, ct) is not { } seen) return Problems.From(CommunityRules.Unknown);
        var (firm, homeless) = await desk.PlaceOf(caller, seen.Row.Cluster, ct);
        return homeless is not null ? Problems.From(homeless) : await communities.Run(
            id, caller, new JoinCommunity(id, caller.Person, firm, communities.Now), ct, also: _ => communities.Prepare(id, new StillOpen(), ct));
    }

    internal static async Task<IResult> Leave(Id<Community> id, Caller caller, CommunityDesk desk, CommunityCommands communities, CancellationToken ct)
    {
        // Who may see it no more may still leave.
        if (await desk.Find(id, caller, ct) is null && !await desk.TakesPart(id, caller.Person, ct)) return Problems.From(CommunityRules.Unknown);
        var now = communities.Now;
        return await communities.Run(
            id, caller, new LeaveCommunity(id, caller.Person, now), ct, also: _ => communities.Prepare(id, new GiveUpOffice(caller.Person, false, now), ct));
    }

    internal static Task<IResult> Resign(Id<Community> id, Caller caller, CommunityCommands communities, CancellationToken ct) =>
        communities.Run(id, caller, false, new GiveUpOffice(caller.Person, false, communities.Now), ct);
}
