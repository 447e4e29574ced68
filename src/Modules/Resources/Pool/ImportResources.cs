using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.Csv;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Resources.Pool;

/// <summary>What an import of resources works with.</summary>
internal sealed class ResourceImports(
    IFirmDirectory directory, PoolQueries pool, Streams<Resource, ResourceEvent> resources, TimeProvider clock)
{
    public async Task<ResourceImport> Start(
        Id<Cluster> cluster, Id<Person> by, CommandMetadata metadata, bool dryRun, CancellationToken ct) =>
        new(this, cluster, new(await directory.AdmittedTo(cluster, ct)), await pool.Named(cluster, ct), by, metadata, dryRun);

    /// <returns>False when another writer put the same resource in first.</returns>
    public async Task<bool> Write(Id<Cluster> cluster, ResourceLine line, Id<Person> by, CommandMetadata metadata, CancellationToken ct)
    {
        var command = new ContributeResource(
            cluster, line.Firm, line.Kind, line.Name, line.Capacity, line.Unit, line.AmountCents, line.Availability, by, clock.GetUtcNow());
        return await resources.Execute(Id<Resource>.New(clock).Value, command, new(metadata), ct) is Outcome.Written;
    }
}

/// <summary>
/// Takes a list of the resources of a cluster's firms over; what is in the pool already, by firm, kind and name, stays as it is.
/// </summary>
/// <param name="known">What was ever contributed, and whether it is there still.</param>
internal sealed class ResourceImport(
    ResourceImports imports, Id<Cluster> cluster, MemberFirms firms, Dictionary<(Id<Firm>, ResourceKind, string), bool> known,
    Id<Person> by,
    CommandMetadata metadata, bool dryRun) : ICsvImport
{
    public CsvLayout Layout => ResourceLine.Layout;

    public async Task Take(IReadOnlyList<CsvRow> rows, ImportTally tally, CancellationToken ct)
    {
        foreach (var row in rows)
        {
            var line = ResourceLine.Of(row, firms);
            if (row.IsSound && known.TryGetValue(line.Key, out var active) && !active)
            {
                row.Refuse(
                    "name", "resource-withdrawn", "The firm has withdrawn this resource from the pool.",
                    "Take the row out of the file; or contribute the resource again by hand.");
            }

            if (!row.IsSound) tally.Reject(row);
            else if (known.ContainsKey(line.Key)) tally.FindAlreadyThere();
            else if (dryRun || await imports.Write(cluster, line, by, metadata, ct)) tally.Accept();
            else tally.FindAlreadyThere();
            if (row.IsSound) known[line.Key] = true;
        }
    }
}

internal static class ImportResourcesEndpoint
{
    internal static void MapImportResources(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/resources/clusters/{cluster}/imports/resources", Handle)
            .WithName("ImportResources")
            .WithSummary("Take a list of the resources of a cluster's firms into its pool, as CSV; a dry run only reports")
            .WithCsvBody().InClusterMayCall("cluster", Role.Coordinator);

    private static async Task<IResult> Handle(
        Id<Cluster> cluster, Caller caller, IFirmDirectory directory, ResourceImports imports, Commands commands, CancellationToken ct,
        bool dryRun = false) =>
        await directory.ClusterExists(cluster, ct)
            ? ImportEndpoint.Import(await imports.Start(cluster, caller.Person, commands.Metadata(), dryRun, ct), dryRun)
            : Problems.From(Standing.ClusterUnknown);
}
