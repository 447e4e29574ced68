using System.Globalization;
using System.Text;

namespace ClusterNet.Tlog;

/// <summary>
/// Which tile of a log (C2SP tlog-tiles v0.1.0): up to 256 hashes, level 0 the leaves', each level above the roots of the full tiles below;
/// or the entries under one tile of level 0.
/// </summary>
/// <param name="Level">0 to 63; <see cref="EntriesLevel"/> for a bundle of entries.</param>
/// <param name="Width">1 to 256 hashes.</param>
public readonly record struct Tile(int Level, long Number, int Width)
{
    public const int FullWidth = 256;
    public const int EntriesLevel = -1;

    /// <summary>Tiles of eight levels of the tree each.</summary>
    internal const int Height = 8;

    private const int MaxLevel = 63;

    public bool IsFull => Width == FullWidth;

    public bool IsEntries => Level == EntriesLevel;

    /// <summary>How many leaves the log must have for this tile.</summary>
    public long LeavesNeeded
    {
        get
        {
            var hashes = (UInt128)Number * FullWidth + (UInt128)Width;
            for (var level = 0; level < Level && hashes < long.MaxValue; level++) hashes *= FullWidth;
            return hashes > long.MaxValue ? long.MaxValue : (long)hashes;
        }
    }

    /// <summary>The path under <c>tile/</c>, such as <c>0/x001/234</c> or <c>entries/067.p/12</c>.</summary>
    public string Path
    {
        get
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"{Number % 1000:000}");
            for (var rest = Number / 1000; rest > 0; rest /= 1000) path = string.Create(CultureInfo.InvariantCulture, $"x{rest % 1000:000}/{path}");
            var level = IsEntries ? "entries" : Level.ToString(CultureInfo.InvariantCulture);
            return IsFull ? $"{level}/{path}" : string.Create(CultureInfo.InvariantCulture, $"{level}/{path}.p/{Width}");
        }
    }

    /// <summary>Reads a path under <c>tile/</c>; only its one right spelling.</summary>
    public static Tile? Parse(string path)
    {
        var parts = path.Split('/');
        if (parts.Length is < 2 or > 9) return null;
        var level = parts[0] == "entries" ? EntriesLevel : Number(parts[0]) is { } l and <= MaxLevel ? (int)l : -2;
        var width = (long?)FullWidth;
        if (parts.Length > 2 && parts[^2].EndsWith(".p", StringComparison.Ordinal))
        {
            width = Number(parts[^1]) is { } w and > 0 and < FullWidth ? w : null;
            parts = [.. parts[..^2], parts[^2][..^2]];
        }

        var digits = new StringBuilder();
        foreach (var (i, part) in parts.Index().Skip(1)) digits.Append(i < parts.Length - 1 && part.StartsWith('x') ? part[1..] : part);
        if (level == -2 || width is null || !long.TryParse(digits.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return null;
        var tile = new Tile(level, number, (int)width.Value);
        return tile.Path == path ? tile : null;

        static long? Number(string text) => Checkpoint.ParseSize(text);
    }

    /// <summary>The tile that holds the hashes under a subtree, as narrow as it may be.</summary>
    internal static Tile Of(Subtree subtree)
    {
        var (level, height) = (subtree.Level / Height, subtree.Level % Height);
        var number = subtree.Index >> (Height - height);
        var place = (int)(subtree.Index & ((1 << (Height - height)) - 1));
        return new(level, number, (place + 1) << height);
    }

    /// <summary>The root of a subtree out of the bytes of a tile at least as wide as <see cref="Of"/> says.</summary>
    internal static byte[] HashOf(Subtree subtree, ReadOnlySpan<byte> tile)
    {
        var height = subtree.Level % Height;
        var place = (int)(subtree.Index & ((1 << (Height - height)) - 1));
        return MerkleTree.Fold(tile.Slice((place << height) * MerkleTree.HashSize, MerkleTree.HashSize << height));
    }
}
