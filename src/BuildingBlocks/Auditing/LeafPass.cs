using ClusterNet.Ledger;
using ClusterNet.Tlog;
using Npgsql;

namespace ClusterNet.Auditing;

/// <summary>Every leaf against its event, every tile against the leaves; page by page, so any number of events needs the same memory.</summary>
internal sealed class LeafPass(NpgsqlConnection connection, CheckpointPass checkpoints, AuditFaults faults, IProgress<AuditStep> progress)
{
    private const int PageSize = 20 * Tile.FullWidth;
    private readonly TreeEdge _edge = new();
    private readonly List<(Tile Tile, byte[] Bytes)> _full = [];

    public async Task<TreeEdge> Run(long end, CancellationToken ct)
    {
        for (long from = 0; from < end; from += PageSize)
        {
            var page = await Read(from, Math.Min(end, from + PageSize), ct);
            Append(page);
            foreach (var stored in _full.Where(t => t.Tile.Level > 0).ToList()) await CheckUpper(stored.Tile, stored.Bytes, ct);
            _full.Clear();
            await checkpoints.Check(page.From, page.To, page.Roots, ct);
            progress.Report(new(page.To, end));
        }

        foreach (var (tile, bytes) in _edge.Partial().Where(t => t.Tile.Level > 0)) await CheckUpper(tile, bytes, ct);
        await CheckNoMore(end, ct);
        return _edge;
    }

    private async Task<LeafPage> Read(long from, long to, CancellationToken ct)
    {
        var leaves = (await Sealed.Read(connection, from, to, ct)).ToDictionary(l => l.Position);
        var tiles = await ReadTiles(0, from / Tile.FullWidth, (to - 1) / Tile.FullWidth, ct);
        var page = new LeafPage(from, to, leaves, tiles, await checkpoints.Sizes(from, to, ct));
        // Sealing again is most of the work, and each leaf's is its own.
        Parallel.For(from, to, position => page.Faults[position - from] = leaves.TryGetValue(position, out var leaf) ? Sealed.Fault(leaf, position) : null);
        return page;
    }

    private void Append(LeafPage page)
    {
        if (page.From == 0 && page.Sizes.Contains(0)) page.Roots[0] = _edge.Root();
        for (var position = page.From; position < page.To; position++)
        {
            var inTile = page.InTile(position);
            var hash = page.Leaves.TryGetValue(position, out var leaf) ? Check(leaf, page.Faults[position - page.From], inTile) : null;
            if (leaf is null) faults.Add("ledger.leaf", $"The leaf at position {position} is missing.", position);
            if (inTile is not null && hash is not null && !hash.AsSpan().SequenceEqual(inTile))
                faults.Add("ledger.tile", $"Tile {new Tile(0, position / Tile.FullWidth, Tile.FullWidth).Path}: the hash of position {position} is not that of its leaf.", position);
            _edge.Append(hash ?? inTile ?? MerkleTree.EmptyRoot, (t, b) => _full.Add((t, b)));
            if (page.Sizes.Contains(_edge.Size)) page.Roots[_edge.Size] = _edge.Root();
            if (inTile is null && position % Tile.FullWidth == 0)
                faults.Add("ledger.tile", $"Tile {new Tile(0, position / Tile.FullWidth, Tile.FullWidth).Path} is missing or has the wrong length.", position);
        }
    }

    /// <returns>The hash that most of the leaf's witnesses agree on, so that one damaged place is one fault and not one for each tree above it.</returns>
    private byte[] Check(SealedLeaf leaf, string? fault, byte[]? inTile)
    {
        if (fault is null) return leaf.LeafHash;
        var byCommitment = EventSeal.LeafHash(leaf.Commitment);
        var own = byCommitment.AsSpan().SequenceEqual(leaf.LeafHash);
        faults.Add(own ? "events.mt_events" : "ledger.leaf", fault, leaf.Position, leaf.EventId);
        if (own || inTile is null || leaf.LeafHash.AsSpan().SequenceEqual(inTile)) return leaf.LeafHash;
        return byCommitment;
    }

    private async Task CheckUpper(Tile tile, byte[] computed, CancellationToken ct)
    {
        var stored = await ReadTiles(tile.Level, tile.Number, tile.Number, ct);
        if (!stored.TryGetValue(tile.Number, out var bytes)) faults.Add("ledger.tile", $"Tile {tile.Path} is missing or has the wrong length.");
        else if (bytes.Length < computed.Length || !bytes.AsSpan(0, computed.Length).SequenceEqual(computed)) faults.Add("ledger.tile", $"Tile {tile.Path} does not hold the hashes of the tiles below it.");
    }

    private async Task<Dictionary<long, byte[]>> ReadTiles(int level, long first, long last, CancellationToken ct)
    {
        await using var select = new NpgsqlCommand(
            "select n, bytes from ledger.tile where level = $1 and n between $2 and $3 and octet_length(bytes) = 32 * width order by n, width", connection);
        select.Parameters.Add(new() { Value = level });
        select.Parameters.Add(new() { Value = first });
        select.Parameters.Add(new() { Value = last });
        await using var reader = await select.ExecuteReaderAsync(ct);
        var tiles = new Dictionary<long, byte[]>();
        while (await reader.ReadAsync(ct)) tiles[reader.GetInt64(0)] = reader.GetFieldValue<byte[]>(1);
        return tiles;
    }

    /// <summary>Tiles of a larger log than there is, and broken narrow ones that no wider one hides.</summary>
    private async Task CheckNoMore(long size, CancellationToken ct)
    {
        await using var select = new NpgsqlCommand("select level, n, width, octet_length(bytes) from ledger.tile", connection);
        await using var reader = await select.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var (tile, length) = (new Tile(reader.GetInt32(0), reader.GetInt64(1), reader.GetInt32(2)), reader.GetInt32(3));
            if (tile is { Level: < 0 or > 7 } or { Number: < 0 } or { Width: < 1 or > Tile.FullWidth }) faults.Add("ledger.tile", $"There is a tile of level {tile.Level}, number {tile.Number}, width {tile.Width}: no log has one.");
            else if (tile.LeavesNeeded > size) faults.Add("ledger.tile", $"Tile {tile.Path} belongs to a log of {tile.LeavesNeeded} entries or more; this one has {size}.");
            else if (length != tile.Width * MerkleTree.HashSize) faults.Add("ledger.tile", $"Tile {tile.Path} has {length} bytes, not {tile.Width * MerkleTree.HashSize}.");
        }
    }

    private sealed record LeafPage(long From, long To, Dictionary<long, SealedLeaf> Leaves, Dictionary<long, byte[]> Tiles, HashSet<long> Sizes)
    {
        public string?[] Faults { get; } = new string?[To - From];

        public Dictionary<long, byte[]> Roots { get; } = [];

        public byte[]? InTile(long position)
        {
            if (!Tiles.TryGetValue(position / Tile.FullWidth, out var tile)) return null;
            var at = (int)(position % Tile.FullWidth) * MerkleTree.HashSize;
            return at + MerkleTree.HashSize <= tile.Length ? tile[at..(at + MerkleTree.HashSize)] : null;
        }
    }
}
