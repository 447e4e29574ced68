using System.Text.Json.Serialization;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Projections;
using ClusterNet.Skills.Areas;
using ClusterNet.Skills.Catalogue;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Skills.OwnSkills;

[JsonConverter(typeof(WireNameConverter<MatchChoice>))]
internal enum MatchChoice
{
    [JsonStringEnumMemberName("exact")]
    Exact,

    [JsonStringEnumMemberName("close")]
    Close,

    [JsonStringEnumMemberName("broad")]
    Broad,

    /// <summary>Takes the mapping back.</summary>
    [JsonStringEnumMemberName("none")]
    None,
}

/// <summary>From proposal to retirement.</summary>
internal static class ChangeOwnSkillsEndpoint
{
    private const string Base = "/skills/clusters/{cluster}/own";
    private static readonly string[] Types = ["skill/competence", "knowledge"];

    /// <param name="Description">What somebody can do who has it; empty for none.</param>
    internal sealed record Words(string Language, string Label, string Description);

    /// <param name="Why">Why the catalogue's skills will not do; read by coordinators.</param>
    internal sealed record ProposeBody(string Type, IReadOnlyList<Words> Words, string Why) : IValidated
    {
        public void Validate(Faults faults)
        {
            CheckWords(Type, Words, faults);
            faults.Text("why", Why, 1, 1_000);
        }
    }

    internal sealed record RewordBody(string Type, IReadOnlyList<Words> Words) : IValidated
    {
        public void Validate(Faults faults) => CheckWords(Type, Words, faults);
    }

    internal sealed record ReasonBody(string Reason) : IValidated
    {
        public void Validate(Faults faults) => faults.Text("reason", Reason, 1, 1_000);
    }

    internal sealed record MapBody(string Uri, MatchChoice Match) : IValidated
    {
        public void Validate(Faults faults) => faults.Text("uri", Uri, 1, 500);
    }

    internal sealed record MergeBody(Id<OwnSkill> Into);

    internal static void MapChangeOwnSkills(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(Base, Propose)
            .WithName(nameof(ProposeOwnSkill)).WithSummary("Propose a skill that the catalogue lacks; a coordinator reviews it")
            .WithDescription("Look first whether there is one: GET …/own/near.")
            .WithExample(new ProposeBody("skill/competence", [new("en", "deburr laser-cut edges", "Removes burrs by hand and by machine.")], "Three firms train it."))
            .SignedInMayCall("people of the cluster and of its firms");
        routes.MapPost($"{Base}/{{own}}/words", Reword)
            .WithName(nameof(RewordOwnSkill)).WithSummary("Say an own skill in other words; a proposal that was sent back waits for review again")
            .WithExample(new RewordBody("skill/competence", [new("en", "deburr edges", "")]))
            .SignedInMayCall("who proposed it while it is a proposal; coordinator of the cluster");
        routes.MapPost($"{Base}/{{own}}/acceptance", (Id<Cluster> cluster, Id<OwnSkill> own, IfMatch ifMatch, Caller caller, OwnSkillDesk desk, CancellationToken ct) =>
                Review(cluster, own, ReviewVerdict.Accept, "", caller, desk, ct))
            .WithName("AcceptOwnSkill").WithSummary("Accept a proposed skill: it is in the catalogue from then on").InClusterMayCall("cluster", Role.Coordinator);
        routes.MapPost($"{Base}/{{own}}/refusal", (Id<Cluster> cluster, Id<OwnSkill> own, ReasonBody body, IfMatch ifMatch, Caller caller, OwnSkillDesk desk, CancellationToken ct) =>
                Review(cluster, own, ReviewVerdict.Decline, body.Reason, caller, desk, ct))
            .WithName("DeclineOwnSkill").WithSummary("Decline a proposed skill, saying why").WithExample(new ReasonBody("The catalogue has it as: deburr metal"))
            .InClusterMayCall("cluster", Role.Coordinator);
        routes.MapPost($"{Base}/{{own}}/return", (Id<Cluster> cluster, Id<OwnSkill> own, ReasonBody body, IfMatch ifMatch, Caller caller, OwnSkillDesk desk, CancellationToken ct) =>
                Review(cluster, own, ReviewVerdict.Return, body.Reason, caller, desk, ct))
            .WithName("ReturnOwnSkill").WithSummary("Send a proposed skill back to who proposed it, saying what to improve")
            .WithExample(new ReasonBody("Say which materials")).InClusterMayCall("cluster", Role.Coordinator);
        routes.MapPost($"{Base}/{{own}}/mappings", Map)
            .WithName(nameof(MapOwnSkill)).WithSummary("Say to which concept of the catalogue an own skill corresponds, and how")
            .WithDescription("The relations are SKOS's exactMatch, closeMatch and broadMatch (SKOS Reference, section 10); none takes one back.")
            .WithExample(new MapBody("http://data.europa.eu/esco/skill/5f2efbdf-08a2-49cd-9c06-bd284e4f0fbf", MatchChoice.Broad))
            .InClusterMayCall("cluster", Role.Coordinator);
        routes.MapPost($"{Base}/{{own}}/merge", Merge)
            .WithName(nameof(MergeOwnSkill)).WithSummary("Merge an own skill into another one: what names it is answered with that one")
            .WithExample(new MergeBody(new(Guid.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e71")))).InClusterMayCall("cluster", Role.Coordinator);
        routes.MapPost($"{Base}/{{own}}/unmerge", (Id<Cluster> cluster, Id<OwnSkill> own, IfMatch ifMatch, Caller caller, OwnSkillDesk desk, CancellationToken ct) =>
                desk.Run(cluster, own, new UnmergeOwnSkill(cluster, own, caller.Person, desk.Now), ct))
            .WithName(nameof(UnmergeOwnSkill)).WithSummary("Undo a merge, while the other skill is still listed").InClusterMayCall("cluster", Role.Coordinator);
        routes.MapPost($"{Base}/{{own}}/retirement", (Id<Cluster> cluster, Id<OwnSkill> own, ReasonBody body, IfMatch ifMatch, Caller caller, OwnSkillDesk desk, CancellationToken ct) =>
                desk.Run(cluster, own, new RetireOwnSkill(cluster, body.Reason, caller.Person, desk.Now), ct))
            .WithName(nameof(RetireOwnSkill)).WithSummary("Retire an own skill: it is found no more, what names it keeps it")
            .WithExample(new ReasonBody("ESCO has it now")).InClusterMayCall("cluster", Role.Coordinator);
    }

    internal static async Task<IResult> Propose(
        Id<Cluster> cluster, ProposeBody body, Caller caller, IFirmDirectory directory, OwnSkillDesk desk, TimeProvider clock, CancellationToken ct)
    {
        if (await ClusterReaders.Refuse(caller, cluster, directory, ct) is { } refusal) return Problems.From(refusal);
        return await desk.Propose(Id<OwnSkill>.New(clock), new(cluster, body.Type, Ordered(body.Words), body.Why.Trim(), caller.Person, desk.Now), ct);
    }

    internal static async Task<IResult> Reword(
        Id<Cluster> cluster, Id<OwnSkill> own, RewordBody body, IfMatch ifMatch, Caller caller, IFirmDirectory directory, OwnSkillDesk desk,
        CancellationToken ct)
    {
        if (await ClusterReaders.Refuse(caller, cluster, directory, ct) is { } refusal) return Problems.From(refusal);
        var coordinates = caller.Is(Role.Coordinator, RoleScope.Cluster(cluster));
        return await desk.Run(cluster, own, new RewordOwnSkill(cluster, body.Type, Ordered(body.Words), caller.Person, coordinates, desk.Now), ct);
    }

    internal static Task<IResult> Review(
        Id<Cluster> cluster, Id<OwnSkill> own, ReviewVerdict verdict, string reason, Caller caller, OwnSkillDesk desk, CancellationToken ct) =>
        desk.Run(cluster, own, new ReviewOwnSkill(cluster, verdict, reason.Trim(), caller.Person, desk.Now), ct);

    internal static async Task<IResult> Map(
        Id<Cluster> cluster, Id<OwnSkill> own, MapBody body, IfMatch ifMatch, Caller caller, OwnSkillDesk desk, CancellationToken ct)
    {
        MatchKind? match = body.Match switch
        {
            MatchChoice.Exact => MatchKind.Exact,
            MatchChoice.Close => MatchKind.Close,
            MatchChoice.Broad => MatchKind.Broad,
            _ => null,
        };
        if (body.Uri != OwnSkill.UriOf(own) && await desk.RefuseTarget(cluster, body.Uri, match, ct) is { } refusal) return Problems.From(refusal);
        return await desk.Run(cluster, own, new MapOwnSkill(cluster, own, body.Uri, match, caller.Person, desk.Now), ct);
    }

    internal static Task<IResult> Merge(
        Id<Cluster> cluster, Id<OwnSkill> own, MergeBody body, IfMatch ifMatch, Caller caller, OwnSkillDesk desk, CancellationToken ct) =>
        desk.Run(cluster, own, new MergeOwnSkill(cluster, own, body.Into, caller.Person, desk.Now), ct);

    internal static ValueList<OwnSkillWords> Ordered(IReadOnlyList<Words> words) =>
    [
        .. words.Select(w => new OwnSkillWords(Languages.Primary(w.Language), w.Label.Trim(), w.Description.Trim()))
            .OrderBy(w => w.Language, StringComparer.Ordinal),
    ];

    private static void CheckWords(string type, IReadOnlyList<Words>? words, Faults faults) => faults
        .Check(Types.Contains(type), "type", "unknown-type", $"One of {string.Join(" and ", Types)} is expected.")
        .Count("words", words, 1, 10)
        .Each("words", words, (w, f) => f.Text("language", w.Language, 2, 8).Text("label", w.Label, 2, 120).OptionalText("description", w.Description, 1_000))
        .Check(
            words is null || words.Select(w => Languages.Primary(w?.Language ?? "")).Distinct().Count() == words.Count, "words", "language-twice",
            "One entry for each language is expected.");
}
