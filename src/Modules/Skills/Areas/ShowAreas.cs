using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Skills.Areas;

internal static class ShowAreasEndpoint
{
    private const int MostUris = 100;

    /// <param name="Included">What the cluster says of it: in the area or not, whatever is shipped.</param>
    internal sealed record Rule(string Uri, bool Included);

    internal sealed record Area(string Key, string Name, bool IsOwn, IReadOnlyList<Rule> Rules);

    internal sealed record Answer(Id<Cluster> Cluster, IReadOnlyList<Area> Areas, bool CanUndo, long Version);

    internal sealed record Placed(string Uri, IReadOnlyList<string> Areas);

    internal static void MapShowAreas(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/skills/clusters/{cluster}/areas", Show)
            .WithName("ShowAreas").WithSummary("The areas of skills of a cluster, and what it changed in them")
            .Produces<Answer>().SignedInMayCall("people of the cluster and of its firms");
        routes.MapGet("/skills/clusters/{cluster}/areas/skills", Find)
            .WithName("FindAreas").WithSummary($"In which areas skills lie for a cluster: up to {MostUris} concept URIs, each as uri")
            .Produces<IReadOnlyList<Placed>>().SignedInMayCall("people of the cluster and of its firms");
    }

    private static async Task<IResult> Show(
        Id<Cluster> cluster, Caller caller, IFirmDirectory directory, Streams<ClusterAreas, AreasEvent> streams, SkillAreas areas, HttpContext http,
        CancellationToken ct)
    {
        if (await ClusterReaders.Refuse(caller, cluster, directory, ct) is { } refusal) return Problems.From(refusal);
        var (version, state, _) = await streams.Load(ClusterAreas.IdOf(cluster), ct);
        ETags.Set(http, version);
        return TypedResults.Ok(new Answer(
            cluster,
            [
                .. AreaKeys.InOrder(state).Select(k => areas.CardOf(k, state)).Select(c => new Area(
                    c.Key, c.Name, c.IsOwn, [.. state.Rules.Where(r => r.Area == c.Key).Select(r => new Rule(r.Uri, r.Included))])),
            ],
            state.Before is not null, version));
    }

    private static async Task<IResult> Find(
        Id<Cluster> cluster, string[] uri, Caller caller, IFirmDirectory directory, IAreas areas, CancellationToken ct)
    {
        if (await ClusterReaders.Refuse(caller, cluster, directory, ct) is { } refusal) return Problems.From(refusal);
        if (uri.Length is 0 or > MostUris)
            return Problems.Of(400, "uris-needed", $"Send 1 to {MostUris} concept URIs, each as a parameter 'uri'.", ("parameter", "uri"));
        var found = await areas.Of(cluster, uri, ct);
        return TypedResults.Ok(uri.Distinct().Select(u => new Placed(u, found[u])).ToList());
    }
}

/// <summary>What is a cluster's own, and no secret within it: read by its people and the people of its firms.</summary>
internal static class ClusterReaders
{
    /// <returns>Why the caller may not read it; null when that is right.</returns>
    public static async Task<Refusal?> Refuse(Caller caller, Id<Cluster> cluster, IFirmDirectory directory, CancellationToken ct)
    {
        if ((await directory.ClustersOf(caller, ct)).Contains(cluster)) return null;
        return await directory.ClusterExists(cluster, ct) ? Permissions.NotAllowed : ClusterRefusals.Unknown;
    }
}
