using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Clusters.Charters;

internal static class ShowClustersEndpoint
{
    internal sealed record Answer(
        Id<Cluster> Cluster, string Name, string Nuts, IReadOnlyList<string> Sectors, string Charter, string BusinessObjective,
        DateTimeOffset FoundedAt);

    internal static void MapShowClusters(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/clusters", List).WithName("ListClusters").WithSummary("All clusters, by founding")
            .SignedInMayCall("everybody: what a cluster is for is no secret");
        routes.MapGet("/clusters/{cluster}", Show).WithName("ShowCluster").WithSummary("One cluster: region, sectors, charter, objective").Produces<Answer>()
            .SignedInMayCall("everybody: what a cluster is for is no secret");
    }

    // Ids are made in order of time, so their order is the order of founding.
    private static async Task<Paged<Answer>> List(PageRequest page, Database database, CancellationToken ct)
    {
        var rows = await database.Query(
            ClustersModule.Name,
            Statement.Of(Charters.Table.Select("where id > $1 order by id limit $2"), page.After<Guid>() ?? Guid.Empty, page.Fetch),
            Charters.Table.Read, ct);
        return page.Answer([.. rows.Select(Of)], a => a.Cluster.Value);
    }

    private static async Task<IResult> Show(Id<Cluster> cluster, HttpContext http, Database database, CancellationToken ct)
    {
        var rows = await database.Query(ClustersModule.Name, Statement.Of(Charters.Table.Select("where id = $1"), cluster.Value), Charters.Table.Read, ct);
        if (rows.Count == 0) return Problems.From(ClusterRefusals.Unknown);
        return ETags.NotModified(http, rows[0].Version) ? TypedResults.StatusCode(StatusCodes.Status304NotModified) : TypedResults.Ok(Of(rows[0]));
    }

    private static Answer Of(ClusterRow row) => new(row.Id, row.Name, row.Nuts, row.Sectors, row.Charter, row.BusinessObjective, row.FoundedAt);
}
