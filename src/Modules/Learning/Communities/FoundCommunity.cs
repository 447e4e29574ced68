using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Communities;

internal sealed record FoundCommunity(Id<Cluster>? Cluster, Charter Charter, Id<Person> By, DateTimeOffset Now) : ICommand<CommunityLife, CommunityEvent>
{
    public Decision<CommunityEvent> Decide(CommunityLife state) => state is CommunityLife.Absent
        ? new CommunityFounded(
            Cluster, Charter.Name, Charter.Objective, Charter.Kind, Charter.Reviewed, Charter.Sponsor, Charter.SkillUris, Charter.Tags, By, Now)
        : Decision<CommunityEvent>.Nothing;
}

internal static class FoundCommunityEndpoint
{
    /// <param name="Objective">What the firms get from it.</param>
    /// <param name="Cluster">Only people of this cluster see it; the whole network unless told.</param>
    /// <param name="Reviewed">What is written is read by a facilitator before it is shown; for organised communities.</param>
    /// <param name="Sponsor">Who answers for the objective and gives it time.</param>
    internal sealed record Body(
        string Name, string Objective, CommunityKind Kind = CommunityKind.Spontaneous, Id<Cluster>? Cluster = null, bool Reviewed = false, Id<Person>? Sponsor = null,
        IReadOnlyList<string>? SkillUris = null, IReadOnlyList<string>? Tags = null) : IValidated
    {
        public void Validate(Faults faults) => CommunityRules.Validate(faults, Name, Objective, SkillUris, Tags)
            .Check(!Reviewed || Kind == CommunityKind.Organised, "reviewed", "review-not-organised", "Only an organised community has a review; spontaneous ones publish at once.");

        internal Charter Charter => new(
            Name.Trim(), Objective.Trim(), Kind, Reviewed, Sponsor, [.. (SkillUris ?? []).Distinct()], CommunityRules.Tidy(Tags));
    }

    internal static readonly Body Example = new(
        "Welding thin stainless steel", "Fewer rejects in thin sheet, and one person in each firm who can show it.", Tags: ["TIG", "stainless"],
        SkillUris: ["http://data.europa.eu/esco/skill/05fc6f8d-639c-4329-a6de-dfdd800ed091"]);

    internal static void MapFoundCommunity(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/learning/communities", Handle)
            .WithName(nameof(FoundCommunity)).WithSummary("Found a community of practice; who founds it is its facilitator")
            .WithExample(Example with { SkillUris = [] }).SignedInMayCall("everybody who works in a firm or has a part in a cluster");

    internal static async Task<IResult> Handle(Body body, Caller caller, CommunityDesk desk, CommunityCommands communities, HttpRequest request, CancellationToken ct)
    {
        if (body.Cluster is { } cluster && !(await desk.ClustersOf(caller, ct)).Contains(cluster.Value)) return Problems.From(CommunityRules.NotYourCluster);
        var (firm, homeless) = await desk.PlaceOf(caller, body.Cluster, ct);
        if (homeless is not null) return Problems.From(homeless);
        var (id, now) = (communities.NewId<Contracts.Community>(), communities.Now);
        if (await communities.Check(body.Charter, body.Cluster, caller, request, ct) is { } refusal) return Problems.From(refusal);
        return await communities.Found(id, new(body.Cluster, body.Charter, caller.Person, now), new(id, caller.Person, firm, now), ct);
    }
}
