using System.Globalization;

namespace ClusterNet.Tlog;

/// <summary>A tree head: which log, how many leaves, which root (C2SP tlog-checkpoint v1.0.0).</summary>
/// <param name="Origin">The log's unique name.</param>
public sealed record Checkpoint(string Origin, long Size, byte[] Root)
{
    /// <summary>Reads the text of a note.</summary>
    /// <returns>null for what is no checkpoint.</returns>
    public static Checkpoint? Parse(string text)
    {
        if (!text.EndsWith('\n')) return null;
        var lines = text[..^1].Split('\n');
        if (lines.Length < 3 || lines.Any(l => l.Length == 0)) return null;
        return ParseSize(lines[1]) is { } size && NoteBase64.Hash(lines[2]) is { } root ? new(lines[0], size, root) : null;
    }

    /// <summary>Reads a note that <paramref name="log"/> signed.</summary>
    /// <returns>null for what is no checkpoint of this log, or not signed by it.</returns>
    public static (Checkpoint Checkpoint, SignedNote Note)? Open(string note, NoteVerifier log) =>
        SignedNote.Parse(note) is { } signed && signed.IsSignedBy(log) && Parse(signed.Text) is { } checkpoint && checkpoint.Origin == log.Name
            ? (checkpoint, signed)
            : null;

    /// <summary>The note's text.</summary>
    public string ToText() => string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Convert.ToBase64String(Root)}\n");

    /// <summary>A decimal number without sign or leading zeros that fits 63 bits.</summary>
    internal static long? ParseSize(ReadOnlySpan<char> text)
    {
        if (text.Length == 0 || (text.Length > 1 && text[0] == '0')) return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : null;
    }
}
