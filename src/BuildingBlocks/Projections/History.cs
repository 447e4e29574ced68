using System.Globalization;
using System.Threading.Channels;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using Npgsql;

namespace ClusterNet.Projections;

/// <summary>
/// Reads events within one snapshot and in their order. One page is read, others are decoded and one is folded at the same time; no more than a few
/// pages are held. Events that nobody wants are looked at, so that an unknown one stops the reading, but never decoded.
/// </summary>
/// <param name="wanted">Whether anybody reads events of this class.</param>
/// <param name="keyless">As if all keys were gone.</param>
internal sealed class History(EventCodec codec, NpgsqlConnection connection, Func<Type, bool> wanted, bool keyless)
{
    private const int PageSize = 5_000, PagesAhead = 4;

    // Of the headers only what decoding needs: writing jsonb out costs the server as much as reading the event.
    private const string Columns = """
        e.id, e.stream_id, e.version, e.data, e.type, e.timestamp, coalesce(jsonb_typeof(e.headers->'module') = 'string', false), (e.headers->'schema')::text
        """;

    private readonly Dictionary<string, (EventType? Type, bool Wanted)> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<(string, bool, int), EventMetadata> _metadata = [];

    /// <summary>The events that have positions after <paramref name="after"/> and up to <paramref name="until"/>.</summary>
    /// <param name="take">Gets the pages in order, and the position up to which each goes.</param>
    public async Task Placed(long after, long until, Func<IReadOnlyList<Positioned>, long, Task> take, CancellationToken ct)
    {
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var pages = Channel.CreateBounded<(long Until, Task<IReadOnlyList<Positioned>> Page)>(PagesAhead);
        var reading = Task.Run(() => ReadAhead(after, until, pages.Writer, failed.Token), failed.Token);
        try
        {
            await foreach (var (last, page) in pages.Reader.ReadAllAsync(ct)) await take(await page, last);
        }
        finally
        {
            await failed.CancelAsync();
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await reading;
    }

    /// <summary>The events that still wait for a position, as if they had come after all others.</summary>
    public async Task<IReadOnlyList<Positioned>> Waiting(CancellationToken ct)
    {
        await using var select = new NpgsqlCommand(
            $"select {long.MaxValue}::bigint, {Columns} from ledger.pending l join events.mt_events e using (seq_id) order by l.seq_id", connection);
        return await Decode(await Read(select, ct), ct);
    }

    /// <summary>All events of some streams, each stream's in its order.</summary>
    public async Task<IReadOnlyList<Positioned>> Of(Guid[] streams, CancellationToken ct)
    {
        await using var select = new NpgsqlCommand(
            $"select {long.MaxValue}::bigint, {Columns} from events.mt_events e where e.stream_id = any($1) order by e.stream_id, e.version", connection);
        select.Parameters.Add(new() { Value = streams });
        return await Decode(await Read(select, ct), ct);
    }

    private async Task ReadAhead(
        long after, long until, ChannelWriter<(long, Task<IReadOnlyList<Positioned>>)> pages, CancellationToken ct)
    {
        try
        {
            while (after < until)
            {
                var to = Math.Min(after + PageSize, until);
                await using var select = new NpgsqlCommand(
                    $"select l.position, {Columns} from ledger.leaf l join events.mt_events e using (seq_id) where l.position > $1 and l.position <= $2 order by l.position",
                    connection);
                select.Parameters.Add(new() { Value = after });
                select.Parameters.Add(new() { Value = to });
                var page = await Read(select, ct);
                await pages.WriteAsync((to, Task.Run(() => Decode(page, ct), ct)), ct);
                after = to;
            }

            pages.Complete();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            pages.Complete(e);
        }
    }

    private async Task<IReadOnlyList<Positioned>> Decode(RawPage page, CancellationToken ct)
    {
        var events = await codec.Replayed(page.Rows, page.Envelopes, keyless, ct);
        return [.. events.Select((e, i) => new Positioned(page.Positions[i], e))];
    }

    private async Task<RawPage> Read(NpgsqlCommand select, CancellationToken ct)
    {
        select.CommandTimeout = 0;
        var (positions, rows, personal) = (new List<long>(PageSize), new List<StoredRow>(PageSize), new List<Guid>());
        await using (var reader = await select.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
            {
                var name = reader.GetString(5);
                var (type, isWanted) = TypeOf(name);
                var ours = reader.GetBoolean(7);
                var schema = !reader.IsDBNull(8) && int.TryParse(reader.GetString(8), CultureInfo.InvariantCulture, out var number) ? number : EventMetadata.UnknownSchema;
                if (type is null || schema > type.Schema || !isWanted)
                {
                    if (ours && (type is null || schema > type.Schema)) throw new UnknownEventException(name, schema, reader.GetGuid(2), reader.GetInt64(3));
                    continue;
                }

                positions.Add(reader.GetInt64(0));
                var id = reader.GetGuid(1);
                if (type.Personal.Count > 0) personal.Add(id);
                rows.Add(new(0, id, reader.GetGuid(2), reader.GetInt64(3), reader.GetFieldValue<byte[]>(4), type.Name,
                    reader.GetFieldValue<DateTimeOffset>(6), Metadata(type, ours, schema)));
            }
        }

        return new(positions, rows, personal.Count == 0 ? [] : await Envelopes(personal, ct));
    }

    private (EventType? Type, bool Wanted) TypeOf(string name)
    {
        if (_types.TryGetValue(name, out var known)) return known;
        var type = codec.Types.Find(name);
        return _types[name] = (type, type is not null && wanted(type.Class));
    }

    /// <summary>Projections read no metadata, so that one object serves all events of a type.</summary>
    private EventMetadata Metadata(EventType type, bool ours, int schema)
    {
        if (_metadata.TryGetValue((type.Name, ours, schema), out var known)) return known;
        return _metadata[(type.Name, ours, schema)] = new(null, null, null, null, null, ours ? type.Module : null, schema);
    }

    private async Task<List<StoredEnvelope>> Envelopes(List<Guid> events, CancellationToken ct)
    {
        await using var select = new NpgsqlCommand(
            $"select event_id, subject_id, key_class, ct{(keyless ? "" : ", envelope")} from privacy.envelope where event_id = any($1)", connection);
        select.Parameters.Add(new() { Value = events.ToArray() });
        select.CommandTimeout = 0;
        await using var reader = await select.ExecuteReaderAsync(ct);
        var envelopes = new List<StoredEnvelope>(events.Count);
        while (await reader.ReadAsync(ct))
        {
            var sealedBytes = keyless || reader.IsDBNull(4) ? null : reader.GetFieldValue<byte[]>(4);
            envelopes.Add(new(reader.GetGuid(0), new KeyName(reader.GetGuid(1), reader.GetString(2)), sealedBytes, reader.GetFieldValue<byte[]>(3)));
        }

        return envelopes;
    }

    private sealed record RawPage(List<long> Positions, List<StoredRow> Rows, List<StoredEnvelope> Envelopes);
}
