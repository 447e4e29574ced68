using ClusterNet.EventStore;
using ClusterNet.Tlog;
using Npgsql;
using NpgsqlTypes;

namespace ClusterNet.Ledger;

/// <summary>Proofs out of the log's tiles, against published checkpoints.</summary>
public sealed class LogProofs(Database database, LogTiles tiles)
{
    /// <summary>The published checkpoint with its cosignatures; null before there is one.</summary>
    public async Task<PublishedCheckpoint?> Published(CancellationToken ct)
    {
        await using var select = database.Source.CreateCommand(PublishedSql);
        await using var reader = await select.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? ReadPublished(reader) : null;
    }

    /// <summary>The proof that an event is in the log, or that it waits for its place.</summary>
    public async Task<EventProof> OfEvent(Guid eventId, CancellationToken ct)
    {
        await using var batch = database.Source.CreateBatch();
        batch.BatchCommands.Add(new("select position, leaf_hash from ledger.leaf where event_id = $1") { Parameters = { new() { Value = eventId } } });
        batch.BatchCommands.Add(new(PublishedSql));
        long? position = null;
        PublishedCheckpoint? published = null;
        await using (var reader = await batch.ExecuteReaderAsync(ct))
        {
            if (await reader.ReadAsync(ct)) position = reader.GetInt64(0);
            await reader.NextResultAsync(ct);
            if (await reader.ReadAsync(ct)) published = ReadPublished(reader);
        }

        if (position is not { } index) return await IsQueued(eventId, ct) ? new EventProof.Waiting() : new EventProof.Unknown();
        if (published is null || published.Checkpoint.Size <= index) return new EventProof.Waiting();
        var path = await Hashes(MerkleTree.InclusionProof(index, published.Checkpoint.Size), ct);
        return new EventProof.Proven(new(index, path, published.Note));
    }

    /// <summary>The hashes of a proof that a tree of <paramref name="from"/> leaves is the beginning of one of <paramref name="to"/>.</summary>
    public Task<byte[][]> Consistency(long from, long to, CancellationToken ct) => Hashes(MerkleTree.ConsistencyProof(from, to), ct);

    /// <summary>The root of the tree when it had <paramref name="size"/> leaves.</summary>
    public async Task<byte[]> RootAt(long size, CancellationToken ct) => size == 0 ? MerkleTree.EmptyRoot : (await Hashes([new(0, size)], ct))[0];

    internal async Task<byte[][]> Hashes(IReadOnlyList<LeafRange> ranges, CancellationToken ct)
    {
        var subtrees = ranges.SelectMany(MerkleTree.Subtrees).ToList();
        // One read for each tile, as wide as the farthest hash in it.
        var wanted = subtrees.Select(Tile.Of).GroupBy(t => (t.Level, t.Number)).Select(g => g.MaxBy(t => t.Width)).ToList();
        var read = (await tiles.Read(wanted, ct)).ToDictionary(t => (t.Key.Level, t.Key.Number), t => t.Value);
        return [.. ranges.Select(r => MerkleTree.RangeHash(r, subtree =>
        {
            var tile = Tile.Of(subtree);
            return read.TryGetValue((tile.Level, tile.Number), out var bytes)
                ? Tile.HashOf(subtree, bytes)
                : throw new LogDamagedException($"Tile {tile.Path} is missing from ledger.tile.");
        }))];
    }

    private async Task<bool> IsQueued(Guid eventId, CancellationToken ct)
    {
        await using var select = database.Source.CreateCommand(
            "select exists (select from ledger.pending join events.mt_events e using (seq_id) where e.id = $1)");
        select.Parameters.Add(new() { Value = eventId, NpgsqlDbType = NpgsqlDbType.Uuid });
        return (bool)(await select.ExecuteScalarAsync(ct))!; // exists answers true or false
    }

    private const string PublishedSql = """
        select c.note, c.signed_at, array(select line from ledger.cosignature k where k.size = c.size order by witness)
        from ledger.state s join ledger.checkpoint c on c.size = s.published
        """;

    private static PublishedCheckpoint ReadPublished(NpgsqlDataReader reader)
    {
        var text = reader.GetString(0) + string.Concat(reader.GetFieldValue<string[]>(2));
        return SignedNote.Parse(text) is { } note && Checkpoint.Parse(note.Text) is { } checkpoint
            ? new(checkpoint, note, reader.GetFieldValue<DateTimeOffset>(1))
            : throw new LogDamagedException("The published checkpoint in ledger.checkpoint cannot be read.");
    }
}

/// <summary>A checkpoint with all its signatures.</summary>
public sealed record PublishedCheckpoint(Checkpoint Checkpoint, SignedNote Note, DateTimeOffset SignedAt);

/// <summary>What can be proved of an event.</summary>
public abstract record EventProof
{
    public sealed record Proven(LogProof Proof) : EventProof;

    /// <summary>It is stored; its place, or a published checkpoint over it, is yet to come.</summary>
    public sealed record Waiting : EventProof;

    /// <summary>There is no such event.</summary>
    public sealed record Unknown : EventProof;
}
