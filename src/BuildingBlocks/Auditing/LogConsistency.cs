using ClusterNet.Files;
using ClusterNet.Tlog;

namespace ClusterNet.Auditing;

/// <summary>
/// An outsider's memory of a log: one file with the last checkpoint verified. Whoever keeps it notices when the log is cut back or rewritten, even if
/// its operator signs everything again.
/// </summary>
/// <param name="policy">Whom to trust; null to trust on first use the key that the log names itself, and later the one that signed the file.</param>
public sealed class LogConsistency(RemoteLog log, string file, LogPolicy? policy)
{
    public async Task<ConsistencyOutcome> Check(CancellationToken ct)
    {
        var known = Known();
        var trusted = policy ?? await log.Policy(ct);
        if (known is not null && policy is null && !trusted.Logs.Any(l => known.Note.IsSignedBy(l.Key)))
            return new ConsistencyOutcome.Refused($"{log.Address} names another key than the one that signed the checkpoint in {file}.", null);
        var bytes = await log.Checkpoint(ct);
        if (SignedNote.Parse(bytes) is not { } note || Checkpoint.Parse(note.Text) is not { } now)
            return Refuse(known, System.Text.Encoding.UTF8.GetString(bytes), $"{log.Address}/checkpoint is no checkpoint.");
        if (await Fault(known, note, now, trusted, ct) is { } fault) return Refuse(known, note.ToString(), fault);
        WholeFile.Replace(file, note.ToString());
        return known is null
            ? new ConsistencyOutcome.First(now, policy is null)
            : new ConsistencyOutcome.Consistent(known.Checkpoint, now);
    }

    private async Task<string?> Fault(KnownCheckpoint? known, SignedNote note, Checkpoint now, LogPolicy trusted, CancellationToken ct)
    {
        if (trusted.FaultOf(note) is { } fault) return fault;
        if (known is null) return null;
        if (policy is null && !trusted.Logs.Any(l => l.Key.Name == now.Origin && note.IsSignedBy(l.Key) && known.Note.IsSignedBy(l.Key)))
            return $"The new checkpoint is not signed by the key that signed the one in {file}.";
        var old = known.Checkpoint;
        if (now.Origin != old.Origin) return $"The log is {now.Origin} now; it was {old.Origin} with {old.Size} entries. A log keeps its name unless its database was rolled back.";
        if (now.Size < old.Size) return $"The log has {now.Size} entries, but had signed {old.Size}: it was cut back.";
        if (now.Size == old.Size) return now.Root.AsSpan().SequenceEqual(old.Root) ? null : $"The log has signed two different roots for {now.Size} entries: it was rewritten.";
        return await Inconsistency(old, now, ct);
    }

    private async Task<string?> Inconsistency(Checkpoint old, Checkpoint now, CancellationToken ct)
    {
        try
        {
            var proof = await log.ConsistencyProof(old.Size, now.Size, ct);
            return MerkleTree.IsConsistent(old.Size, old.Root, now.Size, now.Root, proof)
                ? null
                : $"The {old.Size} entries signed before are not the beginning of the {now.Size} signed now: the log was rewritten, or its tiles are not those that it signed.";
        }
        catch (LogFaultException e)
        {
            return e.Message;
        }
    }

    private ConsistencyOutcome.Refused Refuse(KnownCheckpoint? known, string refused, string reason) =>
        new(reason, RefusedCheckpoints.Keep(file, refused, known?.Note.ToString()));

    private KnownCheckpoint? Known()
    {
        if (!File.Exists(file)) return null;
        if (SignedNote.Parse(File.ReadAllText(file)) is not { } note || Checkpoint.Parse(note.Text) is not { } checkpoint)
            throw new CannotAuditException($"{file} holds no checkpoint. Put the file of the last check back; without it the log is trusted from now on only.");
        if (policy is not null && !policy.Logs.Any(l => note.IsSignedBy(l.Key)))
            throw new CannotAuditException($"The checkpoint of {checkpoint.Origin} in {file} is not signed by a log that --policy or --vkey names. Give the key of that log, or another --state.");
        return new(note, checkpoint);
    }

    private sealed record KnownCheckpoint(SignedNote Note, Checkpoint Checkpoint);
}

/// <summary>What became of the check against the last checkpoint.</summary>
public abstract record ConsistencyOutcome
{
    /// <summary>There was none to compare with.</summary>
    public sealed record First(Checkpoint Now, bool OnFirstUse) : ConsistencyOutcome;

    public sealed record Consistent(Checkpoint Before, Checkpoint Now) : ConsistencyOutcome;

    /// <param name="Evidence">Where the refused checkpoint was kept.</param>
    public sealed record Refused(string Reason, string? Evidence) : ConsistencyOutcome;
}
