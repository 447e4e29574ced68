using ClusterNet.EventStore;
using Npgsql;
using NpgsqlTypes;

namespace ClusterNet.Projections;

/// <summary>Lets tables that were built beside the live ones take their place.</summary>
/// <param name="beside">The schema in which they were built.</param>
/// <param name="head">The last position that they show; the events that waited for one then are in them too.</param>
internal abstract class TableSwap(NpgsqlConnection connection, ReadModels models, string beside, long head)
{
    private const int Attempts = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    protected NpgsqlConnection Connection => connection;

    protected string Beside => beside;

    protected long Head { get; set; } = head;

    protected abstract string Module { get; }

    protected abstract string Follower { get; }

    protected abstract IReadOnlyList<ITable> Tables { get; }

    public async Task Run(CancellationToken ct)
    {
        // Without a lock first, so that little is left to do under it.
        await CatchUp(ct);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var transaction = await connection.BeginTransactionAsync(ct);
                await Exchange(ct);
                await transaction.CommitAsync(ct);
                return;
            }
            catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected && attempt < Attempts)
            {
                // Somebody reads or writes for long: others are not to queue behind us meanwhile.
                await Task.Delay(Pause, ct);
            }
        }
    }

    /// <summary>Brings the tables to what is committed now, and <see cref="Head"/> with them.</summary>
    protected abstract Task CatchUp(CancellationToken ct);

    /// <summary>What is left to do when they stand in their place.</summary>
    protected virtual Task Finish(CancellationToken ct) => Task.CompletedTask;

    protected async Task<long> LogHead(CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select size - 1 from ledger.state", connection);
        return (long)(await command.ExecuteScalarAsync(ct))!; // the state row always exists
    }

    protected async Task Execute(string sql, CancellationToken ct, params object[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        foreach (var parameter in parameters) command.Parameters.Add(new() { Value = parameter });
        await command.ExecuteNonQueryAsync(ct);
    }

    private async Task Exchange(CancellationToken ct)
    {
        await Execute("set local lock_timeout = '500ms'", ct);
        await Execute(FollowerRunner.Own, ct, Follower);
        foreach (var table in Tables)
        {
            // Who wrote the live table has committed when we have the lock, and what is read after it shows that.
            await Execute($"do $$ begin if to_regclass('{table.Schema}.{table.Name}') is not null then lock table {table.Schema}.{table.Name} in access exclusive mode; end if; end $$", ct);
        }

        await CatchUp(ct);
        foreach (var table in Tables)
        {
            var name = $"{table.Schema}.{table.Name}";
            await Execute($"drop table if exists {name}; alter table {beside}.{table.Name} set schema {table.Schema}", ct);
            await Execute($"grant select, insert, update, delete on {name} to {Database.RoleOf(Module)}; {table.CreateTriggers()}", ct);
            await Definitions.Remember(connection, name, models.CodeVersion(table), ct);
        }

        await Finish(ct);
        await Execute(
            "insert into projections.checkpoint (name, position) values ($1, $2) on conflict (name) do update set position = excluded.position", ct, Follower, Head);
    }
}

/// <summary>Inline rows: those of the streams that got events meanwhile are folded anew.</summary>
internal sealed class InlineSwap(NpgsqlConnection connection, EventCodec codec, ReadModels models, string beside, IInlineProjection projection, long head)
    : TableSwap(connection, models, beside, head)
{
    protected override string Module => projection.Module;

    protected override string Follower => InlineFollower.NameOf(projection);

    protected override IReadOnlyList<ITable> Tables { get; } = [projection.Table];

    protected override async Task CatchUp(CancellationToken ct)
    {
        var head = await LogHead(ct);
        var streams = await Touched(ct);
        if (streams.Length > 0)
        {
            var fold = new ReplayFold([projection], []);
            await fold.Apply(await new History(codec, Connection, fold.Reads, keyless: false).Of(streams, ct), ct);
            var table = $"{Beside}.{projection.Table.Name}";
            await Execute($"delete from {table} where {projection.StreamColumn} = any($1)", ct, streams);
            await BulkCopy.Into(Connection, table, projection.Table, fold.RowsOf(projection, streams), ct);
        }

        Head = head;
    }

    private async Task<Guid[]> Touched(CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("""
            select distinct e.stream_id from
                (select seq_id from ledger.leaf where position > $1 union all select seq_id from ledger.pending) l join events.mt_events e using (seq_id)
            where e.type = any($2)
            """, Connection) { CommandTimeout = 0 };
        command.Parameters.Add(new() { Value = Head });
        command.Parameters.Add(new() { Value = codec.Types.NamesOf(projection.Family), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var streams = new List<Guid>();
        while (await reader.ReadAsync(ct)) streams.Add(reader.GetGuid(0));
        return [.. streams];
    }
}

/// <summary>Rows of a ledger projection: the fold goes on where it stopped.</summary>
/// <param name="rows">The fold's rows at the head.</param>
internal sealed class LedgerSwap(
    NpgsqlConnection connection, EventCodec codec, ReadModels models, string beside, LedgerProjection projection, RowCache rows, long head)
    : TableSwap(connection, models, beside, head)
{
    protected override string Module => projection.Module;

    protected override string Follower => projection.Name;

    protected override IReadOnlyList<ITable> Tables => projection.Tables;

    protected override async Task CatchUp(CancellationToken ct)
    {
        var to = await LogHead(ct);
        bool Reads(Type fact) => projection.Families.Any(f => f.IsAssignableFrom(fact));
        await new History(codec, Connection, Reads, keyless: false).Placed(Head, to, async (facts, last) =>
        {
            foreach (var fact in facts) await projection.Apply(rows, fact, ct);
            Head = last;
        }, ct);
    }

    /// <summary>The statements name the live tables, which are these now.</summary>
    protected override async Task Finish(CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(Connection);
        foreach (var statement in rows.Changes()) batch.BatchCommands.Add(statement.ToBatchCommand());
        if (batch.BatchCommands.Count > 0) await batch.ExecuteNonQueryAsync(ct);
    }
}
