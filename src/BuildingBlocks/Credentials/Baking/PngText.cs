using System.IO.Compression;
using System.Text;

namespace ClusterNet.Credentials.Baking;

/// <summary>International text in a PNG file (ISO/IEC 15948, section 11.3.3.4).</summary>
internal static class PngText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Not compressed, in no language.</summary>
    public static PngChunk Write(string keyword, string text) => new(PngChunks.Text, (byte[])[.. Encoding.ASCII.GetBytes(keyword), 0, 0, 0, 0, 0, .. Strict.GetBytes(text)]);

    public static bool Has(PngChunk chunk, string keyword) =>
        chunk.Type == PngChunks.Text && chunk.Data.Length > keyword.Length && chunk.Data.Span[keyword.Length] == 0 && chunk.Data.Span[..keyword.Length].SequenceEqual(Encoding.ASCII.GetBytes(keyword));

    /// <returns>null for what is no such text, and for one that unpacks to more than a credential may be.</returns>
    public static string? Read(PngChunk chunk, string keyword, int maxBytes)
    {
        var rest = chunk.Data[(keyword.Length + 1)..];
        if (rest.Length < 4) return null;
        var (flag, method) = (rest.Span[0], rest.Span[1]);
        if (flag > 1 || (flag == 1 && method != 0)) return null;
        rest = rest[2..];
        for (var field = 0; field < 2; field++) // the language, and the keyword in it
        {
            var end = rest.Span.IndexOf((byte)0);
            if (end < 0) return null;
            rest = rest[(end + 1)..];
        }

        try
        {
            return (flag == 1 ? Unpacked(rest, maxBytes) : rest.Length > maxBytes ? null : rest.ToArray()) is { } bytes ? Strict.GetString(bytes) : null;
        }
        catch (Exception e) when (e is InvalidDataException or DecoderFallbackException)
        {
            return null;
        }
    }

    private static byte[]? Unpacked(ReadOnlyMemory<byte> packed, int maxBytes)
    {
        using var source = new MemoryStream(packed.ToArray());
        using var zlib = new ZLibStream(source, CompressionMode.Decompress);
        var bytes = new byte[maxBytes + 1];
        var read = zlib.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return read > maxBytes ? null : bytes[..read];
    }
}
