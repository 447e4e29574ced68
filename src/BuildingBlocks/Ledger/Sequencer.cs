using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using ClusterNet.EventStore;
using ClusterNet.Telemetry;
using ClusterNet.Tlog;
using Npgsql;
using NpgsqlTypes;

namespace ClusterNet.Ledger;

/// <summary>
/// Gives queued events their gap-free positions, the one global order, and seals them as leaves of the log. One runs at a time over all Hosts; an
/// event that is committed is never missed, because it queued itself in its own transaction. It never touches a key.
/// </summary>
public sealed class Sequencer(Database database)
{
    private const long Lock = 7203215903;
    private const int BatchSize = 5_000;
    private static readonly Counter<long> Placed = ClusterNetTelemetry.Meter.CreateCounter<long>("clusternet.ledger.sealed", "{event}");

    /// <summary>One batch.</summary>
    /// <returns>How many events were sealed; 0 when there were none or another sequencer is at work.</returns>
    public async Task<long> Step(CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        // A statement of its own: the next ones must have a snapshot taken after the lock.
        await using (var locking = new NpgsqlCommand($"select pg_try_advisory_xact_lock({Lock})", connection, transaction))
            if (!(bool)(await locking.ExecuteScalarAsync(ct))!) return 0; // the function answers true or false
        var (edge, events) = await Take(connection, ct);
        if (events.Count == 0) return 0;
        events = await StoredEvents.WithEnvelopes(connection, events, ct);
        await using var batch = new NpgsqlBatch(connection, transaction);
        Seal(batch, edge, events);
        await batch.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
        Placed.Add(events.Count);
        return events.Count;
    }

    /// <summary>The tree's right edge, and the next events taken out of the queue.</summary>
    private static async Task<(TreeEdge Edge, List<StoredEvent> Events)> Take(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new("select size from ledger.state for update"));
        batch.BatchCommands.Add(new("""
            select t.level, t.bytes from ledger.state s cross join generate_series(0, 7) as l
            join ledger.tile t on t.level = l and t.width < 256 and t.n = s.size >> (8 * (l + 1))
            """));
        // By arrays, so that a planner who expects a full batch does not read the whole table for a few.
        batch.BatchCommands.Add(new($"""
            with moved as (
                delete from ledger.pending where seq_id = any(array(select seq_id from ledger.pending order by seq_id limit {BatchSize})) returning seq_id)
            select {StoredEvents.Columns} from events.mt_events e where e.seq_id = any(array(select seq_id from moved)) order by e.seq_id
            """));
        await using var reader = await batch.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct)) throw LogDamagedException.NoState;
        var size = reader.GetInt64(0);
        await reader.NextResultAsync(ct);
        var tiles = new Dictionary<int, byte[]>();
        while (await reader.ReadAsync(ct)) tiles[reader.GetInt32(0)] = reader.GetFieldValue<byte[]>(1);
        await reader.NextResultAsync(ct);
        var edge = new TreeEdge(size, tile => tiles.TryGetValue(tile.Level, out var bytes) && bytes.Length >= tile.Width * MerkleTree.HashSize
            ? bytes
            : throw new LogDamagedException($"Tile {tile.Path} is missing or too short in ledger.tile: nothing can be sealed after it. Restore the database."));
        return (edge, await StoredEvents.Read(reader, 0, ct));
    }

    private static void Seal(NpgsqlBatch batch, TreeEdge edge, List<StoredEvent> events)
    {
        var (from, count) = (edge.Size, events.Count);
        var salt = RandomNumberGenerator.GetBytes(count * EventSeal.SaltSize);
        var (salts, commitments, leaves) = (new byte[count][], new byte[count][], new byte[count][]);
        var before = TreeEdge.TilesOf(from).Where(t => t.Width > 0).ToList();
        var full = new List<(Tile Tile, byte[] Bytes)>();
        for (var i = 0; i < count; i++)
        {
            salts[i] = salt[(i * EventSeal.SaltSize)..((i + 1) * EventSeal.SaltSize)];
            commitments[i] = EventSeal.Commitment(salts[i], EventSeal.Header(events[i]));
            leaves[i] = EventSeal.LeafHash(commitments[i]);
            edge.Append(leaves[i], (tile, bytes) => full.Add((tile, bytes)));
        }

        Add("""
            insert into ledger.leaf (position, seq_id, event_id, salt, commitment, leaf_hash)
            select $1 + n - 1, s, e, sa, c, l from unnest($2, $3, $4, $5, $6) with ordinality as u(s, e, sa, c, l, n)
            """, from, events.Select(e => e.SeqId).ToArray(), events.Select(e => e.Id).ToArray(), salts, commitments, leaves);
        List<(Tile Tile, byte[] Bytes)> tiles = [.. full, .. edge.Partial().Where(t => !before.Contains(t.Tile))];
        Add("insert into ledger.tile (level, n, width, bytes) select * from unnest($1, $2, $3, $4)",
            tiles.Select(t => t.Tile.Level).ToArray(), tiles.Select(t => t.Tile.Number).ToArray(), tiles.Select(t => t.Tile.Width).ToArray(),
            tiles.Select(t => t.Bytes).ToArray());
        // A wider tile holds all that the narrower one did.
        var grown = before.Where(b => tiles.Any(t => (t.Tile.Level, t.Tile.Number) == (b.Level, b.Number) && t.Tile.Width > b.Width)).ToList();
        Add("delete from ledger.tile t using unnest($1, $2, $3) as o(level, n, width) where (t.level, t.n, t.width) = (o.level, o.n, o.width)",
            grown.Select(t => t.Level).ToArray(), grown.Select(t => t.Number).ToArray(), grown.Select(t => t.Width).ToArray());
        Add("update ledger.state set size = $1, root = $2", edge.Size, edge.Root());

        void Add(string sql, params ReadOnlySpan<object> values)
        {
            var command = new NpgsqlBatchCommand(sql);
            foreach (var value in values)
            {
                var parameter = new NpgsqlParameter { Value = value };
                if (value is byte[][]) parameter.NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea;
                command.Parameters.Add(parameter);
            }

            batch.BatchCommands.Add(command);
        }
    }
}
