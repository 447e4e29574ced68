using System.Data;
using ClusterNet.EventStore;
using Npgsql;

namespace ClusterNet.Projections;

/// <summary>Rebuilds read tables from events, and proves that the live ones equal what the events say.</summary>
public sealed class Replay
{
    private const int ShownDifferences = 5;
    private const int Attempts = 5;
    private readonly Database _database;
    private readonly ReadModels _models;
    private readonly History _history;

    internal Replay(Database database, ReadModels models, EventCodec codec) => (_database, _models, _history) = (database, models, new(codec));

    /// <summary>Folds all events within one snapshot and compares every read table with its live rows. Changes nothing.</summary>
    /// <param name="progress">Told how many events have been folded.</param>
    public async Task<IReadOnlyList<TableReport>> Verify(IProgress<long>? progress, CancellationToken ct)
    {
        await using var connection = await _database.Source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        var ledger = new List<(LedgerProjection, long)>();
        foreach (var projection in _models.Ledger) ledger.Add((projection, await Checkpoint(connection, projection.Name, ct)));
        var fold = new ReplayFold(_models.Inline, ledger);
        await Fold(fold, connection, progress, ct);
        var reports = new List<TableReport>();
        foreach (var (_, table, rows) in fold.Result())
        {
            // Bare columns: what breaks a constraint must show as a difference, not stop the comparison.
            await Run(connection, $"create temp table {Replayed(table)} ({string.Join(", ", table.Columns.Select(c => $"{c.Name} {c.Sql}"))}) on commit drop", ct);
            await Fill(connection, table, Replayed(table), rows, ct);
            reports.Add(await Compare(connection, table, ct));
        }

        await transaction.RollbackAsync(ct);
        return [.. reports.OrderBy(r => r.Table, StringComparer.Ordinal)];
    }

    /// <summary>Fills the given tables anew. Writers of these tables wait meanwhile; readers see the old rows until the end.</summary>
    public async Task Rebuild(IReadOnlyCollection<ITable> tables, IProgress<long>? progress, CancellationToken ct)
    {
        for (var attempt = 1; tables.Count > 0; attempt++)
        {
            try
            {
                await RebuildOnce(tables, progress, ct);
                return;
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.DeadlockDetected && attempt < Attempts)
            {
                // A command held one of the tables and wanted another.
            }
        }
    }

    private async Task RebuildOnce(IReadOnlyCollection<ITable> tables, IProgress<long>? progress, CancellationToken ct)
    {
        var inline = _models.Inline.Where(p => tables.Contains(p.Table)).ToList();
        var ledger = _models.Ledger.Where(p => p.Tables.Any(tables.Contains)).ToList();
        await using var connection = await _database.Source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        foreach (var follower in (IEnumerable<string>)[.. ledger.Select(p => p.Name), .. inline.Select(InlineFollower.NameOf)])
            await Run(connection, FollowerRunner.Own, ct, follower);
        // Own rows wait for this lock, so the events read after it and the rows written here belong together.
        foreach (var table in inline.Select(p => p.Table)) await Run(connection, $"lock table {table.Schema}.{table.Name} in share row exclusive mode", ct);
        var (fold, head) = await FoldNow(inline, ledger, progress, ct);
        foreach (var (_, table, rows) in fold.Result())
        {
            await Run(connection, $"delete from {table.Schema}.{table.Name}", ct);
            await Fill(connection, table, $"{table.Schema}.{table.Name}", rows, ct);
        }

        foreach (var projection in ledger)
        {
            await Run(
                connection, "insert into projections.checkpoint (name, position) values ($1, $2) on conflict (name) do update set position = excluded.position",
                ct, projection.Name, head);
        }

        await transaction.CommitAsync(ct);
    }

    /// <summary>A transaction of its own, begun after the locks: one snapshot for all pages, with everything that the holders of these locks left.</summary>
    private async Task<(ReplayFold Fold, long Head)> FoldNow(
        IReadOnlyList<IInlineProjection> inline, List<LedgerProjection> ledger, IProgress<long>? progress, CancellationToken ct)
    {
        await using var connection = await _database.Source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        var head = await Head(connection, ct);
        var fold = new ReplayFold(inline, ledger.Select(p => (p, head)));
        await Fold(fold, connection, progress, ct);
        return (fold, head);
    }

    private async Task Fold(ReplayFold fold, NpgsqlConnection connection, IProgress<long>? progress, CancellationToken ct)
    {
        var count = 0L;
        await foreach (var page in _history.Pages(connection, ct))
        {
            await fold.Apply(page, ct);
            progress?.Report(count += page.Count);
        }
    }

    private static async Task Fill(NpgsqlConnection connection, ITable table, string target, IEnumerable<object> rows, CancellationToken ct)
    {
        var columns = table.Columns;
        await using var writer = await connection.BeginBinaryImportAsync(
            $"copy {target} ({string.Join(", ", columns.Select(c => c.Name))}) from stdin (format binary)", ct);
        foreach (var row in rows)
        {
            await writer.StartRowAsync(ct);
            foreach (var column in columns)
            {
                if (column.ToDb(row) is var value && value is DBNull) await writer.WriteNullAsync(ct);
                else await writer.WriteAsync(value, column.DbType, ct);
            }
        }

        await writer.CompleteAsync(ct);
    }

    private static async Task<TableReport> Compare(NpgsqlConnection connection, ITable table, CancellationToken ct)
    {
        var live = await Digest(connection, table, $"{table.Schema}.{table.Name}", ct);
        var replayed = await Digest(connection, table, Replayed(table), ct);
        var differences = live == replayed ? [] : await Differences(connection, table, ct);
        return new($"{table.Schema}.{table.Name}", live.Rows, replayed.Rows, live.Hash, replayed.Hash, differences);
    }

    /// <summary>SHA-256 over the rows' hashes in primary-key order.</summary>
    private static async Task<(long Rows, string Hash)> Digest(NpgsqlConnection connection, ITable table, string from, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            $"select count(*), encode(sha256(convert_to(coalesce(string_agg(md5(t::text), '' order by {string.Join(", ", table.Key)}), ''), 'UTF8')), 'hex') from {from} t",
            connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return (reader.GetInt64(0), reader.GetString(1));
    }

    private static async Task<List<string>> Differences(NpgsqlConnection connection, ITable table, CancellationToken ct)
    {
        var key = string.Join(" || ' ' || ", table.Key.Select(k => $"'{k}=' || {k}::text"));
        var (live, replayed) = ($"{table.Schema}.{table.Name}", Replayed(table));
        await using var command = new NpgsqlCommand($"""
            (select 'only in the live table or other there: ' || {key} from (select * from {live} except all select * from {replayed}) d limit {ShownDifferences})
            union all
            (select 'only in the replay or other there: ' || {key} from (select * from {replayed} except all select * from {live}) d limit {ShownDifferences})
            """, connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var found = new List<string>();
        while (await reader.ReadAsync(ct)) found.Add(reader.GetString(0));
        return found;
    }

    private static async Task<long> Checkpoint(NpgsqlConnection connection, string name, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select position from projections.checkpoint where name = $1", connection);
        command.Parameters.Add(new() { Value = name });
        return (long?)await command.ExecuteScalarAsync(ct) ?? -1;
    }

    private static async Task<long> Head(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select size - 1 from ledger.state", connection);
        return (long)(await command.ExecuteScalarAsync(ct))!; // the state row always exists
    }

    private static string Replayed(ITable table) => $"replay_{table.Schema}_{table.Name}";

    private static async Task Run(NpgsqlConnection connection, string sql, CancellationToken ct, params object[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var parameter in parameters) command.Parameters.Add(new() { Value = parameter });
        await command.ExecuteNonQueryAsync(ct);
    }
}

/// <summary>One read table, live beside replayed.</summary>
/// <param name="Differences">The keys of the first rows that differ; empty when the digests are equal.</param>
public sealed record TableReport(string Table, long LiveRows, long ReplayedRows, string LiveDigest, string ReplayedDigest, IReadOnlyList<string> Differences)
{
    public bool Equal => LiveDigest == ReplayedDigest;
}
