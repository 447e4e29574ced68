using ClusterNet.EventStore;
using ClusterNet.Tlog;

namespace ClusterNet.Ledger;

/// <summary>How the log stands: for those who watch it, and for the page in plain words.</summary>
public sealed class LogStatus(Database database, SignedLog log, LogPolicies policies, LogWitnesses witnesses, CheckpointPublisher publisher, TimeProvider clock)
{
    /// <summary>After this time without enough cosignatures an alarm is raised (events keep flowing, proofs wait).</summary>
    private static readonly TimeSpan QuorumPatience = TimeSpan.FromSeconds(60);

    /// <summary>Events that wait longer than this for their place need somebody's eyes too.</summary>
    private static readonly TimeSpan SealPatience = TimeSpan.FromSeconds(30);

    public async Task<LogState> Read(CancellationToken ct)
    {
        var open = await log.Open(ct);
        var policy = policies.Of(open.Verifier);
        await using var batch = database.Source.CreateBatch();
        batch.BatchCommands.Add(new("""
            select s.size, s.published, (select count(*) from ledger.pending), c.size, c.signed_at, p.note, p.signed_at,
                (select min(signed_at) from ledger.checkpoint where size > s.published), (select follows from ledger.log order by number desc limit 1),
                (select e.timestamp from events.mt_events e where e.seq_id = (select min(seq_id) from ledger.pending)),
                array(select line from ledger.cosignature k where k.size = s.published order by witness)
            from ledger.state s left join (select * from ledger.checkpoint order by size desc limit 1) c on true left join ledger.checkpoint p on p.size = s.published
            """));
        batch.BatchCommands.Add(new("""
            select w.name, l.size, l.at, l.line, l.note from ledger.witness w cross join lateral (
                select k.size, k.at, k.line, c.note from ledger.cosignature k join ledger.checkpoint c using (size) where k.witness = w.name order by k.size desc limit 1) l
            """));
        await using var reader = await batch.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct)) throw LogDamagedException.NoState;
        DateTimeOffset? Instant(int i) => reader.IsDBNull(i) ? null : reader.GetFieldValue<DateTimeOffset>(i);
        var published = reader.IsDBNull(5) ? null : SignedNote.Parse(reader.GetString(5));
        var state = new LogState(
            open.Verifier.Name, open.Verifier.ToString(), reader.GetInt64(0), reader.GetInt64(2), reader.IsDBNull(3) ? 0 : reader.GetInt64(3), Instant(4),
            published is null ? null : LogWitnesses.With(published, reader.GetFieldValue<string[]>(10)), Instant(6), policy.Quorum, [], null,
            reader.IsDBNull(8) ? null : reader.GetString(8));
        var alarm = publisher.Halted ?? Overdue(policy, Instant(7), Instant(9));
        await reader.NextResultAsync(ct);
        var cosigned = new Dictionary<string, (long Size, DateTimeOffset At, string Line, string Note)>();
        while (await reader.ReadAsync(ct)) cosigned[reader.GetString(0)] = (reader.GetInt64(1), reader.GetFieldValue<DateTimeOffset>(2), reader.GetString(3), reader.GetString(4));
        return state with { Alarm = alarm, Witnesses = [.. policy.Witnesses.Select(Standing)] };

        WitnessStanding Standing(LogPolicy.Witness w)
        {
            // What the table says counts only if it verifies.
            var real = cosigned.TryGetValue(w.Name, out var last) && SignedNote.Parse(last.Note) is { } note && NoteSignature.Parse(last.Line.TrimEnd('\n')) is { } signature
                && Cosignature.IsValid(w.Key, note.Text, signature);
            return new(w.Name, w.Key.ToString(), real ? last.Size : null, real ? last.At : null, witnesses.Refusals.GetValueOrDefault(w.Name));
        }
    }

    private string? Overdue(LogPolicy policy, DateTimeOffset? unpublishedSince, DateTimeOffset? unsealedSince)
    {
        var now = clock.GetUtcNow();
        if (unsealedSince is { } sealing && now - sealing > SealPatience)
            return $"Events wait for their place since {sealing:yyyy-MM-dd HH:mm:ss} UTC: nothing is sealed. The server's own log says why.";
        return unpublishedSince is { } since && now - since > QuorumPatience
            ? $"No checkpoint has met the quorum {policy.Quorum} since {since:yyyy-MM-dd HH:mm:ss} UTC. Ask the witnesses' firms to look at them."
            : null;
    }
}

/// <summary>The log at one moment.</summary>
/// <param name="Size">Events sealed.</param>
/// <param name="Waiting">Events stored that wait for their place.</param>
/// <param name="Published">The checkpoint that everybody gets; null before the first.</param>
/// <param name="Quorum">The name of the rule in the policy that a checkpoint must meet.</param>
/// <param name="Alarm">What somebody must look after; null when all is well.</param>
/// <param name="Follows">The last checkpoint of the log that this one follows; null for a first log.</param>
public sealed record LogState(
    string Origin, string PublicKey, long Size, long Waiting, long SignedSize, DateTimeOffset? SignedAt, SignedNote? Published,
    DateTimeOffset? PublishedAt, string Quorum, IReadOnlyList<WitnessStanding> Witnesses, string? Alarm, string? Follows);

/// <summary>What a witness did last.</summary>
/// <param name="Size">The largest checkpoint that it cosigned; null for none.</param>
/// <param name="Problem">Why it did not cosign when it was asked last; null when it did.</param>
public sealed record WitnessStanding(string Name, string PublicKey, long? Size, DateTimeOffset? CosignedAt, string? Problem);
