using System.Buffers.Binary;
using System.Text;

namespace ClusterNet.Tlog;

/// <summary>A text with signature lines (C2SP signed-note v1.0.0), read by the rules of Go's golang.org/x/mod/sumdb/note, which others verify with.</summary>
/// <param name="Text">Ends with a newline; what is signed.</param>
public sealed record SignedNote(string Text, IReadOnlyList<NoteSignature> Signatures)
{
    /// <summary>Larger notes are refused before they are looked into.</summary>
    public const int MaxSize = 1 << 20;

    private const int MaxSignatures = 100;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <returns>null for what is no well-formed note.</returns>
    public static SignedNote? Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaxSize || bytes.IndexOfAnyInRange((byte)0, (byte)9) >= 0 || bytes.IndexOfAnyInRange((byte)11, (byte)31) >= 0) return null;
        try
        {
            return Parse(Strict.GetString(bytes));
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    public static SignedNote? Parse(string note)
    {
        if (note.Any(c => c < ' ' && c != '\n')) return null;
        var split = note.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (split < 0 || split + 2 == note.Length || note[^1] != '\n') return null;
        var lines = note[(split + 2)..^1].Split('\n');
        if (lines.Length > MaxSignatures) return null;
        var signatures = lines.Select(NoteSignature.Parse).ToList();
        return signatures.Contains(null) ? null : new(note[..(split + 1)], [.. signatures.OfType<NoteSignature>()]);
    }

    /// <summary>Signs <paramref name="text"/>, which must end with a newline.</summary>
    public static SignedNote Sign(string text, params ReadOnlySpan<INoteSigner> signers)
    {
        if (!text.EndsWith('\n')) throw new ArgumentException("A note's text ends with a newline.", nameof(text));
        var signatures = new List<NoteSignature>();
        foreach (var signer in signers) signatures.Add(new(signer.Verifier.Name, signer.Verifier.KeyId, signer.Sign(Encoding.UTF8.GetBytes(text))));
        return new(text, signatures);
    }

    /// <summary>Whether the key signed this text. Of a key's several lines the first counts, as in Go.</summary>
    public bool IsSignedBy(NoteVerifier verifier) =>
        Signatures.FirstOrDefault(s => s.Name == verifier.Name && s.KeyId == verifier.KeyId) is { } signature
        && (verifier.Type == SignatureType.Cosignature
            ? Cosignature.IsValid(verifier, Text, signature)
            : Ed25519.Verify(verifier.PublicKey, Encoding.UTF8.GetBytes(Text), signature.Bytes));

    public override string ToString() => $"{Text}\n{string.Concat(Signatures.Select(s => s.ToString()))}";
}

/// <summary>One signature line.</summary>
/// <param name="Bytes">What follows the key id.</param>
public sealed record NoteSignature(string Name, uint KeyId, byte[] Bytes)
{
    private const string Dash = "— ";

    /// <returns>null for what is no signature line.</returns>
    public static NoteSignature? Parse(string line)
    {
        if (!line.StartsWith(Dash, StringComparison.Ordinal)) return null;
        var space = line.IndexOf(' ', Dash.Length);
        if (space < 0) return null;
        var (name, bytes) = (line[Dash.Length..space], NoteBase64.Decode(line.AsSpan(space + 1)));
        return NoteVerifier.IsName(name) && bytes is { Length: >= 5 } ? new(name, BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes[4..]) : null;
    }

    /// <summary>The line with its newline.</summary>
    public override string ToString()
    {
        var bytes = new byte[4 + Bytes.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, KeyId);
        Bytes.CopyTo(bytes, 4);
        return $"{Dash}{Name} {Convert.ToBase64String(bytes)}\n";
    }
}
