using Npgsql;

namespace ClusterNet.EventStore;

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
