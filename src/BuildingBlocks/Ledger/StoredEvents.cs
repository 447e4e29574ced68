using System.Globalization;
using Npgsql;

namespace ClusterNet.Ledger;

/// <summary>Reads events with every column that their seal covers.</summary>
internal static class StoredEvents
{
    public const string Columns =
        "e.seq_id, e.id, e.stream_id, e.version, e.data, e.bdata, e.type, e.timestamp, e.tenant_id, e.mt_dotnet_type, e.correlation_id, e.causation_id, e.headers, e.user_name";

    private const long MicrosecondsPerDay = 86_400_000_000;

    public static async Task<List<StoredEvent>> Read(NpgsqlDataReader reader, int from, CancellationToken ct)
    {
        var events = new List<StoredEvent>();
        while (await reader.ReadAsync(ct)) events.Add(ReadOne(reader, from));
        return events;
    }

    public static StoredEvent ReadOne(NpgsqlDataReader reader, int from)
    {
        string? Text(int i) => reader.IsDBNull(from + i) ? null : reader.GetString(from + i);
        byte[]? Bytes(int i) => reader.IsDBNull(from + i) ? null : reader.GetFieldValue<byte[]>(from + i);
        return new(
            reader.GetInt64(from), reader.GetGuid(from + 1), reader.IsDBNull(from + 2) ? null : reader.GetGuid(from + 2), reader.GetInt64(from + 3),
            reader.GetFieldValue<byte[]>(from + 4), Bytes(5), reader.GetString(from + 6), Instant(reader.GetFieldValue<long>(from + 7)),
            Text(8), Text(9), Text(10), Text(11), Bytes(12), Text(13));
    }

    /// <summary>Adds the commitments of their envelopes to events.</summary>
    public static async Task<List<StoredEvent>> WithEnvelopes(NpgsqlConnection connection, List<StoredEvent> events, CancellationToken ct)
    {
        await using var select = new NpgsqlCommand(
            "select event_id, subject_id, key_class, ct, kc from privacy.envelope where event_id = any($1)", connection);
        select.Parameters.Add(new() { Value = events.Select(e => e.Id).ToArray() });
        await using var reader = await select.ExecuteReaderAsync(ct);
        var envelopes = new Dictionary<Guid, List<EnvelopeCommitment>>();
        while (await reader.ReadAsync(ct))
        {
            if (!envelopes.TryGetValue(reader.GetGuid(0), out var list)) envelopes[reader.GetGuid(0)] = list = [];
            list.Add(new(reader.GetGuid(1), reader.GetString(2), reader.GetFieldValue<byte[]>(3), reader.GetFieldValue<byte[]>(4)));
        }

        return envelopes.Count == 0 ? events : [.. events.Select(e => envelopes.TryGetValue(e.Id, out var list) ? e with { Envelopes = list } : e)];
    }

    /// <summary>PostgreSQL's microseconds since 2000. What no calendar of ours reaches (infinity, other eras) is told as that number: no event ever stops the log.</summary>
    private static string Instant(long microseconds)
    {
        const long days = 730_119; // from year 1 to 2000
        var ticks = (Int128)(microseconds + (Int128)(days * MicrosecondsPerDay)) * 10;
        return ticks < 0 || ticks > DateTime.MaxValue.Ticks
            ? string.Create(CultureInfo.InvariantCulture, $"pg:{microseconds}")
            : new DateTime((long)ticks, DateTimeKind.Utc).ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);
    }
}
