using ClusterNet.Tlog;
using Npgsql;

namespace ClusterNet.Ledger;

/// <summary>The second computation: seals stored events again from what the database holds now, by the code that auditors use.</summary>
internal static class Sealed
{
    private const int PageSize = 5_000;

    /// <summary>Whether the events and leaves after <paramref name="last"/> lead from its root to the one of <paramref name="next"/>.</summary>
    /// <exception cref="LogDamagedException">Names the first position that does not.</exception>
    public static async Task Check(NpgsqlConnection connection, Checkpoint? last, Checkpoint next, CancellationToken ct)
    {
        var edge = await LogTiles.Edge(connection, last?.Size ?? 0, ct);
        if (last is not null && !edge.Root().AsSpan().SequenceEqual(last.Root))
            throw new LogDamagedException($"The tiles of the first {last.Size} entries do not give the root that was signed.");
        while (edge.Size < next.Size)
        {
            var leaves = await Read(connection, edge.Size, Math.Min(next.Size, edge.Size + PageSize), ct);
            foreach (var leaf in leaves)
            {
                if (Fault(leaf, edge.Size) is { } fault) throw new LogDamagedException(fault);
                edge.Append(leaf.LeafHash);
            }

            if (leaves.Count == 0) throw new LogDamagedException($"The leaf at position {edge.Size} is missing.");
        }

        if (!edge.Root().AsSpan().SequenceEqual(next.Root)) throw new LogDamagedException($"The leaves of the first {next.Size} entries do not give the root in ledger.state.");
    }

    /// <summary>Leaves with their events, in order of positions, from <paramref name="from"/> up to, not including, <paramref name="to"/>.</summary>
    public static async Task<List<SealedLeaf>> Read(NpgsqlConnection connection, long from, long to, CancellationToken ct)
    {
        var leaves = new List<SealedLeaf>();
        await using (var select = new NpgsqlCommand($"""
            select l.position, l.event_id, l.salt, l.commitment, l.leaf_hash, {StoredEvents.Columns}
            from ledger.leaf l left join events.mt_events e using (seq_id) where l.position >= $1 and l.position < $2 order by l.position
            """, connection))
        {
            select.Parameters.Add(new() { Value = from });
            select.Parameters.Add(new() { Value = to });
            await using var reader = await select.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                leaves.Add(new(
                    reader.GetInt64(0), reader.GetGuid(1), reader.IsDBNull(2) ? null : reader.GetFieldValue<byte[]>(2), reader.GetFieldValue<byte[]>(3),
                    reader.GetFieldValue<byte[]>(4), reader.IsDBNull(5) ? null : StoredEvents.ReadOne(reader, 5)));
            }
        }

        var events = await StoredEvents.WithEnvelopes(connection, [.. leaves.Select(l => l.Event).OfType<StoredEvent>()], ct);
        var byId = events.ToDictionary(e => e.SeqId);
        return [.. leaves.Select(l => l.Event is null ? l : l with { Event = byId[l.Event.SeqId] })];
    }

    /// <summary>What is wrong with a leaf; null when its event, salt, commitment and hash belong together.</summary>
    /// <remarks>An event that is gone with its salt was removed. To delete events at the end of a retention will need an order of its own in the log.</remarks>
    public static string? Fault(SealedLeaf leaf, long position)
    {
        if (leaf.Position != position) return $"The leaf at position {position} is missing.";
        if (!EventSeal.LeafHash(leaf.Commitment).AsSpan().SequenceEqual(leaf.LeafHash)) return $"Position {position}: the leaf hash is not that of its commitment.";
        if (leaf is { Event: null, Salt: null }) return $"Position {position}: the event {leaf.EventId:D} is missing from events.mt_events, and its salt with it.";
        if (leaf.Event is not { } e) return $"Position {position}: the event {leaf.EventId:D} is missing from events.mt_events.";
        if (leaf.Salt is not { } salt) return $"Position {position}: the salt of event {leaf.EventId:D} is missing.";
        if (e.Id != leaf.EventId) return $"Position {position}: the event is {e.Id:D}, but {leaf.EventId:D} was sealed.";
        return EventSeal.Commitment(salt, EventSeal.Header(e)).AsSpan().SequenceEqual(leaf.Commitment)
            ? null
            : $"Position {position}: the event {e.Id:D} (version {e.Version} of stream {e.Stream:D}, {e.Type}), its salt or its envelopes were changed after they were sealed.";
    }
}

/// <summary>A leaf beside the event that it stands for, as both are stored now.</summary>
internal sealed record SealedLeaf(long Position, Guid EventId, byte[]? Salt, byte[] Commitment, byte[] LeafHash, StoredEvent? Event);
