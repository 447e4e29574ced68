using ClusterNet.EventStore;
using Npgsql;
using NpgsqlTypes;

namespace ClusterNet.Projections;

/// <summary>What follows the log in its order with a checkpoint of its own, at most one owner at a time.</summary>
internal interface IFollower
{
    string Name { get; }

    /// <summary>The module under whose role its rows are written.</summary>
    string Module { get; }

    /// <summary>Base types of the facts that concern it; null for all.</summary>
    IReadOnlyList<Type>? Families { get; }

    /// <summary>What the facts mean: statements that are committed together with the checkpoint.</summary>
    Task<IReadOnlyList<Statement>> Take(IReadOnlyList<Positioned> facts, CancellationToken ct);
}

/// <summary>Moves followers along the log.</summary>
internal sealed class FollowerRunner(Database database, IEventStore store, EventTypes types)
{
    private const int BatchSize = 1_000;

    /// <summary>One batch of one follower. Another owner, here or in another Host, makes it do nothing.</summary>
    /// <returns>Whether there may be more to do.</returns>
    public async Task<bool> Step(IFollower follower, CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (!await Own(connection, follower, ct)) return false;
        var (from, head) = await Where(connection, follower, ct);
        if (from >= head) return false;
        var to = Math.Min(from + BatchSize, head);
        var names = follower.Families is { } families ? families.SelectMany(types.NamesOf).Distinct().ToArray() : null;
        var facts = await store.ReadAll(from, (int)(to - from), names, ct);
        var statements = facts.Count == 0 ? [] : await follower.Take(facts, ct);
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add(Database.AsRole(follower.Module));
        foreach (var statement in statements) batch.BatchCommands.Add(statement.ToBatchCommand());
        batch.BatchCommands.Add(Statement.Of(
            "insert into projections.checkpoint (name, position) values ($1, $2) on conflict (name) do update set position = excluded.position",
            follower.Name, to).ToBatchCommand());
        await batch.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
        return to < head;
    }

    private static async Task<bool> Own(NpgsqlConnection connection, IFollower follower, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select pg_try_advisory_xact_lock(hashtextextended($1, 7203215))", connection);
        command.Parameters.Add(new() { Value = $"follower/{follower.Name}" });
        return (bool)(await command.ExecuteScalarAsync(ct))!; // the function answers true or false
    }

    private static async Task<(long From, long Head)> Where(NpgsqlConnection connection, IFollower follower, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            "select coalesce((select position from projections.checkpoint where name = $1), -1), (select size from ledger.state) - 1", connection);
        command.Parameters.Add(new() { Value = follower.Name, NpgsqlDbType = NpgsqlDbType.Text });
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return (reader.GetInt64(0), reader.GetInt64(1));
    }
}

/// <summary>A <see cref="LedgerProjection"/> on its live tables.</summary>
internal sealed class ProjectionFollower(LedgerProjection projection, Database database) : IFollower
{
    public string Name => projection.Name;

    public string Module => projection.Module;

    public IReadOnlyList<Type>? Families => projection.Families;

    public async Task<IReadOnlyList<Statement>> Take(IReadOnlyList<Positioned> facts, CancellationToken ct)
    {
        var rows = new RowCache(Load);
        foreach (var fact in facts) await projection.Apply(rows, fact, ct);
        return [.. rows.Changes()];
    }

    private async Task<object?> Load(ITable table, object[] key, CancellationToken ct)
    {
        var where = string.Join(" and ", table.Key.Select((k, i) => $"{k} = ${i + 1}"));
        var columns = string.Join(", ", table.Columns.Select(c => c.Name));
        var found = await database.Query(
            projection.Module,
            Statement.Of($"select {columns} from {table.Schema}.{table.Name} where {where}", key.Select(k => k is IId id ? id.Value : k)),
            r => table.ReadRow(r), ct);
        return found.SingleOrDefault();
    }
}

/// <summary>Applies to inline read rows what a foreign writer appended: a row whose version lags behind its stream's is folded anew.</summary>
internal sealed class InlineFollower(IInlineProjection projection, IEventStore store) : IFollower
{
    public string Name => $"inline/{projection.Table.Schema}.{projection.Table.Name}";

    public string Module => projection.Module;

    public IReadOnlyList<Type>? Families => [projection.Family];

    public async Task<IReadOnlyList<Statement>> Take(IReadOnlyList<Positioned> facts, CancellationToken ct)
    {
        // Our own writers store the row with the event; only events without our metadata can have been missed.
        var foreign = facts.Where(f => f.Event.Metadata.Module is null).Select(f => f.Event.Stream).Distinct().ToList();
        var statements = new List<Statement>();
        foreach (var stream in foreign)
        {
            var events = (await store.Read(projection.Module, stream, AsOf.Now, true, ct)).Events;
            var rows = events.Aggregate((IReadOnlyList<object>)[], projection.Apply);
            statements.AddRange(RowChanges.Between(projection.Table, [], rows));
            if (rows.Count == 0) statements.Add(Delete(stream));
        }

        return statements;
    }

    private Statement Delete(Guid stream) =>
        Statement.Of($"delete from {projection.Table.Schema}.{projection.Table.Name} where {projection.StreamColumn} = $1", stream);

}
