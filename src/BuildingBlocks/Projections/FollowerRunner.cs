using System.Collections.Concurrent;
using System.Collections.Frozen;
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
    private readonly ConcurrentDictionary<string, FrozenSet<string>?> _names = new();
    private readonly LogTail _tail = new();

    /// <summary>Takes an owner's lock until the transaction ends, waiting for the present owner.</summary>
    public const string Own = "select pg_advisory_xact_lock(hashtextextended('follower/' || $1, 7203215))";

    /// <summary>As far as the last look showed.</summary>
    public bool IsBehind(IFollower follower) => PositionOf(follower) < _tail.Reached;

    /// <summary>Where the log and all followers stand. Those whom nothing new concerns go to its end in one statement, without reading it.</summary>
    public async Task Look(IReadOnlyList<IFollower> followers, CancellationToken ct)
    {
        var after = _tail.Head;
        await using (var batch = database.Source.CreateBatch())
        {
            batch.BatchCommands.Add(new("select name, position from projections.checkpoint"));
            batch.BatchCommands.Add(new("select size - 1 from ledger.state"));
            batch.BatchCommands.Add(Statement.Of("""
                select e.type, e.headers->>'rows', max(l.position) from ledger.leaf l join events.mt_events e using (seq_id)
                where l.position > $1 and l.position < (select size from ledger.state) group by 1, 2
                """, after).ToBatchCommand());
            await using var reader = await batch.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct)) _positions[reader.GetString(0)] = reader.GetInt64(1);
            await reader.NextResultAsync(ct);
            await reader.ReadAsync(ct);
            var head = reader.GetInt64(0);
            await reader.NextResultAsync(ct);
            var kinds = new List<(string, string?, long)>();
            while (await reader.ReadAsync(ct)) kinds.Add((reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetString(1), reader.GetInt64(2)));
            _tail.Grow(after, head, kinds);
        }

        var end = _tail.Head;
        if (followers.Where(f => _tail.HasNothingFor(f, NamesFor(f), PositionOf(f))).ToList() is { Count: > 0 } idle) await Advance(idle, end, ct);
        // Only then: who has nothing to do is not woken for it.
        _tail.Reach(end);
    }

    /// <summary>Whether no committed event waits for its position, and all of these have taken the last one. Of one moment: what one of them commands may be taken by another.</summary>
    public async Task<bool> AreDone(IEnumerable<IFollower> followers, CancellationToken ct)
    {
        await using var command = database.Source.CreateCommand("""
            select not exists (select from ledger.pending join events.mt_events using (seq_id))
                and not exists (
                    select from unnest($1) as f(name) left join projections.checkpoint c using (name)
                    where coalesce(c.position, -1) < (select size - 1 from ledger.state))
            """);
        command.Parameters.Add(new() { Value = followers.Select(f => f.Name).ToArray() });
        return (bool)(await command.ExecuteScalarAsync(ct))!; // true or false
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
        var facts = await store.ReadAll(from, (int)(to - from), NamesFor(follower), ct);
        var statements = facts.Count == 0 ? [] : await follower.Take(facts, s => Run(connection, s, ct), ct);
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add(NotWaitingForTheDisk());
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

    private long PositionOf(IFollower follower) => _positions.GetValueOrDefault(follower.Name, -1);

    private FrozenSet<string>? NamesFor(IFollower follower) => _names.GetOrAdd(follower.Name, _ => follower.Families?.SelectMany(types.NamesOf).ToFrozenSet(StringComparer.Ordinal));

    /// <summary>Moves followers on that have nothing to take up to there, unless somebody is at work on one or another program has replaced what it fills.</summary>
    private async Task Advance(List<IFollower> idle, long to, CancellationToken ct)
    {
        var fills = idle.SelectMany(f => f.Fills.Select(t => (f.Name, t.Table, t.CodeVersion))).ToList();
        await using var batch = database.Source.CreateBatch();
        batch.BatchCommands.Add(NotWaitingForTheDisk());
        batch.BatchCommands.Add(Statement.Of($"""
            update projections.checkpoint c set position = $3
            from unnest($1, $2) as f(name, position)
            where c.name = f.name and c.position = f.position and c.position < $3
                and c.name <> all(array(
                    select r.follower from unnest($4, $5, $6) as r(follower, name, version) join projections.definition d using (name) where d.digest <> r.version))
                and {Try("c.name")}
            returning c.name
            """,
            idle.Select(f => f.Name).ToArray(), idle.Select(PositionOf).ToArray(), to,
            fills.Select(f => f.Name).ToArray(), fills.Select(f => f.Table).ToArray(), fills.Select(f => f.CodeVersion).ToArray()).ToBatchCommand());
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        while (await reader.ReadAsync(ct)) _positions[reader.GetString(0)] = to;
    }

    /// <summary>Rows and checkpoint are lost together or not at all, and can be had again.</summary>
    private static NpgsqlBatchCommand NotWaitingForTheDisk() => new("select set_config('synchronous_commit', 'off', true)");

    private static async Task Run(NpgsqlConnection connection, Statement statement, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { statement.ToBatchCommand() } };
        await batch.ExecuteNonQueryAsync(ct);
    }

    /// <summary>The same, if nobody has it.</summary>
    private static string Try(string name) => $"pg_try_advisory_xact_lock(hashtextextended('follower/' || {name}, 7203215))";

    private static async Task<bool> IsOwner(NpgsqlConnection connection, IFollower follower, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"select {Try("$1")}", connection);
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
