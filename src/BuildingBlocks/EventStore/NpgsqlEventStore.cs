using ClusterNet.Privacy;
using Npgsql;
using NpgsqlTypes;

namespace ClusterNet.EventStore;

/// <summary>The store on Marten's tables: one round trip to load, one to append.</summary>
internal sealed class NpgsqlEventStore(Database database, EventCodec codec, TimeProvider clock, CommitSignal signal) : IEventStore
{
    internal const string RowColumns = "e.seq_id, e.id, e.stream_id, e.version, e.data, e.type, e.timestamp, e.headers, e.user_name, e.correlation_id, e.causation_id";

    public async Task<StreamSlice> Read(string module, Guid stream, AsOf asOf, bool personal, CancellationToken ct)
    {
        var (limit, value) = asOf switch
        {
            AsOf.Version v => ("and e.version <= $2", v.Number),
            AsOf.Position p => ("and exists (select from ledger.leaf l where l.seq_id = e.seq_id and l.position <= $2)", p.Number),
            _ => ("and e.version <= $2", long.MaxValue),
        };
        await using var batch = database.Source.CreateBatch();
        AddStream(batch, stream, personal, limit, value);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        return await ReadSlice(reader, personal, null, ct);
    }

    public async Task<StreamSlice> Read(string module, Guid stream, bool personal, IdempotencyKey? idempotency, CancellationToken ct)
    {
        await using var batch = database.Source.CreateBatch();
        AddStream(batch, stream, personal, "", null);
        AddEarlier(batch, idempotency);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        return await ReadSlice(reader, personal, idempotency, ct);
    }

    public async Task<StoredAnswer?> Earlier(IdempotencyKey key, CancellationToken ct)
    {
        await using var batch = database.Source.CreateBatch();
        batch.BatchCommands.Add(IdempotencySql.Find(key));
        await using var reader = await batch.ExecuteReaderAsync(ct);
        return await IdempotencySql.Read(reader, key, ct);
    }

    public async Task<IReadOnlyList<Positioned>> ReadAll(long after, int limit, IReadOnlyCollection<string>? storedNames, CancellationToken ct)
    {
        var filter = storedNames is null ? "" : "and e.type = any($3)";
        await using var batch = database.Source.CreateBatch();
        foreach (var sql in (string[])
            [
                $"select l.position, {RowColumns} from ledger.leaf l join events.mt_events e using (seq_id) where l.position > $1 and l.position <= $2 {filter} order by l.position",
                $"select p.event_id, p.subject_id, p.key_class, p.envelope from ledger.leaf l join events.mt_events e using (seq_id) join privacy.envelope p on p.event_id = e.id where l.position > $1 and l.position <= $2 {filter}",
            ])
        {
            var command = new NpgsqlBatchCommand(sql);
            command.Parameters.Add(new() { Value = after });
            command.Parameters.Add(new() { Value = after + limit });
            if (storedNames is not null) command.Parameters.Add(new() { Value = storedNames.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
            batch.BatchCommands.Add(command);
        }

        await using var reader = await batch.ExecuteReaderAsync(ct);
        var (positions, rows) = (new List<long>(), new List<StoredRow>());
        while (await reader.ReadAsync(ct))
        {
            positions.Add(reader.GetInt64(0));
            rows.Add(ReadRow(reader, 1));
        }

        await reader.NextResultAsync(ct);
        var envelopes = await ReadEnvelopes(reader, ct);
        await reader.CloseAsync();
        var events = await codec.Decode(rows, envelopes, ct);
        return [.. events.Select((e, i) => new Positioned(positions[i], e))];
    }

    public ValueTask<IReadOnlyList<object>> Storable(Guid stream, IReadOnlyList<object> facts, CancellationToken ct) => codec.Storable(stream, facts, ct);

    public async Task<CommitResult> Commit(Commit commit, CancellationToken ct)
    {
        using var turn = await Turn(ct);
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        return await Write(connection, null, commit, ct);
    }

    public async Task<CommitResult> CommitLocked(
        Guid stream, IReadOnlyCollection<Guid> locks, bool personal, IdempotencyKey? idempotency, Func<StreamSlice, Task<Commit?>> prepare, CancellationToken ct)
    {
        using var turn = await Turn(ct);
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        // Statements of their own: the read below must have a snapshot taken after the locks. Waiters for a row overtake each other when it is
        // updated, so they queue at an advisory lock before it.
        var inOrder = locks.Order().ToArray();
        await using (var locking = new NpgsqlBatch(connection, transaction))
        {
            locking.BatchCommands.Add(new("select pg_advisory_xact_lock(hashtextextended(s::text, 7203216)) from unnest($1) as s") { Parameters = { new() { Value = inOrder } } });
            locking.BatchCommands.Add(new("select 1 from events.mt_streams where id = any($1) order by id for update") { Parameters = { new() { Value = inOrder } } });
            await locking.ExecuteNonQueryAsync(ct);
        }

        StreamSlice slice;
        await using (var batch = new NpgsqlBatch(connection, transaction))
        {
            AddStream(batch, stream, personal, "", null);
            AddEarlier(batch, idempotency);
            await using var reader = await batch.ExecuteReaderAsync(ct);
            slice = await ReadSlice(reader, personal, idempotency, ct);
        }

        if (await prepare(slice) is not { } commit) return new CommitResult.Abandoned();
        var result = await Write(connection, transaction, commit, ct);
        if (result is CommitResult.Done) await transaction.CommitAsync(ct);
        return result;
    }

    private async Task<CommitResult> Write(NpgsqlConnection connection, NpgsqlTransaction? transaction, Commit commit, CancellationToken ct)
    {
        var at = Microseconds(clock.GetUtcNow());
        await using var batch = new NpgsqlBatch(connection, transaction);
        var appends = await AppendSql.Add(batch, codec, clock, commit, at, ct);
        if (commit.Idempotency is { } record) batch.BatchCommands.Add(IdempotencySql.Store(record, at));
        try
        {
            long? last = null;
            await using (var reader = await batch.ExecuteReaderAsync(ct))
            {
                // Sequence values are the only bigint answers.
                do
                {
                    while (await reader.ReadAsync(ct))
                        if (reader.GetFieldType(0) == typeof(long)) last = reader.GetInt64(0);
                }
                while (await reader.NextResultAsync(ct));
            }

            if (appends > 0) signal.Committed();
            return new CommitResult.Done(last);
        }
        catch (PostgresException e) when (Refused(e) is not null)
        {
            return Refused(e)!; // the filter just said so
        }
    }

    private static CommitResult? Refused(PostgresException e) => e.SqlState switch
    {
        "CN001" or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected => new CommitResult.Conflict(),
        PostgresErrorCodes.UniqueViolation when e is { SchemaName: "http", TableName: "idempotency" } => new CommitResult.AlreadyAnswered(),
        PostgresErrorCodes.UniqueViolation when e.SchemaName == "events" => new CommitResult.Conflict(),
        PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ExclusionViolation => new CommitResult.GuardViolated(e.ConstraintName ?? ""),
        _ => null,
    };

    private async Task<Semaphored> Turn(CancellationToken ct)
    {
        await database.Writers.WaitAsync(ct);
        return new(database.Writers);
    }

    private readonly record struct Semaphored(SemaphoreSlim Semaphore) : IDisposable
    {
        public void Dispose() => Semaphore.Release();
    }

    // After the stream: who sees what another sending of the command wrote must see the answer that it got.
    private static void AddEarlier(NpgsqlBatch batch, IdempotencyKey? key)
    {
        if (key is not null) batch.BatchCommands.Add(IdempotencySql.Find(key));
    }

    private static void AddStream(NpgsqlBatch batch, Guid stream, bool personal, string limit, long? value)
    {
        Add($"select {RowColumns} from events.mt_events e where e.stream_id = $1 {limit} order by e.version");
        if (personal)
            Add($"select p.event_id, p.subject_id, p.key_class, p.envelope from events.mt_events e join privacy.envelope p on p.event_id = e.id where e.stream_id = $1 {limit}");

        void Add(string sql)
        {
            var command = new NpgsqlBatchCommand(sql);
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = stream });
            if (value is { } number) command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = number });
            batch.BatchCommands.Add(command);
        }
    }

    private async Task<StreamSlice> ReadSlice(NpgsqlDataReader reader, bool personal, IdempotencyKey? idempotency, CancellationToken ct)
    {
        var rows = new List<StoredRow>();
        while (await reader.ReadAsync(ct)) rows.Add(ReadRow(reader, 0));
        List<StoredEnvelope> envelopes = [];
        if (personal)
        {
            await reader.NextResultAsync(ct);
            envelopes = await ReadEnvelopes(reader, ct);
        }

        StoredAnswer? earlier = null;
        if (idempotency is not null)
        {
            await reader.NextResultAsync(ct);
            earlier = await IdempotencySql.Read(reader, idempotency, ct);
        }

        await reader.CloseAsync();
        return new(rows.Count == 0 ? 0 : rows[^1].Version, await codec.Decode(rows, envelopes, ct), earlier);
    }

    internal static StoredRow ReadRow(NpgsqlDataReader reader, int from)
    {
        string? Text(int i) => reader.IsDBNull(from + i) ? null : reader.GetString(from + i);
        return new(
            reader.GetInt64(from), reader.GetGuid(from + 1), reader.GetGuid(from + 2), reader.GetInt64(from + 3), reader.GetFieldValue<byte[]>(from + 4),
            reader.GetString(from + 5), reader.GetFieldValue<DateTimeOffset>(from + 6),
            EventMetadata.From(reader.IsDBNull(from + 7) ? null : reader.GetFieldValue<byte[]>(from + 7), Text(8), Text(9), Text(10)));
    }

    internal static async Task<List<StoredEnvelope>> ReadEnvelopes(NpgsqlDataReader reader, CancellationToken ct)
    {
        var envelopes = new List<StoredEnvelope>();
        while (await reader.ReadAsync(ct))
        {
            envelopes.Add(new(
                reader.GetGuid(0), new KeyName(reader.GetGuid(1), reader.GetString(2)), reader.IsDBNull(3) ? null : reader.GetFieldValue<byte[]>(3)));
        }

        return envelopes;
    }

    /// <summary>PostgreSQL keeps microseconds; what we say must be what we store.</summary>
    private static DateTimeOffset Microseconds(DateTimeOffset at) => new(at.UtcTicks / 10 * 10, TimeSpan.Zero);
}
