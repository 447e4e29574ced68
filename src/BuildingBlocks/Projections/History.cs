using System.Runtime.CompilerServices;
using ClusterNet.EventStore;
using Npgsql;

namespace ClusterNet.Projections;

/// <summary>Reads all events within one snapshot: those with a position in their order, then those that still wait for one.</summary>
internal sealed class History(EventCodec codec)
{
    private const int PageSize = 5_000;

    public async IAsyncEnumerable<IReadOnlyList<Positioned>> Pages(NpgsqlConnection connection, [EnumeratorCancellation] CancellationToken ct)
    {
        var after = -1L;
        while (true)
        {
            var page = await Page(
                connection, "l.position", "ledger.leaf l join events.mt_events e using (seq_id) where l.position > $1 order by l.position limit $2", after, ct);
            if (page.Count == 0) break;
            after = page[^1].Position;
            yield return page;
        }

        after = -1;
        while (true)
        {
            var page = await Page(
                connection, $"{long.MaxValue}::bigint", "ledger.pending l join events.mt_events e using (seq_id) where l.seq_id > $1 order by l.seq_id limit $2", after, ct);
            if (page.Count == 0) yield break;
            after = page[^1].Event.SeqId;
            yield return page;
        }
    }

    private async Task<IReadOnlyList<Positioned>> Page(NpgsqlConnection connection, string position, string from, long after, CancellationToken ct)
    {
        var (positions, rows) = (new List<long>(PageSize), new List<StoredRow>(PageSize));
        await using (var select = new NpgsqlCommand($"select {position}, {NpgsqlEventStore.RowColumns} from {from}", connection))
        {
            select.Parameters.Add(new() { Value = after });
            select.Parameters.Add(new() { Value = PageSize });
            await using var reader = await select.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                positions.Add(reader.GetInt64(0));
                rows.Add(NpgsqlEventStore.ReadRow(reader, 1));
            }
        }

        var events = await codec.Decode(rows, await Envelopes(connection, rows, ct), ct);
        return [.. events.Select((e, i) => new Positioned(positions[i], e))];
    }

    private async Task<List<StoredEnvelope>> Envelopes(NpgsqlConnection connection, List<StoredRow> rows, CancellationToken ct)
    {
        var personal = rows.Where(r => codec.Types.Find(r.Type) is { Personal.Count: > 0 }).Select(r => r.Id).ToArray();
        if (personal.Length == 0) return [];
        await using var select = new NpgsqlCommand(
            "select event_id, subject_id, key_class, envelope from privacy.envelope where event_id = any($1)", connection);
        select.Parameters.Add(new() { Value = personal });
        await using var reader = await select.ExecuteReaderAsync(ct);
        return await NpgsqlEventStore.ReadEnvelopes(reader, ct);
    }
}
