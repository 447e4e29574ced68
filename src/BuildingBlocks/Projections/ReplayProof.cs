using System.Data;
using ClusterNet.EventStore;
using Npgsql;

namespace ClusterNet.Projections;

/// <summary>
/// One run of a replay that changes nothing: a snapshot, shared by a connection that reads events and live tables and one that writes the replayed
/// rows into a side schema. That schema is part of the writing transaction and goes with it, however the run ends.
/// </summary>
internal sealed class ReplayProof(ReadModels models, EventCodec codec, ReplayRequest request, IProgress<ReplayProgress>? progress)
{
    private readonly string _schema = $"replay_{Guid.NewGuid():n}";

    public async Task<ReplayReport> Run(Database database, CancellationToken ct)
    {
        await using var writing = await database.Source.OpenConnectionAsync(ct);
        await using var writes = await writing.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        var snapshot = await Scalar<string>(writing, "select pg_export_snapshot()", ct);
        await using var reading = await database.Source.OpenConnectionAsync(ct);
        await using var reads = await reading.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        await Run(reading, $"set transaction snapshot '{snapshot}'", ct);
        var report = await Run(writing, reading, ct);
        await writes.RollbackAsync(ct);
        return report;
    }

    private async Task<ReplayReport> Run(NpgsqlConnection writing, NpgsqlConnection reading, CancellationToken ct)
    {
        var head = await Scalar<long>(writing, "select size - 1 from ledger.state", ct);
        var until = request.Until ?? head;
        if (until > head || until < -1) throw new BeyondTheLogException(until, head);
        var compared = until == head;
        var fold = new ReplayFold(models.Inline, models.Ledger.Select(p => (p, until)));
        // A ledger projection may be behind the log: its live rows are compared as they were where it stands.
        var behind = compared ? await Behind(writing, until, ct) : [];
        var fallen = new ReplayFold([], behind);
        var history = new History(codec, reading, fold.Reads, request.Erased);
        await history.Placed(-1, until, async (facts, last) =>
        {
            await fold.Apply(facts, ct);
            if (behind.Count > 0) await fallen.Apply(facts, ct);
            progress?.Report(new(last + 1, until + 1));
        }, ct);
        var waiting = compared ? await history.Waiting(ct) : [];
        await Run(writing, $"create schema {_schema}", ct);
        var live = compared ? LiveDigests(reading, ct) : Task.FromResult<Dictionary<ITable, RowDigest>>([]);
        var replayed = Replayed(writing, fold, until, ct);
        await Task.WhenAll(replayed, live);
        var (tables, digests) = (await replayed, await live);
        if (compared)
        {
            await CatchUp(tables, fold, waiting, fallen, behind, ct);
            for (var i = 0; i < tables.Count; i++) tables[i] = (tables[i].Side, await Compare(writing, tables[i], digests[tables[i].Side.Table], ct));
        }

        return new(until, compared, request.Erased, [.. tables.Select(t => t.Report).OrderBy(r => r.Table, StringComparer.Ordinal)]);
    }

    private async Task<List<(SideTable Side, TableReport Report)>> Replayed(NpgsqlConnection writing, ReplayFold fold, long until, CancellationToken ct)
    {
        var tables = new List<(SideTable, TableReport)>();
        foreach (var (table, rows) in fold.Result())
        {
            var name = $"{table.Schema}.{table.Name}";
            progress?.Report(new(until + 1, until + 1, name));
            var side = new SideTable(writing, _schema, table);
            await side.Create(rows, ct);
            var digest = await RowDigest.Of(writing, side.Sql, table, side.Published, ct);
            tables.Add((side, new(name, models.CodeVersion(table), digest.Hex, digest.Rows)));
        }

        return tables;
    }

    private async Task<Dictionary<ITable, RowDigest>> LiveDigests(NpgsqlConnection reading, CancellationToken ct)
    {
        var digests = new Dictionary<ITable, RowDigest>();
        foreach (var table in models.Tables)
            digests[table] = await RowDigest.Of(reading, $"{table.Schema}.{table.Name}", table, Compared(table).Select(RowDigest.Element), ct);
        return digests;
    }

    /// <summary>Brings the side tables from the log's end to where the live tables are: inline rows ahead of the log, others perhaps behind.</summary>
    private async Task CatchUp(
        List<(SideTable Side, TableReport Report)> tables, ReplayFold fold, IReadOnlyList<Positioned> waiting, ReplayFold fallen,
        List<(LedgerProjection Projection, long Until)> behind, CancellationToken ct)
    {
        await fold.Apply(waiting, ct);
        foreach (var projection in models.Inline)
        {
            var streams = waiting.Where(w => projection.Family.IsInstanceOfType(w.Event.Fact)).Select(w => w.Event.Stream).Distinct().ToArray();
            if (streams.Length > 0)
                await tables.First(t => t.Side.Table == projection.Table).Side.Replace(projection.StreamColumn, streams, fold.RowsOf(projection, streams), ct);
        }

        foreach (var (projection, _) in behind)
            foreach (var table in projection.Tables)
                await tables.First(t => t.Side.Table == table).Side.Refill(fallen.RowsOf(projection).Standing(table), ct);
    }

    private async Task<TableReport> Compare(NpgsqlConnection writing, (SideTable Side, TableReport Report) table, RowDigest live, CancellationToken ct)
    {
        var (side, report) = table;
        var columns = Compared(side.Table);
        var replayed = await RowDigest.Of(writing, side.Sql, side.Table, columns.Select(RowDigest.Element), ct);
        var buckets = replayed.DifferingFrom(live);
        return report with
        {
            LiveRows = live.Rows,
            ReplayedRows = replayed.Rows,
            Buckets = buckets,
            Differences = buckets.Count == 0 ? [] : await RowDifferences.Of(writing, side, buckets, columns, ct),
        };
    }

    private List<Column> Compared(ITable table) => [.. table.Columns.Where(c => !request.Erased || !c.IsPersonal)];

    private async Task<List<(LedgerProjection, long)>> Behind(NpgsqlConnection connection, long head, CancellationToken ct)
    {
        var behind = new List<(LedgerProjection, long)>();
        foreach (var projection in models.Ledger)
        {
            var at = await Scalar<long?>(connection, "select max(position) from projections.checkpoint where name = $1", ct, projection.Name) ?? -1;
            if (at < head) behind.Add((projection, at));
        }

        return behind;
    }

    private static async Task<T> Scalar<T>(NpgsqlConnection connection, string sql, CancellationToken ct, params object[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var parameter in parameters) command.Parameters.Add(new() { Value = parameter });
        return await command.ExecuteScalarAsync(ct) is T value ? value : default!; // only max() of nothing is null
    }

    private static async Task Run(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(ct);
    }
}
