using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClusterNet.Ledger;
using ClusterNet.Privacy;

namespace ClusterNet.EventStore;

/// <summary>Between facts and stored rows: JSON, envelopes of personal members, upcasting.</summary>
internal sealed class EventCodec(EventTypes types, KeyRing keys)
{
    private static readonly Dictionary<KeyName, byte[]> NoKeys = [];

    public EventTypes Types => types;

    /// <summary>Encodes facts for one stream; keys that are missing are made first.</summary>
    public async ValueTask<EncodedEvent[]> Encode(Guid stream, IReadOnlyList<object> facts, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var known = await KeysFor(stream, facts, ct);
        var encoded = new EncodedEvent[facts.Count];
        for (var i = 0; i < encoded.Length; i++)
        {
            var type = types.Of(facts[i].GetType());
            var id = Guid.CreateVersion7(now);
            var envelopes = type.Personal.Count == 0 ? [] : Seal(type, facts[i], stream, id, known);
            encoded[i] = new(id, type, JsonSerializer.SerializeToUtf8Bytes(facts[i], type.Info), envelopes);
        }

        return encoded;
    }

    /// <summary>The names of all keys that <paramref name="facts"/> need.</summary>
    public IEnumerable<KeyName> KeysOf(Guid stream, IEnumerable<object> facts) =>
        from fact in facts
        from member in types.Of(fact.GetType()).Personal
        where member.ValueOf(fact).IsKnown
        select new KeyName(member.SubjectOf(fact, stream), member.KeyClass);

    /// <summary>Facts as a later read will show them: what is said of an erased person is not kept, so it must not stand in a read row either.</summary>
    public async ValueTask<IReadOnlyList<object>> Storable(Guid stream, IReadOnlyList<object> facts, CancellationToken ct)
    {
        var known = await KeysFor(stream, facts, ct);
        return KeysOf(stream, facts).All(known.ContainsKey) ? facts : [.. facts.Select(f => Storable(stream, f, known))];
    }

    /// <summary>Turns stored rows into facts. Keys that are gone leave erased members.</summary>
    public async ValueTask<List<Recorded>> Decode(IReadOnlyList<StoredRow> rows, IReadOnlyList<StoredEnvelope> envelopes, CancellationToken ct)
    {
        var opened = envelopes.Count == 0 ? null : await Open(envelopes, ct);
        var events = new List<Recorded>(rows.Count);
        foreach (var row in rows)
            events.Add(new(row.Stream, row.Version, row.Id, row.At, row.SeqId, row.Type, row.Metadata, Fact(row, opened)));
        return events;
    }

    /// <summary>The same for a replay: personal values know the envelope that they came from. Without keys all of them are erased.</summary>
    public async ValueTask<List<Recorded>> Replayed(
        IReadOnlyList<StoredRow> rows, IReadOnlyList<StoredEnvelope> envelopes, bool keyless, CancellationToken ct)
    {
        var events = await Decode(rows, keyless ? [] : envelopes, ct);
        if (envelopes.Count == 0) return events;
        var of = envelopes.ToLookup(e => e.EventId);
        foreach (var recorded in events)
            if (recorded.Fact is not ForeignFact && types.Of(recorded.Fact.GetType()) is { Personal.Count: > 0 } type) Originate(type, recorded, of[recorded.Id]);
        return events;
    }

    /// <summary>By person and class alone, known or not: which members an envelope holds cannot be told once it is closed for good.</summary>
    private static void Originate(EventType type, Recorded recorded, IEnumerable<StoredEnvelope> envelopes)
    {
        foreach (var envelope in envelopes)
        {
            if (envelope.Ct is null) continue;
            var origin = Convert.ToHexStringLower(envelope.Ct);
            foreach (var member in type.Personal)
            {
                if (member.KeyClass == envelope.Key.Class && member.SubjectOf(recorded.Fact, recorded.Stream) == envelope.Key.Subject)
                    member.Originate(recorded.Fact, origin);
            }
        }
    }

    private object Storable(Guid stream, object fact, IReadOnlyDictionary<KeyName, byte[]> known)
    {
        var type = types.Of(fact.GetType());
        var json = JsonSerializer.SerializeToNode(fact, type.Info)!.AsObject(); // our events are JSON objects
        foreach (var member in type.Personal.Where(m => m.ValueOf(fact).IsKnown && known.ContainsKey(new(m.SubjectOf(fact, stream), m.KeyClass))))
            json[member.Name] = JsonSerializer.SerializeToNode(member.ValueOf(fact).Value, types.Json.GetTypeInfo(member.ValueType));
        return json.Deserialize(type.Info)!; // as above
    }

    private async ValueTask<IReadOnlyDictionary<KeyName, byte[]>> KeysFor(Guid stream, IReadOnlyList<object> facts, CancellationToken ct)
    {
        var personal = false;
        for (var i = 0; i < facts.Count; i++) personal |= types.Of(facts[i].GetType()).Personal.Count > 0;
        if (!personal) return NoKeys;
        var names = KeysOf(stream, facts).ToHashSet();
        return names.Count == 0 ? NoKeys : await keys.FindOrMake(names, ct);
    }

    private List<Envelope> Seal(EventType type, object fact, Guid stream, Guid id, IReadOnlyDictionary<KeyName, byte[]> known)
    {
        var envelopes = new List<Envelope>(1);
        foreach (var group in type.Personal.Where(m => m.ValueOf(fact).IsKnown).GroupBy(m => new KeyName(m.SubjectOf(fact, stream), m.KeyClass)))
        {
            // An erased person gets no key: what is said about such a person later is not kept.
            if (!known.TryGetValue(group.Key, out var key)) continue;
            var plain = new ArrayBufferWriter<byte>();
            using (var writer = new Utf8JsonWriter(plain))
            {
                writer.WriteStartObject();
                foreach (var member in group)
                {
                    writer.WritePropertyName(member.Name);
                    JsonSerializer.Serialize(writer, member.ValueOf(fact).Value, types.Json.GetTypeInfo(member.ValueType));
                }

                writer.WriteEndObject();
            }

            envelopes.Add(Envelope.Seal(id, group.Key.Subject, group.Key.Class, key, plain.WrittenSpan));
        }

        return envelopes;
    }

    private async ValueTask<Dictionary<Guid, List<byte[]>>> Open(IReadOnlyList<StoredEnvelope> envelopes, CancellationToken ct)
    {
        var known = await keys.Find(envelopes.Select(e => e.Key).ToHashSet(), ct);
        var opened = new Dictionary<Guid, List<byte[]>>();
        foreach (var envelope in envelopes)
        {
            if (envelope.Sealed is null || !known.TryGetValue(envelope.Key, out var key)) continue;
            if (!opened.TryGetValue(envelope.EventId, out var parts)) opened[envelope.EventId] = parts = [];
            parts.Add(envelope.Open(key));
        }

        return opened;
    }

    private object Fact(StoredRow row, Dictionary<Guid, List<byte[]>>? opened)
    {
        var ours = row.Metadata.Module is not null;
        if (types.Find(row.Type) is not { } type || row.Metadata.Schema > type.Schema)
        {
            return ours
                ? throw new UnknownEventException(row.Type, row.Metadata.Schema, row.Stream, row.Version)
                : new ForeignFact(row.Type, Encoding.UTF8.GetString(row.Data));
        }

        var data = opened is not null && opened.TryGetValue(row.Id, out var parts) ? Merge(row.Data, parts) : row.Data;
        if (row.Metadata.Schema != EventMetadata.UnknownSchema && row.Metadata.Schema < type.Schema) data = Upcast(type, row, data);
        if (ours) return JsonSerializer.Deserialize(data, type.Info)!; // what we store is a JSON object, never null
        try
        {
            return JsonSerializer.Deserialize(data, type.ForeignInfo) ?? new ForeignFact(row.Type, Encoding.UTF8.GetString(row.Data));
        }
        catch (JsonException)
        {
            return new ForeignFact(row.Type, Encoding.UTF8.GetString(row.Data));
        }
    }

    private byte[] Upcast(EventType type, StoredRow row, byte[] data)
    {
        var json = JsonNode.Parse(data)!.AsObject(); // our events are JSON objects
        for (var schema = row.Metadata.Schema; schema < type.Schema; schema++)
        {
            if (!types.Upcasters.TryGetValue((type.Name, schema), out var upcaster))
                throw new UnknownEventException(type.Name, schema, row.Stream, row.Version);
            json = upcaster.Up(json);
        }

        return JsonSerializer.SerializeToUtf8Bytes(json);
    }

    /// <summary>Puts the members of opened envelopes beside the stored ones: both are JSON objects with different member names.</summary>
    private static byte[] Merge(byte[] data, List<byte[]> parts)
    {
        var length = data.Length + parts.Sum(p => p.Length - 1);
        var merged = new byte[data.Length == 2 ? length - 1 : length]; // jsonb writes the empty object as {}
        data.AsSpan(0, data.Length - 1).CopyTo(merged);
        var at = data.Length - 1;
        foreach (var part in parts)
        {
            if (at > 1) merged[at++] = (byte)',';
            part.AsSpan(1, part.Length - 2).CopyTo(merged.AsSpan(at));
            at += part.Length - 2;
        }

        merged[at] = (byte)'}';
        return merged;
    }
}

internal sealed record EncodedEvent(Guid Id, EventType Type, byte[] Data, IReadOnlyList<Envelope> Envelopes);

internal sealed record StoredRow(long SeqId, Guid Id, Guid Stream, long Version, byte[] Data, string Type, DateTimeOffset At, EventMetadata Metadata);

/// <param name="Ct">Asked for by replays only.</param>
internal sealed record StoredEnvelope(Guid EventId, KeyName Key, byte[]? Sealed, byte[]? Ct = null)
{
    /// <exception cref="LogDamagedException">Its key is there and does not open it: what was changed must never look like what was erased.</exception>
    public byte[] Open(byte[] key) => (Sealed is null ? null : Envelope.Open(Sealed, EventId, Key.Class, key))
        ?? throw new LogDamagedException($"The envelope of event {EventId:D} does not open with its key: it was changed.");
}

/// <summary>A stored event claims to be ours but this program does not know its type or schema: reading stops, nothing is skipped.</summary>
public sealed class UnknownEventException(string type, int schema, Guid stream, long version) : Exception(
    $"Event {version} of stream {stream} is {type} schema {schema}, which this program does not know. Run the program version that wrote it, or a newer one.");
