using System.Buffers.Binary;
using System.Text;
using ClusterNet.Ledger;
using ClusterNet.Tlog;

namespace ClusterNet.Auditing;

/// <summary>Checks all of a public log as an outsider can: its entries give its tiles, and those the root that it signed.</summary>
/// <param name="policy">Whom to trust; null for the key that the log names itself.</param>
public sealed class PublicLogCheck(RemoteLog log, LogPolicy? policy, AuditFaults faults, IProgress<AuditStep> progress)
{
    private const int Ahead = 8;

    /// <returns>The checkpoint; null when there was none to check.</returns>
    public async Task<Checkpoint?> Run(CancellationToken ct)
    {
        var trusted = policy ?? await log.Policy(ct);
        var bytes = await log.Checkpoint(ct);
        if (SignedNote.Parse(bytes) is not { } note || Checkpoint.Parse(note.Text) is not { } checkpoint)
        {
            faults.Add("checkpoint", $"It is no checkpoint: {Encoding.UTF8.GetString(bytes.AsSpan(0, Math.Min(80, bytes.Length)))}");
            return null;
        }

        if (trusted.FaultOf(note) is { } fault) faults.Add("checkpoint", fault);
        if (await Rebuild(checkpoint, ct) is { } edge && !edge.Root().AsSpan().SequenceEqual(checkpoint.Root))
            faults.Add("checkpoint", $"The {checkpoint.Size} entries do not give the root that was signed.");
        return checkpoint;
    }

    private async Task<TreeEdge?> Rebuild(Checkpoint checkpoint, CancellationToken ct)
    {
        var edge = new TreeEdge();
        var full = new List<(Tile Tile, byte[] Bytes)>();
        await foreach (var (tile, entries, level) in Bundles(checkpoint.Size, ct))
        {
            if (entries is null) faults.Add($"tile/{tile.Path}", "The bundle of entries is missing or malformed.", tile.Number * Tile.FullWidth);
            if (level is null) faults.Add($"tile/{(tile with { Level = 0 }).Path}", "The tile is missing or has the wrong length.", tile.Number * Tile.FullWidth);
            if ((entries ?? level) is not { } hashes) return null;
            Compare(tile, entries, level);
            for (var i = 0; i < tile.Width; i++) edge.Append(hashes.AsSpan(i * MerkleTree.HashSize, MerkleTree.HashSize), (t, b) => full.Add((t, b)));
            foreach (var (upper, bytes) in full.Where(f => f.Tile.Level > 0)) await CompareUpper(upper, bytes, ct);
            full.Clear();
            progress.Report(new(edge.Size, checkpoint.Size));
        }

        foreach (var (upper, bytes) in edge.Partial().Where(t => t.Tile.Level > 0)) await CompareUpper(upper, bytes, ct);
        return edge;
    }

    private void Compare(Tile tile, byte[]? entries, byte[]? level)
    {
        if (entries is null || level is null) return;
        for (var i = 0; i < tile.Width; i++)
        {
            var at = i * MerkleTree.HashSize;
            if (entries.AsSpan(at, MerkleTree.HashSize).SequenceEqual(level.AsSpan(at, MerkleTree.HashSize))) continue;
            var position = (tile.Number * Tile.FullWidth) + i;
            faults.Add($"tile/{(tile with { Level = 0 }).Path}", $"Position {position}: the hash in the tile is not that of the entry in tile/{tile.Path}.", position);
        }
    }

    private async Task CompareUpper(Tile tile, byte[] computed, CancellationToken ct)
    {
        if (await log.Read(tile, ct) is not { } stored) faults.Add($"tile/{tile.Path}", "The tile is missing.");
        else if (!stored.AsSpan().SequenceEqual(computed)) faults.Add($"tile/{tile.Path}", "The tile does not hold the hashes of the tiles below it.");
    }

    /// <summary>The leaf hashes by the entries and by the tiles of level 0, read a little ahead.</summary>
    private async IAsyncEnumerable<(Tile Tile, byte[]? Entries, byte[]? Level)> Bundles(long size, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var reading = new Queue<Task<(Tile, byte[]?, byte[]?)>>();
        for (long first = 0; first < size || reading.Count > 0;)
        {
            for (; reading.Count < Ahead && first < size; first += Tile.FullWidth)
                reading.Enqueue(Read(new(Tile.EntriesLevel, first / Tile.FullWidth, (int)Math.Min(Tile.FullWidth, size - first)), ct));
            yield return await reading.Dequeue();
        }
    }

    private async Task<(Tile, byte[]?, byte[]?)> Read(Tile tile, CancellationToken ct)
    {
        var (entries, level) = (log.Read(tile, ct), log.Read(tile with { Level = 0 }, ct));
        var hashes = await entries is { } bundle ? Hashes(bundle, tile.Width) : null;
        return (tile, hashes, await level is { } bytes && bytes.Length == tile.Width * MerkleTree.HashSize ? bytes : null);
    }

    /// <summary>The leaf hashes of a bundle (C2SP tlog-tiles, "Log entries").</summary>
    /// <returns>null when it does not hold exactly that many entries.</returns>
    internal static byte[]? Hashes(ReadOnlySpan<byte> bundle, int count)
    {
        var hashes = new byte[count * MerkleTree.HashSize];
        for (var i = 0; i < count; i++)
        {
            if (bundle.Length < 2 || BinaryPrimitives.ReadUInt16BigEndian(bundle) is var length && bundle.Length < 2 + length) return null;
            MerkleTree.LeafHash(bundle.Slice(2, length)).CopyTo(hashes, i * MerkleTree.HashSize);
            bundle = bundle[(2 + length)..];
        }

        return bundle.IsEmpty ? hashes : null;
    }

    /// <summary>What an entry of a bundle commits to.</summary>
    /// <returns>null when it is not there, or is no entry of such a log.</returns>
    public static byte[]? Commitment(ReadOnlySpan<byte> bundle, int place)
    {
        for (var i = 0; bundle.Length >= 2; i++)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(bundle);
            if (bundle.Length < 2 + length) return null;
            var entry = bundle.Slice(2, length);
            if (i == place) return length > 32 && EventSeal.Entry(entry[^32..]).AsSpan().SequenceEqual(entry) ? entry[^32..].ToArray() : null;
            bundle = bundle[(2 + length)..];
        }

        return null;
    }
}
