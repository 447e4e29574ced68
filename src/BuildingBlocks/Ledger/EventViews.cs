using System.Text;
using System.Text.Json;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using Npgsql;

namespace ClusterNet.Ledger;

/// <summary>Events with everything that an auditor needs to check their seal: the header and salt behind the commitment, the data, the personal members.</summary>
public sealed class EventViews(Database database, KeyRing keys)
{
    private const string SealedSql = """
        select l.position, l.salt, l.commitment, l.leaf_hash, {0}
        from ledger.leaf l join events.mt_events e using (seq_id) where {1}
        """;

    /// <summary>One event; null when the log has none with this id (yet).</summary>
    public async Task<SealedEvent?> Find(Guid eventId, CancellationToken ct) => await Read("l.event_id = $1", ct, eventId) is [var found, ..] ? found : null;

    /// <summary>Events of one stream in order of versions, up to a version, as it was when the log ended at <paramref name="position"/>.</summary>
    public Task<IReadOnlyList<SealedEvent>> OfStream(Guid stream, long position, long version, long afterVersion, int limit, CancellationToken ct) =>
        Read("e.stream_id = $1 and l.position <= $2 and e.version <= $3 and e.version > $4 order by e.version limit $5", ct, stream, position, version, afterVersion, limit);

    /// <summary>The version that a stream has when the log ends at <paramref name="position"/>; 0 for none.</summary>
    public async Task<long> VersionAt(Guid stream, long position, CancellationToken ct)
    {
        await using var select = database.Source.CreateCommand(
            "select coalesce(max(e.version), 0) from events.mt_events e join ledger.leaf l using (seq_id) where e.stream_id = $1 and l.position <= $2");
        select.Parameters.Add(new() { Value = stream });
        select.Parameters.Add(new() { Value = position });
        return (long)(await select.ExecuteScalarAsync(ct))!; // coalesced
    }

    /// <summary>The personal members of events, opened where <paramref name="mayOpen"/> says so.</summary>
    public async Task<ILookup<Guid, PersonalPart>> Personal(
        IReadOnlyCollection<SealedEvent> events, Func<SealedEvent, Guid, bool> mayOpen, CancellationToken ct)
    {
        var byId = events.ToDictionary(e => e.Stored.Id);
        await using var select = database.Source.CreateCommand("select event_id, subject_id, key_class, envelope from privacy.envelope where event_id = any($1) order by 1, 2, 3");
        select.Parameters.Add(new() { Value = byId.Keys.ToArray() });
        List<StoredEnvelope> envelopes;
        await using (var reader = await select.ExecuteReaderAsync(ct)) envelopes = await NpgsqlEventStore.ReadEnvelopes(reader, ct);
        var known = await keys.Find(envelopes.Select(e => e.Key).ToHashSet(), ct);
        return envelopes.ToLookup(e => e.EventId, e => new PersonalPart(
            e.Key.Subject, e.Key.Class, Opened(e, known, mayOpen(byId[e.EventId], e.Key.Subject), out var state), state));
    }

    private static JsonElement? Opened(StoredEnvelope envelope, IReadOnlyDictionary<KeyName, byte[]> known, bool mayOpen, out PersonalState state)
    {
        state = PersonalState.Erased;
        if (envelope.Sealed is null || !known.TryGetValue(envelope.Key, out var key)) return null;
        state = PersonalState.Withheld;
        if (!mayOpen) return null;
        state = PersonalState.Readable;
        using var parsed = JsonDocument.Parse(envelope.Open(key));
        return parsed.RootElement.Clone();
    }

    private async Task<IReadOnlyList<SealedEvent>> Read(string where, CancellationToken ct, params object[] values)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        var leaves = new List<(long Position, byte[]? Salt, byte[] Commitment, byte[] LeafHash, StoredEvent Event)>();
        await using (var select = new NpgsqlCommand(string.Format(null, CompositeFormat.Parse(SealedSql), StoredEvents.Columns, where), connection))
        {
            foreach (var value in values) select.Parameters.Add(new() { Value = value });
            await using var reader = await select.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                leaves.Add((
                    reader.GetInt64(0), reader.IsDBNull(1) ? null : reader.GetFieldValue<byte[]>(1), reader.GetFieldValue<byte[]>(2),
                    reader.GetFieldValue<byte[]>(3), StoredEvents.ReadOne(reader, 4)));
            }
        }

        var events = await StoredEvents.WithEnvelopes(connection, [.. leaves.Select(l => l.Event)], ct);
        return [.. leaves.Zip(events, (l, e) => new SealedEvent(l.Position, l.Salt, l.Commitment, l.LeafHash, e))];
    }
}

/// <summary>A stored event with its place in the log.</summary>
/// <param name="Salt">null when somebody removed it: then <see cref="Fault"/> says so.</param>
public sealed record SealedEvent(long Position, byte[]? Salt, byte[] Commitment, byte[] LeafHash, StoredEvent Stored)
{
    /// <summary>What the commitment commits to (<see cref="EventSeal"/>).</summary>
    public string Header => Encoding.UTF8.GetString(EventSeal.Header(Stored));

    public EventMetadata Metadata => EventMetadata.From(Stored.Headers, Stored.UserName, Stored.CorrelationId, Stored.CausationId);

    /// <summary>What is wrong with its seal; null when event, salt, commitment and leaf belong together.</summary>
    public string? Fault => Ledger.Sealed.Fault(new(Position, Stored.Id, Salt, Commitment, LeafHash, Stored), Position);

    public IEnumerable<Guid> Subjects => Stored.Envelopes.Select(e => e.Subject);
}

/// <summary>One person's members of an event.</summary>
/// <param name="Members">By their names; null unless readable.</param>
public sealed record PersonalPart(Guid Subject, string KeyClass, JsonElement? Members, PersonalState State);

/// <summary>Whether personal members can be shown.</summary>
public enum PersonalState
{
    /// <summary>They are shown.</summary>
    [System.Text.Json.Serialization.JsonStringEnumMemberName("readable")]
    Readable,

    /// <summary>They are not for this reader.</summary>
    [System.Text.Json.Serialization.JsonStringEnumMemberName("withheld")]
    Withheld,

    /// <summary>Their key is destroyed: nobody can read them.</summary>
    [System.Text.Json.Serialization.JsonStringEnumMemberName("erased")]
    Erased,
}
