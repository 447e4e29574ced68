using System.Text;

namespace ClusterNet.Csv;

/// <summary>A byte stream as characters, a buffer at a time. It never reads further ahead than one buffer.</summary>
internal sealed class DecodedText
{
    internal const int BufferBytes = 16 * 1024;

    private readonly Stream stream;
    private readonly byte[] bytes = new byte[BufferBytes];
    private readonly Windows1252Fallback? fallback;
    private readonly Decoder decoder;
    private int at;
    private int end;
    private bool ended;

    private DecodedText(Stream stream, byte[] prefix, int length)
    {
        this.stream = stream;
        (bytes, end) = (prefix, length);
        (var encoding, EncodingName, at) = TextEncoding.Detect(prefix.AsSpan(0, length), isWholeFile: length < prefix.Length);
        fallback = encoding.DecoderFallback as Windows1252Fallback;
        decoder = encoding.GetDecoder();
    }

    internal string EncodingName { get; }

    /// <summary>How many runs of bytes were not UTF-8 and were read as Windows-1252, so far.</summary>
    internal int Repaired => fallback?.Repaired ?? 0;

    internal static async Task<DecodedText> OpenAsync(Stream stream, CancellationToken ct)
    {
        var prefix = new byte[BufferBytes];
        var length = await stream.ReadAtLeastAsync(prefix, prefix.Length, throwOnEndOfStream: false, ct);
        return new DecodedText(stream, prefix, length);
    }

    /// <returns>How many characters were written; 0 at the end.</returns>
    internal async ValueTask<int> ReadAsync(char[] chars, CancellationToken ct)
    {
        while (true)
        {
            if (at == end && !ended)
            {
                (at, end) = (0, await stream.ReadAsync(bytes, ct));
                ended = end == 0;
            }

            decoder.Convert(bytes.AsSpan(at, end - at), chars, flush: ended, out var bytesUsed, out var charsUsed, out var completed);
            at += bytesUsed;
            if (charsUsed > 0)
                return charsUsed;
            if (ended && completed)
                return 0;
        }
    }
}
