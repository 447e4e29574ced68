using System.Numerics;
using System.Security.Cryptography;

namespace ClusterNet.Tlog;

/// <summary>Hashes and proofs of the Merkle tree of RFC 6962 section 2.1 (the same as RFC 9162 section 2.1).</summary>
public static class MerkleTree
{
    public const int HashSize = 32;

    /// <summary>The root of the tree without leaves: SHA-256 of nothing.</summary>
    public static byte[] EmptyRoot { get; } = SHA256.HashData([]);

    public static byte[] LeafHash(ReadOnlySpan<byte> entry)
    {
        Span<byte> prefixed = entry.Length < 256 ? stackalloc byte[1 + entry.Length] : new byte[1 + entry.Length];
        prefixed[0] = 0;
        entry.CopyTo(prefixed[1..]);
        return SHA256.HashData(prefixed);
    }

    public static byte[] NodeHash(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Span<byte> both = stackalloc byte[1 + (2 * HashSize)];
        both[0] = 1;
        left.CopyTo(both[1..]);
        right.CopyTo(both[(1 + HashSize)..]);
        return SHA256.HashData(both);
    }

    /// <summary>The root of a complete subtree over 2^n hashes that lie one after the other.</summary>
    public static byte[] Fold(ReadOnlySpan<byte> hashes)
    {
        if (hashes.Length == HashSize) return hashes.ToArray();
        var half = hashes.Length / 2;
        return NodeHash(Fold(hashes[..half]), Fold(hashes[half..]));
    }

    /// <summary>The root over leaf hashes; for tests and small trees.</summary>
    public static byte[] Root(IReadOnlyList<byte[]> leafHashes) =>
        leafHashes.Count == 0 ? EmptyRoot : RangeHash(new(0, leafHashes.Count), n => Fold([.. leafHashes.Skip((int)n.First).Take((int)n.Count).SelectMany(h => h)]));

    /// <summary>The complete subtrees that a range of leaves consists of, from left to right; the range begins at a multiple of its largest one.</summary>
    public static IEnumerable<Subtree> Subtrees(LeafRange range)
    {
        for (var first = range.Start; first < range.End;)
        {
            var level = BitOperations.Log2((ulong)(range.End - first));
            yield return new(level, first >> level);
            first += 1L << level;
        }
    }

    /// <summary>The hash of a range of leaves out of its complete subtrees.</summary>
    public static byte[] RangeHash(LeafRange range, Func<Subtree, byte[]> hashOf)
    {
        byte[]? hash = null;
        foreach (var subtree in Subtrees(range).Reverse()) hash = hash is null ? hashOf(subtree) : NodeHash(hashOf(subtree), hash);
        return hash ?? EmptyRoot;
    }

    /// <summary>What the inclusion proof of a leaf hashes, from its sibling up (RFC 6962 section 2.1.1).</summary>
    public static IReadOnlyList<LeafRange> InclusionProof(long index, long size)
    {
        if (index < 0 || index >= size) throw new ArgumentOutOfRangeException(nameof(index));
        var path = new List<LeafRange>();
        for (LeafRange tree = new(0, size); tree.Count > 1;)
        {
            var middle = tree.Start + Split(tree.Count);
            LeafRange left = new(tree.Start, middle), right = new(middle, tree.End);
            (tree, var sibling) = index < middle ? (left, right) : (right, left);
            path.Add(sibling);
        }

        path.Reverse();
        return path;
    }

    /// <summary>What the proof that a tree of <paramref name="from"/> leaves is the beginning of one of <paramref name="to"/> hashes (RFC 6962 section 2.1.2).</summary>
    public static IReadOnlyList<LeafRange> ConsistencyProof(long from, long to)
    {
        if (from < 0 || from > to) throw new ArgumentOutOfRangeException(nameof(from));
        var path = new List<LeafRange>();
        if (from == 0 || from == to) return path;
        LeafRange tree = new(0, to);
        while (tree.End != from)
        {
            var middle = tree.Start + Split(tree.Count);
            LeafRange left = new(tree.Start, middle), right = new(middle, tree.End);
            (tree, var sibling) = from <= middle ? (left, right) : (right, left);
            path.Add(sibling);
        }

        // The old tree is known to who asks when it is the left edge itself.
        if (tree.Start != 0) path.Add(tree);
        path.Reverse();
        return path;
    }

    /// <summary>RFC 9162 section 2.1.3.2.</summary>
    public static bool IsIncluded(ReadOnlySpan<byte> leafHash, long index, long size, IReadOnlyList<byte[]> proof, ReadOnlySpan<byte> root)
    {
        if (index < 0 || index >= size || proof.Any(h => h.Length != HashSize)) return false;
        var (fn, sn, hash) = (index, size - 1, leafHash.ToArray());
        foreach (var step in proof)
        {
            if (sn == 0) return false;
            if ((fn & 1) == 1 || fn == sn)
            {
                hash = NodeHash(step, hash);
                while ((fn & 1) == 0 && fn != 0) (fn, sn) = (fn >> 1, sn >> 1);
            }
            else
            {
                hash = NodeHash(hash, step);
            }

            (fn, sn) = (fn >> 1, sn >> 1);
        }

        return sn == 0 && root.SequenceEqual(hash);
    }

    /// <summary>RFC 9162 section 2.1.4.2; a tree without leaves is the beginning of every tree.</summary>
    public static bool IsConsistent(long from, ReadOnlySpan<byte> fromRoot, long to, ReadOnlySpan<byte> toRoot, IReadOnlyList<byte[]> proof)
    {
        if (from < 0 || from > to || proof.Any(h => h.Length != HashSize)) return false;
        if (from == to) return proof.Count == 0 && fromRoot.SequenceEqual(toRoot);
        if (from == 0) return proof.Count == 0 && fromRoot.SequenceEqual(EmptyRoot);
        var (fn, sn) = (from - 1, to - 1);
        while ((fn & 1) == 1) (fn, sn) = (fn >> 1, sn >> 1);
        var whole = BitOperations.IsPow2(from);
        if (!whole && proof.Count == 0) return false;
        var (old, now) = whole ? (fromRoot.ToArray(), fromRoot.ToArray()) : (proof[0], proof[0]);
        foreach (var step in whole ? proof : proof.Skip(1))
        {
            if (sn == 0) return false;
            if ((fn & 1) == 1 || fn == sn)
            {
                (old, now) = (NodeHash(step, old), NodeHash(step, now));
                while ((fn & 1) == 0 && fn != 0) (fn, sn) = (fn >> 1, sn >> 1);
            }
            else
            {
                now = NodeHash(now, step);
            }

            (fn, sn) = (fn >> 1, sn >> 1);
        }

        return sn == 0 && fromRoot.SequenceEqual(old) && toRoot.SequenceEqual(now);
    }

    /// <summary>The largest power of two below <paramref name="count"/>.</summary>
    private static long Split(long count) => 1L << BitOperations.Log2((ulong)(count - 1));
}

/// <summary>Leaves from <paramref name="Start"/> up to, not including, <paramref name="End"/>.</summary>
public readonly record struct LeafRange(long Start, long End)
{
    public long Count => End - Start;
}

/// <summary>A complete subtree: 2^level leaves, the <paramref name="Index"/>-th such group.</summary>
public readonly record struct Subtree(int Level, long Index)
{
    public long First => Index << Level;

    public long Count => 1L << Level;
}
