using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClusterNet.EventStore;
using ClusterNet.Ledger;

namespace ClusterNet.Privacy;

/// <summary>What the history holds about one person. Export, preview and erasure walk the same envelopes.</summary>
public sealed class SubjectData
{
    private const int PageSize = 500;
    private readonly Database _database;
    private readonly EventCodec _codec;
    private readonly LogPositions _positions;

    internal SubjectData(Database database, EventCodec codec, LogPositions positions) =>
        (_database, _codec, _positions) = (database, codec, positions);

    /// <summary>All envelopes of a person, opened or erased.</summary>
    public async Task<IReadOnlyList<HeldEnvelope>> Envelopes(Guid subject, CancellationToken ct)
    {
        await using var select = _database.Source.CreateCommand(
            "select e.id, e.stream_id, e.type, p.key_class, p.envelope is not null from privacy.envelope p " +
            "join events.mt_events e on e.id = p.event_id where p.subject_id = $1 order by e.seq_id, p.key_class");
        select.Parameters.Add(new() { Value = subject });
        await using var reader = await select.ExecuteReaderAsync(ct);
        var found = new List<HeldEnvelope>();
        while (await reader.ReadAsync(ct))
            found.Add(new(reader.GetGuid(0), reader.GetGuid(1), reader.GetString(2), reader.GetString(3), reader.GetBoolean(4)));
        return found;
    }

    /// <summary>Every event in which the person has personal members, acted, or is named, in the order in which they were stored.</summary>
    public async IAsyncEnumerable<SubjectEvent> Events(Guid subject, [EnumeratorCancellation] CancellationToken ct)
    {
        var concerned = await Concerned(subject, ct);
        foreach (var page in concerned.Chunk(PageSize))
        {
            var (rows, envelopes, others) = await Read(subject, page, ct);
            var positions = await _positions.Of(page, ct);
            foreach (var recorded in await _codec.Decode(rows, envelopes, ct))
            {
                long? position = positions.TryGetValue(recorded.SeqId, out var known) ? known : null;
                var withheld = others.Contains(recorded.Id) && recorded.Metadata.Actor == subject.ToString("D");
                yield return withheld ? new(recorded, position, null, []) { Withheld = true } : Of(recorded, subject, position);
            }
        }
    }

    private async Task<List<long>> Concerned(Guid subject, CancellationToken ct)
    {
        // Named anywhere: ids of persons are uuids, which nothing else in the data looks like.
        await using var select = _database.Source.CreateCommand("""
            select e.seq_id from events.mt_events e
            where e.id in (select event_id from privacy.envelope where subject_id = $1) or e.stream_id = $1
                or e.user_name = $2 or e.headers ->> 'on_behalf_of' = $2 or strpos(e.data::text, $2) > 0
            order by e.seq_id
            """);
        select.Parameters.Add(new() { Value = subject });
        select.Parameters.Add(new() { Value = subject.ToString("D") });
        await using var reader = await select.ExecuteReaderAsync(ct);
        var found = new List<long>();
        while (await reader.ReadAsync(ct)) found.Add(reader.GetInt64(0));
        return found;
    }

    /// <returns>Others: the events that hold personal members, and none of the person.</returns>
    private async Task<(List<StoredRow> Rows, List<StoredEnvelope> Envelopes, HashSet<Guid> Others)> Read(Guid subject, long[] page, CancellationToken ct)
    {
        await using var batch = _database.Source.CreateBatch();
        batch.BatchCommands.Add(Statement.Of(
            $"select {NpgsqlEventStore.RowColumns} from events.mt_events e where e.seq_id = any($1) order by e.seq_id", page).ToBatchCommand());
        batch.BatchCommands.Add(Statement.Of(
            "select p.event_id, p.subject_id, p.key_class, p.envelope from events.mt_events e join privacy.envelope p on p.event_id = e.id " +
            "where e.seq_id = any($1) and p.subject_id = $2", page, subject).ToBatchCommand());
        batch.BatchCommands.Add(Statement.Of(
            "select p.event_id from events.mt_events e join privacy.envelope p on p.event_id = e.id where e.seq_id = any($1) " +
            "group by p.event_id having bool_and(p.subject_id <> $2)", page, subject).ToBatchCommand());
        await using var reader = await batch.ExecuteReaderAsync(ct);
        var rows = new List<StoredRow>(page.Length);
        while (await reader.ReadAsync(ct)) rows.Add(NpgsqlEventStore.ReadRow(reader, 0));
        await reader.NextResultAsync(ct);
        var envelopes = await NpgsqlEventStore.ReadEnvelopes(reader, ct);
        await reader.NextResultAsync(ct);
        var others = new HashSet<Guid>();
        while (await reader.ReadAsync(ct)) others.Add(reader.GetGuid(0));
        return (rows, envelopes, others);
    }

    private SubjectEvent Of(Recorded recorded, Guid subject, long? position)
    {
        if (recorded.Fact is ForeignFact || _codec.Types.Find(recorded.StoredAs) is not { } type) return new(recorded, position, null, []);
        var data = JsonSerializer.SerializeToNode(recorded.Fact, type.Info) as JsonObject;
        return new(recorded, position, data, [.. type.Personal.Select(m => Member(m, recorded, subject))]);
    }

    private SubjectMember Member(PersonalMember member, Recorded recorded, Guid subject)
    {
        if (member.SubjectOf(recorded.Fact, recorded.Stream) != subject) return new(member.Name, member.KeyClass, MemberState.Withheld, null);
        var value = member.ValueOf(recorded.Fact);
        var contract = _codec.Types.Json.GetTypeInfo(member.ValueType);
        return value.IsKnown
            ? new(member.Name, member.KeyClass, MemberState.Known, JsonSerializer.SerializeToNode(value.Value, contract))
            : new(member.Name, member.KeyClass, MemberState.Erased, null);
    }
}

/// <summary>One envelope of a person.</summary>
/// <param name="Present">False when its ciphertext was forgotten; the two commitments stay.</param>
public sealed record HeldEnvelope(Guid EventId, Guid Stream, string Event, string KeyClass, bool Present);

/// <summary>An event that concerns a person.</summary>
/// <param name="Position">Null for the moment until it has one.</param>
/// <param name="Data">What stands in the clear, under the stored names; null for what another program wrote.</param>
/// <param name="Members">The personal members, the person's own and others'.</param>
public sealed record SubjectEvent(Recorded Event, long? Position, JsonObject? Data, IReadOnlyList<SubjectMember> Members)
{
    /// <summary>The person did it and it speaks of others only: that it happened is the person's to know, what it says is not.</summary>
    public bool Withheld { get; init; }
}

/// <summary>A personal member as the person may see it.</summary>
public sealed record SubjectMember(string Name, string KeyClass, MemberState State, JsonNode? Value);

/// <summary>Whether a person gets to see a personal member.</summary>
public enum MemberState
{
    Known,

    /// <summary>The person's key is gone.</summary>
    Erased,

    /// <summary>It belongs to somebody else, whose rights an export must not touch (Regulation (EU) 2016/679, Article 15(4)).</summary>
    Withheld,
}
