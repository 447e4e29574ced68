using System.Buffers.Binary;
using ClusterNet.EventStore;
using ClusterNet.Tlog;

namespace ClusterNet.Ledger;

/// <summary>The entries of the public log: for each event its commitment, and nothing of the event itself.</summary>
public sealed class LogEntries(Database database)
{
    private long _signed;

    /// <summary>Whether a checkpoint was signed that needs this tile: what is served for ever must not change any more.</summary>
    public async Task<bool> IsSigned(Tile tile, CancellationToken ct)
    {
        if (tile.LeavesNeeded <= Interlocked.Read(ref _signed)) return true;
        await using var select = database.Source.CreateCommand("select coalesce(max(size), 0) from ledger.checkpoint");
        var size = (long)(await select.ExecuteScalarAsync(ct))!; // coalesced
        Interlocked.Exchange(ref _signed, size);
        return tile.LeavesNeeded <= size;
    }

    /// <summary>A bundle (C2SP tlog-tiles, "Log entries"): each entry after its length in two bytes, big-endian.</summary>
    /// <returns>null when the log is not that large.</returns>
    public async Task<byte[]?> Read(Tile tile, CancellationToken ct)
    {
        await using var select = database.Source.CreateCommand("select commitment from ledger.leaf where position >= $1 and position < $2 order by position");
        select.Parameters.Add(new() { Value = tile.Number * Tile.FullWidth });
        select.Parameters.Add(new() { Value = (tile.Number * Tile.FullWidth) + tile.Width });
        await using var reader = await select.ExecuteReaderAsync(ct);
        var (bundle, count, length) = (new MemoryStream(), 0, new byte[2]);
        for (; await reader.ReadAsync(ct); count++)
        {
            var entry = EventSeal.Entry(reader.GetFieldValue<byte[]>(0));
            BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)entry.Length);
            bundle.Write(length);
            bundle.Write(entry);
        }

        return count == tile.Width ? bundle.ToArray() : null;
    }
}
