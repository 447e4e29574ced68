using System.Collections.Concurrent;
using ClusterNet.EventStore;
using ClusterNet.Tlog;
using Npgsql;

namespace ClusterNet.Ledger;

/// <summary>The log's tiles. Full ones never change and are kept in memory; a narrower one is the beginning of a wider one.</summary>
public sealed class LogTiles(Database database)
{
    private const int MaxCached = 4_096;
    private readonly ConcurrentDictionary<(int Level, long Number), byte[]> _full = new();

    /// <returns>The tile's hashes, 32 bytes each; null when the log is not that large.</returns>
    public async Task<byte[]?> Read(Tile tile, CancellationToken ct) => (await Read([tile], ct)).GetValueOrDefault(tile);

    /// <summary>Several in one query; those that the log does not have are missing.</summary>
    public async Task<Dictionary<Tile, byte[]>> Read(IReadOnlyCollection<Tile> tiles, CancellationToken ct)
    {
        var found = new Dictionary<Tile, byte[]>();
        var missing = new List<Tile>();
        foreach (var tile in tiles)
        {
            if (_full.TryGetValue((tile.Level, tile.Number), out var bytes)) found[tile] = Cut(bytes, tile);
            else missing.Add(tile);
        }

        if (missing.Count == 0) return found;
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        var read = await Read(connection, missing, ct);
        foreach (var tile in missing)
            if (read.TryGetValue((tile.Level, tile.Number), out var bytes) && bytes.Length >= tile.Width * MerkleTree.HashSize) found[tile] = Cut(bytes, tile);
        return found;
    }

    /// <summary>The right edge of the tree when it had <paramref name="size"/> leaves, as stored now.</summary>
    internal static async Task<TreeEdge> Edge(NpgsqlConnection connection, long size, CancellationToken ct)
    {
        var read = await ReadStored(connection, [.. TreeEdge.TilesOf(size).Where(t => t.Width > 0)], ct);
        return new(size, tile => read.TryGetValue((tile.Level, tile.Number), out var bytes) && bytes.Length >= tile.Width * MerkleTree.HashSize
            ? bytes
            : throw new LogDamagedException($"Tile {tile.Path} is missing or too short in ledger.tile; the log should have it."));
    }

    private async Task<Dictionary<(int, long), byte[]>> Read(NpgsqlConnection connection, IReadOnlyCollection<Tile> tiles, CancellationToken ct)
    {
        var read = await ReadStored(connection, tiles, ct);
        if (_full.Count > MaxCached) _full.Clear();
        foreach (var (key, bytes) in read)
            if (bytes.Length == Tile.FullWidth * MerkleTree.HashSize) _full[key] = bytes;
        return read;
    }

    private static async Task<Dictionary<(int, long), byte[]>> ReadStored(NpgsqlConnection connection, IReadOnlyCollection<Tile> tiles, CancellationToken ct)
    {
        await using var select = new NpgsqlCommand(
            "select t.level, t.n, t.bytes from ledger.tile t join unnest($1, $2) as w(level, n) on (t.level, t.n) = (w.level, w.n) order by t.width", connection);
        select.Parameters.Add(new() { Value = tiles.Select(t => t.Level).ToArray() });
        select.Parameters.Add(new() { Value = tiles.Select(t => t.Number).ToArray() });
        await using var reader = await select.ExecuteReaderAsync(ct);
        var read = new Dictionary<(int, long), byte[]>();
        // The widest comes last.
        while (await reader.ReadAsync(ct)) read[(reader.GetInt32(0), reader.GetInt64(1))] = reader.GetFieldValue<byte[]>(2);
        return read;
    }

    private static byte[] Cut(byte[] bytes, Tile tile) => bytes.Length == tile.Width * MerkleTree.HashSize ? bytes : bytes[..(tile.Width * MerkleTree.HashSize)];
}

/// <summary>What the database holds of the log contradicts what was sealed or signed: nothing more is signed.</summary>
public sealed class LogDamagedException(string message) : Exception(message)
{
    internal static LogDamagedException NoState => new("The row with the log's size and root is missing from ledger.state. Restore the database.");
}
