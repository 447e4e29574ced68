using ClusterNet.EventStore;

namespace ClusterNet.Projections;

/// <summary>Keeps what replays found as events, and tells what was claimed before.</summary>
public sealed class ReplayLog
{
    /// <summary>Module of these events.</summary>
    internal const string Module = "projections";

    private const int KeysRecorded = 100;
    private readonly Streams<ProjectionClaims, ProjectionEvent> _streams;
    private readonly TimeProvider _clock;

    internal ReplayLog(Streams<ProjectionClaims, ProjectionEvent> streams, TimeProvider clock) => (_streams, _clock) = (streams, clock);

    /// <summary>The report with the digests that were recorded for the same position: by the same code it must be the same digest.</summary>
    public async Task<ReplayReport> WithRecorded(ReplayReport report, CancellationToken ct)
    {
        var tables = new List<TableReport>();
        foreach (var table in report.Tables)
        {
            var claims = (await _streams.Load(ProjectionClaims.IdOf(table.Table), ct)).State.Claims;
            tables.Add(table with
            {
                Recorded = [.. claims.OfType<ProjectionDigest>().Where(c => c.Until == report.Until && c.Form == RowDigest.Form)
                    .Select(c => new RecordedDigest(c.CodeVersion, c.Digest, c.At)).Distinct()],
            });
        }

        return report with { Tables = tables };
    }

    /// <summary>Records a digest of every table, and an incident for each that differs; nothing that is recorded already.</summary>
    /// <returns>How many events were appended.</returns>
    public async Task<int> Record(ReplayReport report, CancellationToken ct)
    {
        var execution = new Execution(CommandMetadata.System("replay"));
        var recorded = 0;
        foreach (var table in report.Tables)
        {
            foreach (var claim in Claims(report, table))
            {
                var outcome = await _streams.Execute(ProjectionClaims.IdOf(table.Table), new ClaimProjection(claim), execution, ct);
                if (outcome is Outcome.Written { SeqId: not null }) recorded++;
            }
        }

        return recorded;
    }

    private IEnumerable<ProjectionEvent> Claims(ReplayReport report, TableReport table)
    {
        var now = _clock.GetUtcNow();
        yield return new ProjectionDigest(table.Table, table.CodeVersion, report.Until, table.Rows, RowDigest.Form, table.Digest, now);
        if (table.Buckets.Count == 0) yield break;
        yield return new ProjectionDifference(
            table.Table, table.CodeVersion, report.Until, table.LiveRows, table.ReplayedRows, [.. table.Buckets], table.Differences.Count,
            [.. table.Differences.Take(KeysRecorded).Select(d => d.Key)], now);
    }
}
