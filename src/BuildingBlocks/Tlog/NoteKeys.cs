using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ClusterNet.Tlog;

/// <summary>What a note's signature is (C2SP signed-note, "Signature types").</summary>
public enum SignatureType : byte
{
    /// <summary>Ed25519 over the note's text: a log signs so.</summary>
    Ed25519 = 0x01,

    /// <summary>Ed25519 over the text and a time (C2SP tlog-cosignature v1): a witness signs so.</summary>
    Cosignature = 0x04,
}

/// <summary>Who may sign: a key's name, its 32-bit id and the Ed25519 public key (a "vkey").</summary>
public sealed record NoteVerifier(string Name, uint KeyId, SignatureType Type, byte[] PublicKey)
{
    public static NoteVerifier Of(string name, SignatureType type, byte[] publicKey) => new(name, IdOf(name, type, publicKey), type, publicKey);

    /// <summary>Reads <c>name+hex id+base64(type || key)</c>.</summary>
    /// <returns>null for what is no key of one of the types, or whose id does not belong to it.</returns>
    public static NoteVerifier? Parse(string text)
    {
        var parts = text.Split('+', 3);
        if (parts.Length != 3 || !IsName(parts[0]) || parts[1].Length != 8) return null;
        if (!uint.TryParse(parts[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var id)) return null;
        if (NoteBase64.Decode(parts[2]) is not { Length: 1 + Ed25519.KeySize } bytes) return null;
        if ((SignatureType)bytes[0] is not (SignatureType.Ed25519 or SignatureType.Cosignature)) return null;
        var verifier = Of(parts[0], (SignatureType)bytes[0], bytes[1..]);
        return verifier.KeyId == id ? verifier : null;
    }

    /// <summary>Key names are not empty and hold neither spaces nor a plus sign (C2SP signed-note, "Format").</summary>
    public static bool IsName(string name) => name.Length > 0 && !name.Any(c => char.IsWhiteSpace(c) || c == '+');

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Name}+{KeyId:x8}+{Convert.ToBase64String([(byte)Type, .. PublicKey])}");

    internal static uint IdOf(string name, SignatureType type, byte[] publicKey) =>
        BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData([.. Encoding.UTF8.GetBytes(name), (byte)'\n', (byte)type, .. publicKey]));
}

/// <summary>Makes signature lines. Behind an interface, so that a key in a vault, or another algorithm's second line, can take its place.</summary>
public interface INoteSigner
{
    NoteVerifier Verifier { get; }

    /// <returns>The signature, without the key id.</returns>
    byte[] Sign(ReadOnlySpan<byte> text);
}

/// <summary>An Ed25519 key in memory.</summary>
public sealed class NoteSigner : INoteSigner
{
    private const string Prefix = "PRIVATE+KEY+";
    private readonly byte[] _seed;

    private NoteSigner(string name, SignatureType type, byte[] seed) =>
        (_seed, Verifier) = (seed, NoteVerifier.Of(name, type, Ed25519.PublicKey(seed)));

    public NoteVerifier Verifier { get; }

    public static NoteSigner Make(string name, SignatureType type) => new(name, type, RandomNumberGenerator.GetBytes(Ed25519.KeySize));

    /// <summary>Reads <c>PRIVATE+KEY+name+hex id+base64(type || seed)</c>.</summary>
    /// <returns>null for what is no such key.</returns>
    public static NoteSigner? Parse(string text)
    {
        if (!text.StartsWith(Prefix, StringComparison.Ordinal)) return null;
        var parts = text[Prefix.Length..].TrimEnd('\n').Split('+', 3);
        if (parts.Length != 3 || !NoteVerifier.IsName(parts[0]) || NoteBase64.Decode(parts[2]) is not { Length: 1 + Ed25519.KeySize } bytes) return null;
        var signer = new NoteSigner(parts[0], (SignatureType)bytes[0], bytes[1..]);
        return signer.Verifier.KeyId.ToString("x8", CultureInfo.InvariantCulture) == parts[1] ? signer : null;
    }

    /// <summary>The private key as text, for its file.</summary>
    public string Export() => string.Create(
        CultureInfo.InvariantCulture, $"{Prefix}{Verifier.Name}+{Verifier.KeyId:x8}+{Convert.ToBase64String([(byte)Verifier.Type, .. _seed])}\n");

    public byte[] Sign(ReadOnlySpan<byte> text) => Ed25519.Sign(_seed, text);
}
