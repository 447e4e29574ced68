using System.Globalization;
using System.Text;
using ClusterNet.Privacy;
using Npgsql;
using NpgsqlTypes;

namespace ClusterNet.EventStore;

/// <summary>Builds the one batch that stores a command: appends in stream-id order, their envelopes, then each module's rows under its role.</summary>
internal static class AppendSql
{
    private const int MaxInsert = 16;
    private const int SharedParameters = 5;
    private static readonly string[] InsertTexts = [.. Enumerable.Range(0, MaxInsert + 1).Select(InsertText)];

    public static async Task<int> Add(
        NpgsqlBatch batch, EventCodec codec, TimeProvider clock, Commit commit, DateTimeOffset at, CancellationToken ct)
    {
        var appends = commit.Appends.Count == 1 ? commit.Appends : [.. commit.Appends.OrderBy(a => a.Stream)];
        List<(Guid Event, Envelope Envelope)>? envelopes = null;
        var appended = 0;
        foreach (var append in appends)
        {
            if (append.Facts.Count == 0) continue;
            appended++;
            var encoded = await codec.Encode(append.Stream, append.Facts, clock, ct);
            // The version is checked before a sequence value is taken, so that losers of a race burn none.
            batch.BatchCommands.Add(append.Expected == 0 ? NewStream(append, at) : Advance(append, at));
            for (var from = 0; from < encoded.Length; from += MaxInsert)
                batch.BatchCommands.Add(Insert(append, encoded, from, Math.Min(MaxInsert, encoded.Length - from), commit.Metadata, at));
            foreach (var e in encoded)
                foreach (var envelope in e.Envelopes) (envelopes ??= []).Add((e.Id, envelope));
        }

        if (envelopes is not null) batch.BatchCommands.Add(Envelopes(envelopes));
        foreach (var append in commit.Appends)
        {
            if (append.Statements.Count == 0) continue;
            batch.BatchCommands.Add(Database.AsRole(append.Module));
            foreach (var statement in append.Statements) batch.BatchCommands.Add(statement.ToBatchCommand());
        }

        return appended;
    }

    /// <summary>A stream that exists already is a unique violation, after its creator has committed.</summary>
    private static NpgsqlBatchCommand NewStream(Append append, DateTimeOffset at) =>
        new("insert into events.mt_streams (id, type, version, timestamp, created) values ($1, $2, $3, $4, $4)")
        {
            Parameters = { Of(append.Stream), Text(append.StreamType), Of((long)append.Facts.Count), Of(at) },
        };

    private static NpgsqlBatchCommand Advance(Append append, DateTimeOffset at) => new("select events.advance($1, $2, $3, $4)")
    {
        Parameters = { Of(append.Stream), Of(append.Expected), Of(append.Expected + append.Facts.Count), Of(at) },
    };

    private static NpgsqlBatchCommand Insert(Append append, EncodedEvent[] encoded, int from, int count, CommandMetadata metadata, DateTimeOffset at)
    {
        var command = new NpgsqlBatchCommand(InsertTexts[count]);
        var parameters = command.Parameters;
        parameters.Add(Of(append.Stream));
        parameters.Add(Of(at));
        parameters.Add(Text(metadata.CorrelationId));
        parameters.Add(Text(metadata.CausationId));
        parameters.Add(Text(metadata.Actor));
        for (var i = from; i < from + count; i++)
        {
            var e = encoded[i];
            parameters.Add(Of(e.Id));
            parameters.Add(Of(append.Expected + i + 1));
            parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = e.Data, NpgsqlDbType = NpgsqlDbType.Jsonb });
            parameters.Add(Text(e.Type.Name));
            parameters.Add(Text(e.Type.DotnetName));
            parameters.Add(new NpgsqlParameter<string> { TypedValue = EventMetadata.Headers(e.Type, metadata, append.Rows), NpgsqlDbType = NpgsqlDbType.Jsonb });
        }

        return command;
    }

    private static string InsertText(int events)
    {
        var sql = new StringBuilder(
            "insert into events.mt_events (stream_id, timestamp, correlation_id, causation_id, user_name, seq_id, id, version, data, type, mt_dotnet_type, headers) values ");
        for (var i = 0; i < events; i++)
        {
            var n = SharedParameters + (i * 6) + 1;
            sql.Append(i == 0 ? "" : ", ").Append(CultureInfo.InvariantCulture, $"($1, $2, $3, $4, $5, nextval('events.mt_events_sequence'), ${n}, ${n + 1}, ${n + 2}, ${n + 3}, ${n + 4}, ${n + 5})");
        }

        return sql.Append(" returning seq_id").ToString();
    }

    private static NpgsqlBatchCommand Envelopes(List<(Guid Event, Envelope Envelope)> envelopes) => new(
        "insert into privacy.envelope (event_id, subject_id, key_class, ct, kc, envelope) select * from unnest($1, $2, $3, $4, $5, $6)")
    {
        Parameters =
        {
            new() { Value = envelopes.Select(e => e.Event).ToArray() },
            new() { Value = envelopes.Select(e => e.Envelope.SubjectId).ToArray() },
            new() { Value = envelopes.Select(e => e.Envelope.KeyClass).ToArray() },
            new() { Value = envelopes.Select(e => e.Envelope.Ct).ToArray() },
            new() { Value = envelopes.Select(e => e.Envelope.Kc).ToArray() },
            new() { Value = envelopes.Select(e => e.Envelope.Sealed).ToArray() },
        },
    };

    private static NpgsqlParameter<T> Of<T>(T value) => new() { TypedValue = value };

    private static NpgsqlParameter Text(string? value) => value is null
        ? new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = NpgsqlDbType.Varchar }
        : new NpgsqlParameter<string> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Varchar };
}
