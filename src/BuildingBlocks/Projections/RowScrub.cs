using ClusterNet.EventStore;
using ClusterNet.Privacy;
using Npgsql;

namespace ClusterNet.Projections;

/// <summary>Brings read rows to what their events say now that a person's keys are gone. Doing it again changes nothing.</summary>
public sealed class RowScrub(Database database, IEventStore store, ReadModels models, Replay replay)
{
    /// <summary>
    /// Folds the rows of <paramref name="streams"/> anew in every read table with personal columns; tables made from many streams are rebuilt.
    /// </summary>
    /// <returns>How many rows changed, per table.</returns>
    public async Task<IReadOnlyDictionary<string, int>> FoldAnew(IReadOnlyCollection<Guid> streams, CancellationToken ct)
    {
        var changed = models.Inline.Select(p => p.Table).Where(IsPersonal).ToDictionary(NameOf, _ => 0);
        foreach (var stream in streams.Distinct().Order()) await FoldAnew(stream, changed, ct);
        var shared = models.Ledger.Where(p => p.Tables.Any(IsPersonal)).SelectMany(p => p.Tables).ToList();
        if (streams.Count > 0) await replay.Rebuild(shared, null, ct);
        return changed;
    }

    private static bool IsPersonal(ITable table) => table.Columns.Any(c => typeof(IPersonal).IsAssignableFrom(c.Property.PropertyType));

    private static string NameOf(ITable table) => $"{table.Schema}.{table.Name}";

    private async Task FoldAnew(Guid stream, Dictionary<string, int> changed, CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        // A rebuild that still had the key is over first: what it put there is scrubbed as well.
        await Run(connection, [new(ReplayLock.Shared)], ct);
        // No command writes these rows until they are right; the events are read after the lock, so none is missed.
        await Run(connection, [Statement.Of("select 1 from events.mt_streams where id = $1 for update", stream).ToBatchCommand()], ct);
        var events = (await store.Read("", stream, AsOf.Now, true, ct)).Events;
        foreach (var projection in models.Inline.Where(p => IsPersonal(p.Table) && events.Any(e => p.Family.IsInstanceOfType(e.Fact))))
        {
            var after = events.Aggregate((IReadOnlyList<object>)[], projection.Apply);
            var statements = RowChanges.Between(projection.Table, await Live(connection, projection, stream, ct), after).ToList();
            if (statements.Count == 0) continue;
            await Run(connection, [Database.AsRole(projection.Module), .. statements.Select(s => s.ToBatchCommand()), new("reset role")], ct);
            changed[NameOf(projection.Table)] += statements.Count;
        }

        await transaction.CommitAsync(ct);
    }

    private static async Task<IReadOnlyList<object>> Live(
        NpgsqlConnection connection, IInlineProjection projection, Guid stream, CancellationToken ct)
    {
        var table = projection.Table;
        await using var select = new NpgsqlCommand(
            $"select {string.Join(", ", table.Columns.Select(c => c.Name))} from {NameOf(table)} where {projection.StreamColumn} = $1", connection);
        select.Parameters.Add(new() { Value = stream });
        await using var reader = await select.ExecuteReaderAsync(ct);
        var rows = new List<object>();
        while (await reader.ReadAsync(ct)) rows.Add(table.ReadRow(reader));
        return rows;
    }

    private static async Task Run(NpgsqlConnection connection, IEnumerable<NpgsqlBatchCommand> commands, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var command in commands) batch.BatchCommands.Add(command);
        await batch.ExecuteNonQueryAsync(ct);
    }
}
