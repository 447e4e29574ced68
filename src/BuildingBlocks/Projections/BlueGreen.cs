using System.Data;
using ClusterNet.EventStore;
using Npgsql;

namespace ClusterNet.Projections;

/// <summary>
/// Builds read tables beside the live ones, which go on serving and being written, and lets them take their place: in one short transaction per
/// projection its table is locked, what came since is caught up, and the tables are exchanged. Readers see the old rows or the new ones, all of them.
/// </summary>
internal sealed class BlueGreen(Database database, ReadModels models, EventCodec codec, IProgress<ReplayProgress>? progress)
{
    private readonly string _run = $"replay_{Guid.NewGuid():n}";

    public async Task Run(IReadOnlyCollection<ITable> tables, CancellationToken ct)
    {
        if (tables.Count == 0) return;
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        // One run at a time, so that whatever stands there now was left behind by one that was killed.
        await Run(connection, ReplayLock.Session, ct);
        try
        {
            await RemoveSchemas(connection, ct);
            await Build(connection, tables, ct);
        }
        finally
        {
            await RemoveSchemas(connection, CancellationToken.None);
            await Run(connection, "select pg_advisory_unlock_all()", CancellationToken.None);
        }
    }

    private async Task Build(NpgsqlConnection connection, IReadOnlyCollection<ITable> tables, CancellationToken ct)
    {
        var (inline, ledger) = (models.Inline.Where(p => tables.Contains(p.Table)).ToList(), models.Ledger.Where(p => p.Tables.Any(tables.Contains)).ToList());
        var (fold, head) = await Fold(inline, ledger, ct);
        foreach (var (table, rows) in fold.Result())
        {
            progress?.Report(new(head + 1, head + 1, $"{table.Schema}.{table.Name}"));
            await Run(connection, $"create schema if not exists {Beside(table)}; {table.Create(Beside(table))}", ct);
            await BulkCopy.Into(connection, $"{Beside(table)}.{table.Name}", table, rows, ct);
            await Run(connection, $"analyze {Beside(table)}.{table.Name}", ct);
        }

        foreach (var projection in inline) await new InlineSwap(connection, codec, models, Beside(projection.Table), projection, head).Run(ct);
        foreach (var projection in ledger)
        {
            fold.RowsOf(projection).Settle();
            await new LedgerSwap(connection, codec, models, Beside(projection.Tables[0]), projection, fold.RowsOf(projection), head).Run(ct);
        }
    }

    private async Task<(ReplayFold Fold, long Head)> Fold(List<IInlineProjection> inline, List<LedgerProjection> ledger, CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        var fold = new ReplayFold(inline, ledger.Select(p => (p, long.MaxValue - 1)));
        return (fold, await fold.Everything(codec, connection, progress, ct));
    }

    private string Beside(ITable table) => $"{_run}_{table.Schema}";

    private static async Task RemoveSchemas(NpgsqlConnection connection, CancellationToken ct)
    {
        var names = new List<string>();
        await using (var command = new NpgsqlCommand(@"select nspname::text from pg_namespace where nspname like 'replay\_%'", connection))
        {
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct)) names.Add(reader.GetString(0));
        }

        foreach (var name in names) await Run(connection, $"drop schema {name} cascade", ct);
    }

    private static async Task Run(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(ct);
    }
}
