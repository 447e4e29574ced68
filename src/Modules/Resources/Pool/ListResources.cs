using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Resources.Pool;

internal static class ListResourcesEndpoint
{
    internal static void MapListResources(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/resources/clusters/{cluster}/resources", Handle)
            .WithName("ListResources").WithSummary("The cluster's pool: its resources in order of contribution, without withdrawn ones")
            .Produces<Page<ResourceView>>()
            .SignedInMayCall("who belongs to the cluster");

    private static async Task<IResult> Handle(
        Id<Cluster> cluster, Caller caller, Standing standing, PoolQueries pool, PageRequest page, Database database, CancellationToken ct)
    {
        if (!await standing.MaySee(caller, cluster, ct)) return Problems.From(Standing.ClusterUnknown);
        var rows = await database.Query(
            ResourcesModule.Name,
            Statement.Of(
                Pools.Table.Select("where cluster = $1 and active and id > $2 order by id limit $3"), cluster.Value,
                page.After<Guid>() ?? Guid.Empty, page.Fetch),
            Pools.Table.Read, ct);
        return page.Answer(await pool.Views(rows, ct), v => v.Id.Value);
    }
}
