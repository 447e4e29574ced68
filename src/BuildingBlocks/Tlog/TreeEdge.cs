namespace ClusterNet.Tlog;

/// <summary>The right edge of a growing tree: the unfinished tile of every level. All that is needed to append leaves and to know the root.</summary>
public sealed class TreeEdge
{
    private readonly List<Level> _levels = [];

    public TreeEdge()
    {
    }

    /// <param name="size">The number of leaves.</param>
    /// <param name="tileOf">Bytes of a partial tile, at least as wide as asked.</param>
    public TreeEdge(long size, Func<Tile, byte[]> tileOf)
    {
        Size = size;
        foreach (var tile in TilesOf(size))
        {
            var level = new Level(tile.Number);
            if (tile.Width > 0) level.Hashes.AddRange(tileOf(tile).AsSpan(0, tile.Width * MerkleTree.HashSize));
            _levels.Add(level);
        }
    }

    public long Size { get; private set; }

    /// <summary>The unfinished tiles of a tree of this size, from level 0 up; a width of 0 where the level's last tile is full.</summary>
    public static IEnumerable<Tile> TilesOf(long size)
    {
        for (var (level, hashes) = (0, size); hashes > 0; level++, hashes /= Tile.FullWidth)
            yield return new(level, hashes / Tile.FullWidth, (int)(hashes % Tile.FullWidth));
    }

    /// <summary>Appends a leaf.</summary>
    /// <param name="full">Told of every tile that it fills.</param>
    public void Append(ReadOnlySpan<byte> leafHash, Action<Tile, byte[]>? full = null)
    {
        Size++;
        Push(0, leafHash, full);
    }

    /// <summary>The unfinished tiles as they are now.</summary>
    public IEnumerable<(Tile Tile, byte[] Bytes)> Partial() =>
        _levels.Select((l, i) => (new Tile(i, l.Number, l.Hashes.Count / MerkleTree.HashSize), l.Hashes.ToArray())).Where(t => t.Item1.Width > 0);

    public byte[] Root() => MerkleTree.RangeHash(new(0, Size), subtree => Tile.HashOf(subtree, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_levels[subtree.Level / Tile.Height].Hashes)));

    private void Push(int at, ReadOnlySpan<byte> hash, Action<Tile, byte[]>? full)
    {
        if (at == _levels.Count) _levels.Add(new(0));
        var level = _levels[at];
        level.Hashes.AddRange(hash);
        if (level.Hashes.Count < Tile.FullWidth * MerkleTree.HashSize) return;
        byte[] bytes = [.. level.Hashes];
        full?.Invoke(new(at, level.Number, Tile.FullWidth), bytes);
        _levels[at] = new(level.Number + 1);
        Push(at + 1, MerkleTree.Fold(bytes), full);
    }

    private sealed class Level(long number)
    {
        public long Number { get; } = number;

        public List<byte> Hashes { get; } = [];
    }
}
