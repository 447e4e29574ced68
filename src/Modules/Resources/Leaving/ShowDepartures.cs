using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Resources.Leaving;

internal static class ShowDeparturesEndpoint
{
    internal static void MapShowDepartures(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/resources/clusters/{cluster}/departures", Handle)
            .WithName("ListDepartures").WithSummary("Firms that left the cluster: what stands in their favour or they owe, and the sessions that they organise still")
            .WithDescription("Pay out or enter what they pay by the pool's payments; give their sessions to other firms.")
            .Produces<IReadOnlyList<DepartedFirm>>().SignedInMayCall("the coordinator of the cluster");

    private static async Task<IResult> Handle(Id<Cluster> cluster, Caller caller, Standing standing, DepartureDesk desk, HttpContext http, CancellationToken ct)
    {
        if (await standing.MayKeepBooks(caller, cluster, ct) is { } refusal) return Problems.From(refusal);
        http.Response.Headers.CacheControl = "no-store";
        return Results.Ok(await desk.Of(cluster, ct));
    }
}
