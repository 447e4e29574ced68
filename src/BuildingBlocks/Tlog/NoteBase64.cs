namespace ClusterNet.Tlog;

/// <summary>Standard base64 (RFC 4648 section 4) with its padding and without any space inside: what Go's decoder takes.</summary>
internal static class NoteBase64
{
    /// <returns>null for anything else.</returns>
    public static byte[]? Decode(ReadOnlySpan<char> text)
    {
        if (text.Length % 4 != 0 || text.IndexOfAnyExcept(Allowed) >= 0) return null;
        var bytes = new byte[text.Length / 4 * 3];
        return Convert.TryFromBase64Chars(text, bytes, out var written) ? bytes[..written] : null;
    }

    /// <summary>A SHA-256 hash in its one spelling.</summary>
    public static byte[]? Hash(ReadOnlySpan<char> text) =>
        Decode(text) is { Length: 32 } hash && text.SequenceEqual(Convert.ToBase64String(hash)) ? hash : null;

    private static readonly System.Buffers.SearchValues<char> Allowed =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=");
}
