using ClusterNet.Ledger;

namespace ClusterNet.Access.Auditing;

/// <summary>Checks one event as an auditor's program does: its stored columns against its seal, and its seal against the published checkpoint.</summary>
internal sealed class EventCheck(EventViews views, LogProofs proofs, SignedLog log, LogPolicies policies)
{
    internal enum Verdict
    {
        Proven,
        Changed,
        Waiting,
        Unknown,
        Mistyped,
    }

    /// <param name="Fault">What does not fit, in words.</param>
    internal sealed record Result(Verdict Verdict, Guid Event, long? Position = null, long Size = 0, string? Fault = null);

    public async Task<Result> Of(string text, CancellationToken ct)
    {
        if (!Guid.TryParse(text.Trim(), out var id)) return new(Verdict.Mistyped, default);
        var proof = await proofs.OfEvent(id, ct);
        if (proof is not EventProof.Proven { Proof: var proven }) return new(proof is EventProof.Waiting ? Verdict.Waiting : Verdict.Unknown, id);
        var policy = policies.Of((await log.Open(ct)).Verifier);
        var size = Tlog.Checkpoint.Parse(proven.Checkpoint.Text)?.Size ?? 0;
        var fault = await views.Find(id, ct) is { } found
            ? found.Fault ?? proven.Fault(found.LeafHash, policy)
            : "The event itself is missing from the store.";
        return new(fault is null ? Verdict.Proven : Verdict.Changed, id, proven.Index, size, fault);
    }
}
