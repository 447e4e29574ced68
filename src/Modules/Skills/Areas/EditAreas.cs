using System.Text;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Projections;
using ClusterNet.Search;
using ClusterNet.Skills.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Skills.Areas;

[JsonConverter(typeof(WireNameConverter<Placement>))]
internal enum Placement
{
    [JsonStringEnumMemberName("in")]
    In,

    [JsonStringEnumMemberName("out")]
    Out,

    /// <summary>As it is shipped.</summary>
    [JsonStringEnumMemberName("default")]
    Default,
}

/// <summary>What a coordinator changes in the areas of the cluster.</summary>
internal static class EditAreasEndpoint
{
    private const string Base = "/skills/clusters/{cluster}/areas";

    /// <param name="Uri">A skill, or a broader concept: then all below it.</param>
    internal sealed record PlaceBody(string Uri, Placement Placement) : IValidated
    {
        public void Validate(Faults faults) => faults.Text("uri", Uri, 1, 500);
    }

    internal sealed record NameBody(IReadOnlyList<AreaName> Names) : IValidated
    {
        public void Validate(Faults faults) => faults.Count("names", Names, 1, 10)
            .Each("names", Names, (n, f) => f.Text("name", n.Name, 1, 60).Text("language", n.Language, 2, 8))
            .Check(Names is null || Names.Select(n => n?.Language).Distinct().Count() == Names.Count, "names", "language-twice",
                "One name for each language is expected.");

        internal ValueList<AreaName> Ordered() =>
            [.. Names.Select(n => new AreaName(Catalogue.Languages.Primary(n.Language), n.Name.Trim())).OrderBy(n => n.Language, StringComparer.Ordinal)];
    }

    internal sealed record RestoreBody(string? Area) : IValidated
    {
        public void Validate(Faults faults) => faults.OptionalText("area", Area, 80);
    }

    internal static void MapEditAreas(this IEndpointRouteBuilder routes)
    {
        routes.MapPost($"{Base}/{{area}}/skills", Place)
            .WithName("PlaceInArea").WithSummary("Say of a skill, or of a whole broader group, that it lies in an area or not")
            .WithDescription("The placement 'default' leaves it to what is shipped. Send the ETag of the areas as If-Match.")
            .WithExample(new PlaceBody("http://data.europa.eu/esco/skill/ecc18804-a466-40d9-98b4-fba5cd67dd4b", Placement.In))
            .InClusterMayCall("cluster", Role.Coordinator);
        routes.MapPost(Base, Name)
            .WithName("NameArea").WithSummary("Give the cluster an area of its own; its key is made of the first name")
            .WithExample(new NameBody([new("en", "Surface treatment"), new("de", "Oberflächentechnik")]))
            .InClusterMayCall("cluster", Role.Coordinator);
        routes.MapPost($"{Base}/{{area}}/names", Rename)
            .WithName("RenameArea").WithSummary("Give an own area other names")
            .WithExample(new NameBody([new("en", "Surfaces")])).InClusterMayCall("cluster", Role.Coordinator);
        routes.MapPost($"{Base}/{{area}}/closing", Close)
            .WithName("CloseArea").WithSummary("End an own area").InClusterMayCall("cluster", Role.Coordinator);
        routes.MapPost($"{Base}/restoration", Restore)
            .WithName("RestoreAreas").WithSummary("Take back all changes of one area, or of all")
            .WithExample(new RestoreBody("marketing")).InClusterMayCall("cluster", Role.Coordinator);
        routes.MapPost($"{Base}/undo", Undo)
            .WithName("UndoAreas").WithSummary("Bring back what was before the last change; again, the change").InClusterMayCall("cluster", Role.Coordinator);
    }

    internal static async Task<IResult> Place(
        Id<Cluster> cluster, string area, PlaceBody body, IfMatch ifMatch, Caller caller, AreaDesk desk, CancellationToken ct)
    {
        if (await desk.RefuseConcept(cluster, body.Uri, ct) is { } unknown) return Problems.From(unknown);
        bool? included = body.Placement switch { Placement.In => true, Placement.Out => false, _ => null };
        return await desk.Run(cluster, new PlaceInArea(cluster, area, body.Uri, included, caller.Person, desk.Now), ct);
    }

    internal static Task<IResult> Name(Id<Cluster> cluster, NameBody body, IfMatch ifMatch, Caller caller, AreaDesk desk, CancellationToken ct)
    {
        var names = body.Ordered();
        var key = KeyOf(body.Names[0].Name);
        return desk.Run(cluster, new NameArea(cluster, key, names, caller.Person, desk.Now), ct, ("area", key));
    }

    internal static Task<IResult> Rename(
        Id<Cluster> cluster, string area, NameBody body, IfMatch ifMatch, Caller caller, AreaDesk desk, CancellationToken ct) =>
        desk.Run(cluster, new RenameArea(new(cluster, area, body.Ordered(), caller.Person, desk.Now)), ct);

    internal static Task<IResult> Close(Id<Cluster> cluster, string area, IfMatch ifMatch, Caller caller, AreaDesk desk, CancellationToken ct) =>
        desk.Run(cluster, new CloseArea(cluster, area, caller.Person, desk.Now), ct);

    internal static Task<IResult> Restore(
        Id<Cluster> cluster, RestoreBody body, IfMatch ifMatch, Caller caller, AreaDesk desk, CancellationToken ct) =>
        desk.Run(cluster, new RestoreAreas(cluster, body.Area, caller.Person, desk.Now), ct);

    internal static Task<IResult> Undo(Id<Cluster> cluster, IfMatch ifMatch, Caller caller, AreaDesk desk, CancellationToken ct) =>
        desk.Run(cluster, new UndoAreas(cluster, caller.Person, desk.Now), ct);

    /// <summary>Lower-case letters, digits and hyphens of the name; a name without any gets one of its own.</summary>
    internal static string KeyOf(string name)
    {
        var key = new StringBuilder();
        foreach (var c in Folding.Of(name))
        {
            if (char.IsAsciiLetterOrDigit(c)) key.Append(c);
            else if (key.Length > 0 && key[^1] != '-') key.Append('-');
        }

        var text = key.ToString().Trim('-');
        return text.Length > 0 ? text[..Math.Min(text.Length, 40)] : NamedGuid.Of("area", name).ToString("n")[..12];
    }
}

/// <summary>Another name for an own area that there is.</summary>
internal sealed record RenameArea(NameArea Name) : ICommand<ClusterAreas, AreasEvent>
{
    public Decision<AreasEvent> Decide(ClusterAreas state) =>
        state.Knows(Name.Area) ? Name.Decide(state) : AreaRefusals.UnknownArea;
}

/// <summary>Carries out what is asked of a cluster's areas, for endpoints and pages.</summary>
internal sealed class AreaDesk(
    Streams<ClusterAreas, AreasEvent> streams, Commands commands, ISkillCatalogue catalogue, Database database, TimeProvider clock)
{
    public DateTimeOffset Now => clock.GetUtcNow();

    public Task<IResult> Run(Id<Cluster> cluster, ICommand<ClusterAreas, AreasEvent> command, CancellationToken ct, params (string Name, JsonNode? Value)[] more)
    {
        var id = ClusterAreas.IdOf(cluster);
        return commands.Run(streams, id, command, Reply.Changed($"/api/v1/skills/clusters/{cluster}/areas", new Id<ClusterAreas>(id), more), ct);
    }

    /// <summary>Groups that skills lie in are good, too, known by name or not.</summary>
    public async Task<Refusal?> RefuseConcept(Id<Cluster> cluster, string uri, CancellationToken ct)
    {
        var used = await database.Query(
            SkillsModule.Name, Statement.Of("select 1 from skills.skills where uri = $1 or broader_uris @> array[$1] limit 1", uri), _ => true, ct);
        return used.Count > 0 ? null : await catalogue.Check([uri], Catalogue.Languages.Fallback, ct);
    }
}
