using System.Data;
using ClusterNet.EventStore;
using Npgsql;

namespace ClusterNet.Projections;

/// <summary>Fills guards anew where they are: they enforce a rule, so there is no moment without them. Their writers wait, readers see the old rows.</summary>
internal sealed class GuardRepair(Database database, ReadModels models, EventCodec codec)
{
    private const int Attempts = 5;

    public async Task Run(IReadOnlyCollection<ITable> guards, IProgress<ReplayProgress>? progress, CancellationToken ct)
    {
        for (var attempt = 1; guards.Count > 0; attempt++)
        {
            try
            {
                await Once([.. models.Inline.Where(p => guards.Contains(p.Table))], progress, ct);
                return;
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.DeadlockDetected && attempt < Attempts)
            {
                // A command held one of the tables and wanted another.
            }
        }
    }

    private async Task Once(List<IInlineProjection> guards, IProgress<ReplayProgress>? progress, CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await Run(connection, ReplayLock.Transaction, ct);
        foreach (var guard in guards) await Run(connection, FollowerRunner.Own, ct, InlineFollower.NameOf(guard));
        // Own rows wait for this lock, so the events read after it and the rows written here belong together.
        foreach (var table in guards.Select(p => p.Table)) await Run(connection, $"lock table {table.Schema}.{table.Name} in share row exclusive mode", ct);
        var fold = await Fold(guards, progress, ct);
        foreach (var (table, rows) in fold.Result())
        {
            await Run(connection, $"delete from {table.Schema}.{table.Name}", ct);
            await BulkCopy.Into(connection, $"{table.Schema}.{table.Name}", table, rows, ct);
        }

        await transaction.CommitAsync(ct);
    }

    /// <summary>A transaction of its own, begun after the locks: one snapshot for all pages, with everything that the holders of these locks left.</summary>
    private async Task<ReplayFold> Fold(List<IInlineProjection> guards, IProgress<ReplayProgress>? progress, CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        var fold = new ReplayFold(guards, []);
        await fold.Everything(codec, connection, progress, ct);
        return fold;
    }

    private static async Task Run(NpgsqlConnection connection, string sql, CancellationToken ct, params object[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        foreach (var parameter in parameters) command.Parameters.Add(new() { Value = parameter });
        await command.ExecuteNonQueryAsync(ct);
    }
}
