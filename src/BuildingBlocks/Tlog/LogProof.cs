using System.Globalization;
using System.Text;

namespace ClusterNet.Tlog;

/// <summary>A proof that verifies without the log (C2SP tlog-proof v1, a draft: read and written here only): index, path, signed checkpoint.</summary>
public sealed record LogProof(long Index, IReadOnlyList<byte[]> Path, SignedNote Checkpoint)
{
    private const string Header = "c2sp.org/tlog-proof@v1";

    /// <returns>null for what is no such proof.</returns>
    public static LogProof? Parse(string text)
    {
        var end = text.IndexOf("\n\n", StringComparison.Ordinal);
        if (end < 0 || SignedNote.Parse(text[(end + 2)..]) is not { } note) return null;
        var lines = text[..end].Split('\n').AsSpan();
        if (lines[0] != Header) return null;
        lines = lines[1..];
        if (lines.Length > 0 && lines[0].StartsWith("extra ", StringComparison.Ordinal))
        {
            if (NoteBase64.Decode(lines[0].AsSpan(6)) is null) return null;
            lines = lines[1..];
        }

        if (lines.Length == 0 || lines.Length > 64 || !lines[0].StartsWith("index ", StringComparison.Ordinal)) return null;
        if (Tlog.Checkpoint.ParseSize(lines[0].AsSpan(6)) is not { } index) return null;
        var path = new List<byte[]>();
        foreach (var line in lines[1..])
        {
            if (NoteBase64.Hash(line) is not { } hash) return null;
            path.Add(hash);
        }

        return new(index, path, note);
    }

    /// <summary>Whether it shows that <paramref name="leafHash"/> is in the log that <paramref name="policy"/> trusts.</summary>
    /// <returns>null when it does; else what is wrong.</returns>
    public string? Fault(ReadOnlySpan<byte> leafHash, LogPolicy policy)
    {
        if (policy.FaultOf(Checkpoint) is { } fault) return fault;
        if (Tlog.Checkpoint.Parse(Checkpoint.Text) is not { } checkpoint) return "The note in the proof is no checkpoint.";
        return MerkleTree.IsIncluded(leafHash, Index, checkpoint.Size, Path, checkpoint.Root)
            ? null
            : $"The path does not lead from this entry at index {Index} to the root of the checkpoint with size {checkpoint.Size}.";
    }

    public override string ToString()
    {
        var text = new StringBuilder(Header).Append(CultureInfo.InvariantCulture, $"\nindex {Index}\n");
        foreach (var hash in Path) text.Append(Convert.ToBase64String(hash)).Append('\n');
        return text.Append('\n').Append(Checkpoint).ToString();
    }
}
