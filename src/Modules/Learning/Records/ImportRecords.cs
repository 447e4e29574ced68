using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.Csv;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Records;

internal static class ImportRecordsEndpoint
{
    internal static void MapImportRecords(this IEndpointRouteBuilder routes) =>
        routes.MapPost(
            "/learning/clusters/{cluster}/imports/records",
            (Id<Cluster> cluster, RecordImports imports, Commands commands, bool dryRun = false) =>
                ImportEndpoint.Import(imports.Into(cluster, commands.Metadata().ForImport(), dryRun), dryRun))
            .WithCsvBody().WithName("ImportLearningRecords")
            .WithSummary("Bring a cluster's learning records in from a CSV file; sent twice, they go in once")
            .WithDescription(
                "Columns: record_ref (your own reference, nobody's name in it), person_email, kind, happened_at, what; optional: " +
                "minutes, learnt, with_emails and skill_uris (separated by ;), part, visibility (private unless told). " +
                "The people must belong to firms of the cluster already.")
            .InClusterMayCall("cluster", Role.Coordinator);
}

/// <summary>
/// Takes learning records in from rows, many in one transaction; a row's own reference makes its record's id, so a row goes in
/// once.
/// </summary>
internal sealed class RecordImports(IEventStore store, Streams<Entry, EntryEvent> entries, RecordRows rows, TimeProvider clock)
{
    private const int ReadsAtOnce = 4;
    private const int Attempts = 10;

    public ICsvImport Into(Id<Cluster> cluster, CommandMetadata metadata, bool dryRun) => new Import(this, cluster, metadata, dryRun);

    private sealed class Import(RecordImports imports, Id<Cluster> cluster, CommandMetadata metadata, bool dryRun) : ICsvImport
    {
        private readonly HashSet<Guid> _seen = [];

        public CsvLayout Layout => RecordRows.Layout;

        public async Task Take(IReadOnlyList<CsvRow> rows, ImportTally tally, CancellationToken ct)
        {
            var read = await imports.Read(cluster, rows, ct);
            // A reference that stands in the file again is the same record: the first row is the one.
            var fresh = read.Where(r => r.Command is not null && _seen.Add(r.Stream))
                .ToDictionary(r => r.Stream, r => r.Command!); // filtered: not null
            var stored = await imports.Store(fresh, metadata, dryRun, ct);
            foreach (var row in read)
            {
                if (row.Command is null) tally.Reject(row.Row);
                else if (stored.Remove(row.Stream)) tally.Accept();
                else tally.FindAlreadyThere();
            }
        }
    }

    private Task<IReadOnlyList<ReadRow>> Read(Id<Cluster> cluster, IReadOnlyList<CsvRow> chunk, CancellationToken ct) =>
        rows.Read(cluster, chunk, clock.GetUtcNow(), ct);

    /// <returns>The records that were new.</returns>
    private async Task<HashSet<Guid>> Store(
        Dictionary<Guid, RecordLearning> commands, CommandMetadata metadata, bool dryRun, CancellationToken ct)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var appends = await Decide(commands, ct);
            // The same file may be on its way a second time at this moment: decide again on what the other left.
            if (appends.Count == 0 || dryRun || await store.Commit(new Commit(appends, metadata), ct) is CommitResult.Done)
                return [.. appends.Select(a => a.Stream)];
        }

        throw new TimeoutException($"The records were too busy: {Attempts} attempts to import met another import.");
    }

    private async Task<List<Append>> Decide(Dictionary<Guid, RecordLearning> commands, CancellationToken ct)
    {
        var ordered = commands.ToArray();
        var appends = new Append?[ordered.Length];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, ordered.Length), new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = ct },
            async (i, token) => appends[i] = (await entries.Prepare(ordered[i].Key, ordered[i].Value, token)).Append);
        return [.. appends.OfType<Append>().Where(a => a.Facts.Count > 0)];
    }
}
