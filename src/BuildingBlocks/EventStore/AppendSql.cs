using ClusterNet.Privacy;
using Npgsql;
using NpgsqlTypes;

namespace ClusterNet.EventStore;

/// <summary>Builds the one batch that stores a command: appends in stream-id order, their envelopes, then each module's rows under its role.</summary>
internal static class AppendSql
{
    public static async Task<int> Add(
        NpgsqlBatch batch, EventCodec codec, TimeProvider clock, Commit commit, DateTimeOffset at, CancellationToken ct)
    {
        var appends = commit.Appends.Where(a => a.Facts.Count > 0).OrderBy(a => a.Stream).ToList();
        var envelopes = new List<(Guid Event, Envelope Envelope)>();
        foreach (var append in appends)
        {
            var encoded = await codec.Encode(append.Stream, append.Facts, clock, ct);
            batch.BatchCommands.Add(Database.AsRole(append.Module));
            batch.BatchCommands.Add(Call(append, encoded, commit.Metadata, at));
            foreach (var e in encoded)
                foreach (var envelope in e.Envelopes) envelopes.Add((e.Id, envelope));
        }

        if (envelopes.Count > 0) batch.BatchCommands.Add(Envelopes(envelopes));
        foreach (var append in commit.Appends.Where(a => a.Statements.Count > 0))
        {
            batch.BatchCommands.Add(Database.AsRole(append.Module));
            foreach (var statement in append.Statements) batch.BatchCommands.Add(statement.ToBatchCommand());
        }

        return appends.Count;
    }

    private static NpgsqlBatchCommand Call(Append append, EncodedEvent[] encoded, CommandMetadata metadata, DateTimeOffset at)
    {
        var command = new NpgsqlBatchCommand("select events.append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)");
        Add(append.Stream, NpgsqlDbType.Uuid);
        Add(append.StreamType, NpgsqlDbType.Varchar);
        Add(append.Expected, NpgsqlDbType.Bigint);
        Add(at, NpgsqlDbType.TimestampTz);
        Add(Array.ConvertAll(encoded, e => e.Id), NpgsqlDbType.Array | NpgsqlDbType.Uuid);
        Add(Array.ConvertAll(encoded, e => e.Type.Name), NpgsqlDbType.Array | NpgsqlDbType.Varchar);
        Add(Array.ConvertAll(encoded, e => e.Type.DotnetName), NpgsqlDbType.Array | NpgsqlDbType.Varchar);
        Add(Array.ConvertAll(encoded, e => e.Data), NpgsqlDbType.Array | NpgsqlDbType.Jsonb);
        Add(Array.ConvertAll(encoded, e => Headers(e.Type, metadata)), NpgsqlDbType.Array | NpgsqlDbType.Jsonb);
        Add(metadata.CorrelationId, NpgsqlDbType.Varchar);
        Add(metadata.CausationId, NpgsqlDbType.Varchar);
        Add(metadata.Actor ?? (object)DBNull.Value, NpgsqlDbType.Varchar);
        return command;

        void Add(object value, NpgsqlDbType type) => command.Parameters.Add(new() { Value = value, NpgsqlDbType = type });
    }

    private static string Headers(EventType type, CommandMetadata m) =>
        new EventMetadata(m.Actor, m.OnBehalfOf, m.CorrelationId, m.CausationId, m.TraceId, type.Module, type.Schema).ToHeaders();

    private static NpgsqlBatchCommand Envelopes(List<(Guid Event, Envelope Envelope)> envelopes)
    {
        var command = new NpgsqlBatchCommand(
            "insert into privacy.envelope (event_id, subject_id, key_class, ct, kc, envelope) select * from unnest($1, $2, $3, $4, $5, $6)");
        command.Parameters.Add(new() { Value = envelopes.Select(e => e.Event).ToArray() });
        command.Parameters.Add(new() { Value = envelopes.Select(e => e.Envelope.SubjectId).ToArray() });
        command.Parameters.Add(new() { Value = envelopes.Select(e => e.Envelope.KeyClass).ToArray() });
        command.Parameters.Add(new() { Value = envelopes.Select(e => e.Envelope.Ct).ToArray() });
        command.Parameters.Add(new() { Value = envelopes.Select(e => e.Envelope.Kc).ToArray() });
        command.Parameters.Add(new() { Value = envelopes.Select(e => e.Envelope.Sealed).ToArray() });
        return command;
    }
}

/// <summary>Reads and writes the kept answers.</summary>
internal static class IdempotencySql
{
    public static NpgsqlBatchCommand Find(IdempotencyKey key)
    {
        var command = new NpgsqlBatchCommand(
            "select i.body_hash, i.status, i.location, i.body, i.version, e.seq_id from http.idempotency i " +
            "left join events.mt_events e on e.stream_id = i.stream_id and e.version = i.version " +
            "where i.caller = $1 and i.route = $2 and i.key = $3");
        command.Parameters.Add(new() { Value = key.Caller });
        command.Parameters.Add(new() { Value = key.Route });
        command.Parameters.Add(new() { Value = key.Key });
        return command;
    }

    public static async Task<StoredAnswer?> Read(NpgsqlDataReader reader, IdempotencyKey key, CancellationToken ct)
    {
        if (!await reader.ReadAsync(ct)) return null;
        return new(
            reader.GetFieldValue<byte[]>(0).AsSpan().SequenceEqual(key.BodyHash), reader.GetInt32(1), reader.IsDBNull(2) ? null : reader.GetString(2),
            reader.GetString(3), reader.IsDBNull(4) ? null : reader.GetInt64(4), reader.IsDBNull(5) ? null : reader.GetInt64(5));
    }

    public static NpgsqlBatchCommand Store(IdempotencyRecord record, DateTimeOffset at)
    {
        var command = new NpgsqlBatchCommand(
            "insert into http.idempotency (caller, route, key, body_hash, status, location, body, stream_id, version, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)");
        foreach (var value in (object?[])
            [
                record.Key.Caller, record.Key.Route, record.Key.Key, record.Key.BodyHash, record.Status, record.Location, record.Body, record.Stream, record.Version, at,
            ])
            command.Parameters.Add(new() { Value = value ?? DBNull.Value });
        return command;
    }
}
