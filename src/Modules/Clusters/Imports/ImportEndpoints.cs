using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.Csv;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Clusters.Imports;

internal static class ImportEndpoints
{
    internal static void MapImports(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/clusters/{cluster}/imports/firms", Firms)
            .WithName("ImportFirms").WithSummary("Take a cluster's list of member firms over, as CSV; a dry run only reports")
            .WithCsvBody().InClusterMayCall("cluster", Role.Coordinator);
        routes.MapPost("/clusters/{cluster}/imports/people", People)
            .WithName("ImportPeople").WithSummary("Take a list of the people in a cluster's firms over, as CSV; a dry run only reports")
            .WithCsvBody().InClusterMayCall("cluster", Role.Coordinator);
    }

    private static async Task<IResult> Firms(
        Id<Cluster> cluster, Caller caller, IFirmDirectory directory, FirmImports imports, Commands commands, CancellationToken ct,
        bool dryRun = false) =>
        await directory.ClusterExists(cluster, ct)
            ? ImportEndpoint.Import(new FirmImport(imports, cluster, caller.Person, commands.Metadata().ForImport(), dryRun), dryRun)
            : Problems.From(ClusterRefusals.Unknown);

    private static async Task<IResult> People(
        Id<Cluster> cluster, Caller caller, IFirmDirectory directory, PeopleImports imports, Commands commands, CancellationToken ct,
        bool dryRun = false) =>
        await directory.ClusterExists(cluster, ct)
            ? ImportEndpoint.Import(new PeopleImport(imports, await imports.FirmsOf(cluster, ct), caller.Person, commands.Metadata().ForImport(), dryRun), dryRun)
            : Problems.From(ClusterRefusals.Unknown);
}
