using System.Buffers;
using System.Buffers.Text;

namespace ClusterNet.Credentials;

/// <summary>Bytes as text that says its own alphabet (W3C Controlled Identifiers 1.0, section 2.4): base58btc (z) and base64url without padding (u).</summary>
internal static class Multibase
{
    /// <summary>Keys and signatures are far shorter, and decoding base58 takes the square of the length.</summary>
    private const int MaxBase58 = 512;

    public static string Base58(ReadOnlySpan<byte> bytes) => $"z{SimpleBase.Base58.Bitcoin.Encode(bytes)}";

    /// <returns>null for what is no base58btc.</returns>
    public static byte[]? FromBase58(string text)
    {
        if (text.Length is < 2 or > MaxBase58 || text[0] != 'z' || text.AsSpan(1).IndexOfAnyExcept(Letters) >= 0) return null;
        var bytes = new byte[text.Length];
        return SimpleBase.Base58.Bitcoin.TryDecode(text.AsSpan(1), bytes, out var written) ? bytes[..written] : null;
    }

    public static string Base64(ReadOnlySpan<byte> bytes) => $"u{Base64Url.EncodeToString(bytes)}";

    /// <returns>null for anything that <see cref="Base64"/> would not write: padding, spaces, bits left over.</returns>
    public static byte[]? FromBase64(string text) => text.StartsWith('u') ? FromBase64Url(text.AsSpan(1)) : null;

    /// <summary>The spelling of JWS (RFC 7515 section 2), of which every byte string has exactly one.</summary>
    public static byte[]? FromBase64Url(ReadOnlySpan<char> text)
    {
        if (text.IndexOfAnyExcept(Alphabet) >= 0 || text.Length % 4 == 1) return null;
        var bytes = new byte[text.Length / 4 * 3 + 2];
        if (Base64Url.DecodeFromChars(text, bytes, out _, out var written) != OperationStatus.Done) return null;
        return text.SequenceEqual(Base64Url.EncodeToString(bytes.AsSpan(0, written))) ? bytes[..written] : null;
    }

    /// <summary>Base58 without what looks alike. The decoder takes no other letter, but it also throws at those beyond ASCII.</summary>
    private static readonly SearchValues<char> Letters = SearchValues.Create("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz");

    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");
}
