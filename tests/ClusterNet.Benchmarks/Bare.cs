using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace ClusterNet.Benchmarks;

/// <summary>The raw limit: two inserts into tables of the same layout without a trigger, prepared, in one round trip on a connection of its own.</summary>
internal sealed class Bare : IAsyncDisposable
{
    private const string Headers = """{"module":"bench","schema":1,"trace_id":"4bf92f3577b34da6a3ce929d0e0e4736"}""";
    private static readonly string Data = JsonSerializer.Serialize(Sample.Read, MeterJson.Default.MeterRead);
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlBatch _batch;
    private readonly NpgsqlParameter<Guid> _stream = new(), _id = new(), _streamAgain = new();

    private Bare(NpgsqlConnection connection)
    {
        _connection = connection;
        var streams = new NpgsqlBatchCommand("insert into bare.mt_streams (id, type, version, timestamp, created) values ($1, $2, 1, $3, $3)");
        streams.Parameters.Add(_stream);
        streams.Parameters.Add(new NpgsqlParameter<string> { TypedValue = "meter", NpgsqlDbType = NpgsqlDbType.Varchar });
        streams.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = DateTimeOffset.UtcNow });
        var events = new NpgsqlBatchCommand("""
            insert into bare.mt_events (seq_id, id, stream_id, version, data, type, timestamp, mt_dotnet_type, correlation_id, causation_id, headers, user_name)
            values (nextval('bare.mt_events_sequence'), $1, $2, 1, $3, $4, $5, $6, $7, $8, $9, $10)
            """);
        events.Parameters.Add(_id);
        events.Parameters.Add(_streamAgain);
        events.Parameters.Add(new() { Value = Data, NpgsqlDbType = NpgsqlDbType.Jsonb });
        foreach (var text in (string[])["meter_read"]) events.Parameters.Add(Text(text));
        events.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = DateTimeOffset.UtcNow });
        foreach (var text in (string?[])["ClusterNet.Benchmarks.MeterRead, ClusterNet.Benchmarks", Sample.Metadata.CorrelationId, Sample.Metadata.CausationId]) events.Parameters.Add(Text(text));
        events.Parameters.Add(new() { Value = Headers, NpgsqlDbType = NpgsqlDbType.Jsonb });
        events.Parameters.Add(Text(Sample.Metadata.Actor));
        _batch = new NpgsqlBatch(connection) { BatchCommands = { streams, events } };
    }

    public static async Task<Bare> Open(string connectionString)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        var bare = new Bare(connection);
        await bare._batch.PrepareAsync();
        return bare;
    }

    public async Task Insert()
    {
        _stream.TypedValue = _streamAgain.TypedValue = Guid.CreateVersion7();
        _id.TypedValue = Guid.CreateVersion7();
        await _batch.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _batch.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private static NpgsqlParameter Text(string? value) => new() { Value = value ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Varchar };
}
