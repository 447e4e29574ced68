using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Resources.Sessions;

internal static class ListSessionsEndpoint
{
    internal static void MapListSessions(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/resources/clusters/{cluster}/sessions", Handle)
            .WithName("ListSessions")
            .WithSummary("The cluster's sessions in order of their start; from and to leave out those that end before or start after")
            .Produces<Page<SessionView>>()
            .SignedInMayCall("who belongs to the cluster");

    private static async Task<IResult> Handle(
        Id<Cluster> cluster, Caller caller, Standing standing, PageRequest page, Database database, CancellationToken ct,
        DateTimeOffset? from = null, DateTimeOffset? to = null)
    {
        if (!await standing.MaySee(caller, cluster, ct)) return Problems.From(Standing.ClusterUnknown);
        var (at, after) = page.After<(DateTimeOffset, Guid)>() ?? (DateTimeOffset.MinValue, Guid.Empty);
        var rows = await database.Query(
            ResourcesModule.Name,
            Statement.Of(
                Sessions.Table.Select(
                    "where cluster = $1 and ends_at > $2 and starts_at < $3 and (starts_at, id) > ($4, $5) " +
                    "order by starts_at, id limit $6"),
                cluster.Value, from?.ToUniversalTime() ?? DateTimeOffset.MinValue, to?.ToUniversalTime() ?? DateTimeOffset.MaxValue, at,
                after, page.Fetch),
            Sessions.Table.Read, ct);
        return page.Answer([.. rows.Select(r => SessionView.Of(r, caller))], v => (v.Start, v.Id.Value));
    }
}
