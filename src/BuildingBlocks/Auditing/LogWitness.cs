using System.Globalization;
using System.Text;
using ClusterNet.Tlog;

namespace ClusterNet.Auditing;

/// <summary>
/// A witness (C2SP tlog-witness v1.0.0): cosigns a checkpoint only if it continues the last one that it cosigned for that log. One request at a time;
/// what it cosigns is on the disk before it answers.
/// </summary>
/// <param name="logs">The keys of the logs that it knows; of one origin there may be several.</param>
public sealed class LogWitness(INoteSigner signer, IReadOnlyList<NoteVerifier> logs, WitnessState state, TimeProvider clock)
{
    private readonly Lock _one = new();

    public WitnessReply Add(ReadOnlySpan<byte> body)
    {
        if (WitnessRequest.Parse(body) is not { } request || Checkpoint.Parse(request.Checkpoint.Text) is not { } checkpoint)
            return new(400, "The request is not an old size, a proof and a checkpoint as C2SP tlog-witness has them.\n");
        var keys = logs.Where(k => k.Name == checkpoint.Origin).ToList();
        if (keys.Count == 0) return new(404, $"This witness does not know the log {checkpoint.Origin}.\n");
        if (keys.FirstOrDefault(request.Checkpoint.IsSignedBy) is not { } key) return new(403, "No signature of the checkpoint is by a key that this witness trusts.\n");
        if (request.OldSize > checkpoint.Size) return new(400, "The old size is above the checkpoint's.\n");
        lock (_one) return Decide(request, checkpoint, OnlySignedBy(key, request.Checkpoint));
    }

    private WitnessReply Decide(WitnessRequest request, Checkpoint checkpoint, SignedNote note)
    {
        var known = state.Of(checkpoint.Origin);
        var (size, root) = known is null ? (0, MerkleTree.EmptyRoot) : (known.Checkpoint.Size, known.Checkpoint.Root);
        var twoRoots = known is not null && size == checkpoint.Size && !root.AsSpan().SequenceEqual(checkpoint.Root);
        if (twoRoots) state.KeepRefused(note, known);
        if (request.OldSize != size) return new(409, string.Create(CultureInfo.InvariantCulture, $"{size}\n"), WitnessRequest.SizeType);
        if (twoRoots) return new(409, $"Another root of size {size} was cosigned.\n");
        if (!MerkleTree.IsConsistent(size, root, checkpoint.Size, checkpoint.Root, request.Proof))
        {
            state.KeepRefused(note, known);
            return new(422, "The consistency proof does not lead from the checkpoint cosigned last to this one.\n");
        }

        if (known is null || size != checkpoint.Size) state.Keep(checkpoint, note);
        return new(200, Cosignature.Sign(signer, note.Text, clock.GetUtcNow()).ToString());
    }

    /// <summary>Of all that was sent, only what the log signed is kept.</summary>
    private static SignedNote OnlySignedBy(NoteVerifier key, SignedNote note) =>
        note with { Signatures = [note.Signatures.First(s => (s.Name, s.KeyId) == (key.Name, key.KeyId))] };
}

/// <summary>An answer over HTTP.</summary>
public sealed record WitnessReply(int Status, string Body, string Type = "text/plain; charset=utf-8")
{
    public byte[] Bytes => Encoding.UTF8.GetBytes(Body);
}
