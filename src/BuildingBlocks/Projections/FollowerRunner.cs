using System.Collections.Concurrent;
using ClusterNet.EventStore;
using Npgsql;
using NpgsqlTypes;

namespace ClusterNet.Projections;

/// <summary>How a step along the log ended.</summary>
internal enum Step
{
    /// <summary>The follower is at the log's end.</summary>
    Done,

    /// <summary>There is more to take.</summary>
    More,

    /// <summary>Another owner, here or in another Host, is at work.</summary>
    Busy,

    /// <summary>Another program has replaced what the follower fills.</summary>
    Aside,
}

/// <summary>Moves followers along the log.</summary>
internal sealed class FollowerRunner(Database database, IEventStore store, EventTypes types, CommitSignal signal) : IDisposable
{
    private const int BatchSize = 1_000;

    // Each step holds a connection and needs a second one; see Database.Writers.
    private readonly SemaphoreSlim _turns = new(4);
    private readonly ConcurrentDictionary<string, long> _positions = new();
    private long _head = -1;

    /// <summary>Takes an owner's lock until the transaction ends.</summary>
    public const string TryOwn = "select pg_try_advisory_xact_lock(hashtextextended('follower/' || $1, 7203215))";

    /// <summary>The same, waiting for the present owner.</summary>
    public const string Own = "select pg_advisory_xact_lock(hashtextextended('follower/' || $1, 7203215))";

    /// <summary>As far as the last look showed.</summary>
    public bool IsBehind(IFollower follower) => _positions.GetValueOrDefault(follower.Name, -1) < Interlocked.Read(ref _head);

    /// <summary>Where the log and all followers stand, in one query.</summary>
    public async Task Look(CancellationToken ct)
    {
        await using var batch = database.Source.CreateBatch();
        batch.BatchCommands.Add(new("select name, position from projections.checkpoint"));
        batch.BatchCommands.Add(new("select size - 1 from ledger.state"));
        await using var reader = await batch.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) _positions[reader.GetString(0)] = reader.GetInt64(1);
        await reader.NextResultAsync(ct);
        await reader.ReadAsync(ct);
        Interlocked.Exchange(ref _head, reader.GetInt64(0));
    }

    /// <summary>One batch of one follower.</summary>
    public async Task<Step> Step(IFollower follower, CancellationToken ct)
    {
        await _turns.WaitAsync(ct);
        try
        {
            return await StepInTurn(follower, ct);
        }
        finally
        {
            _turns.Release();
        }
    }

    public void Dispose() => _turns.Dispose();

    private async Task<Step> StepInTurn(IFollower follower, CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (!await IsOwner(connection, follower, ct)) return Projections.Step.Busy;
        var (from, head, replaced) = await Where(connection, follower, ct);
        if (replaced) return Projections.Step.Aside;
        if (from >= head) return Projections.Step.Done;
        var to = Math.Min(from + BatchSize, head);
        var names = follower.Families is { } families ? families.SelectMany(types.NamesOf).Distinct().ToArray() : null;
        var facts = await store.ReadAll(from, (int)(to - from), names, ct);
        var statements = facts.Count == 0 ? [] : await follower.Take(facts, s => Run(connection, s, ct), ct);
        await using var batch = new NpgsqlBatch(connection, transaction);
        // Rows and checkpoint are lost together or not at all, and can be had again: no need to wait for the disk.
        batch.BatchCommands.Add(new("select set_config('synchronous_commit', 'off', true)"));
        batch.BatchCommands.Add(Database.AsRole(follower.Module));
        foreach (var statement in statements) batch.BatchCommands.Add(statement.ToBatchCommand());
        batch.BatchCommands.Add(Statement.Of(
            "insert into projections.checkpoint (name, position) values ($1, $2) on conflict (name) do update set position = excluded.position",
            follower.Name, to).ToBatchCommand());
        await batch.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
        _positions[follower.Name] = to;
        signal.Moved();
        return to < head ? Projections.Step.More : Projections.Step.Done;
    }

    private static async Task Run(NpgsqlConnection connection, Statement statement, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { statement.ToBatchCommand() } };
        await batch.ExecuteNonQueryAsync(ct);
    }

    private static async Task<bool> IsOwner(NpgsqlConnection connection, IFollower follower, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(TryOwn, connection);
        command.Parameters.Add(new() { Value = follower.Name });
        return (bool)(await command.ExecuteScalarAsync(ct))!; // the function answers true or false
    }

    private static async Task<(long From, long Head, bool Replaced)> Where(NpgsqlConnection connection, IFollower follower, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("""
            select coalesce((select position from projections.checkpoint where name = $1), -1), (select size from ledger.state) - 1,
                exists (select from projections.definition d join unnest($2, $3) as f(name, version) using (name) where d.digest <> f.version)
            """, connection);
        command.Parameters.Add(new() { Value = follower.Name, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = follower.Fills.Select(f => f.Table).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = follower.Fills.Select(f => f.CodeVersion).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return (reader.GetInt64(0), reader.GetInt64(1), reader.GetBoolean(2));
    }
}
