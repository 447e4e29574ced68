using System.Globalization;
using System.Text;

namespace ClusterNet.Tlog;

/// <summary>What a log sends to a witness (C2SP tlog-witness v1.0.0, add-checkpoint): its last known size there, the consistency proof, the checkpoint.</summary>
public sealed record WitnessRequest(long OldSize, IReadOnlyList<byte[]> Proof, SignedNote Checkpoint)
{
    public const string Path = "/add-checkpoint";

    /// <summary>The type of a 409's body: the size that the witness knows, in decimal, and a newline.</summary>
    public const string SizeType = "text/x.tlog.size";

    private const int MaxProof = 63;

    /// <returns>null for what is no such request.</returns>
    public static WitnessRequest? Parse(ReadOnlySpan<byte> body)
    {
        var end = body.IndexOf("\n\n"u8);
        if (end < 0 || SignedNote.Parse(body[(end + 2)..]) is not { } note) return null;
        var lines = Encoding.UTF8.GetString(body[..end]).Split('\n');
        if (lines.Length > 1 + MaxProof || !lines[0].StartsWith("old ", StringComparison.Ordinal)) return null;
        if (Tlog.Checkpoint.ParseSize(lines[0].AsSpan(4)) is not { } size) return null;
        var proof = lines.Skip(1).Select(l => NoteBase64.Hash(l)).ToList();
        return proof.Contains(null) ? null : new(size, [.. proof.OfType<byte[]>()], note);
    }

    public override string ToString()
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"old {OldSize}\n");
        foreach (var hash in Proof) text.Append(Convert.ToBase64String(hash)).Append('\n');
        return text.Append('\n').Append(Checkpoint).ToString();
    }
}
