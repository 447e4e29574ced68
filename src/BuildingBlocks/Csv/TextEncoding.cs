using System.Text;

namespace ClusterNet.Csv;

/// <summary>
/// Which encoding a file is in. A byte order mark decides. Without one, a prefix that holds bytes no UTF-8 text has, and not one
/// well-formed UTF-8 sequence, is Windows-1252, which is what spreadsheets in Western Europe write. Everything else is read as UTF-8
/// with <see cref="Windows1252Fallback"/>: the first umlaut may stand megabytes behind a prefix of plain ASCII, and only then shows
/// what the file is.
/// </summary>
internal static class TextEncoding
{
    internal static readonly Encoding Windows1252 =
        CodePagesEncodingProvider.Instance.GetEncoding(1252) ?? throw new InvalidOperationException("The runtime lacks Windows-1252.");

    /// <returns>A decoder's encoding, its name to show, and how many bytes of byte order mark to leave out.</returns>
    internal static (Encoding Encoding, string Name, int MarkLength) Detect(ReadOnlySpan<byte> prefix, bool isWholeFile) => prefix switch
    {
        [0xEF, 0xBB, 0xBF, ..] => (Utf8(), "utf-8", 3),
        [0xFF, 0xFE, ..] => (Utf16(bigEndian: false), "utf-16", 2),
        [0xFE, 0xFF, ..] => (Utf16(bigEndian: true), "utf-16BE", 2),
        _ when IsWindows1252(prefix, isWholeFile) => (Windows1252, "windows-1252", 0),
        _ => (Utf8(), "utf-8", 0),
    };

    // One fallback a file: it counts.
    private static Encoding Utf8() => Encoding.GetEncoding("utf-8", EncoderFallback.ExceptionFallback, new Windows1252Fallback());

    // Half a surrogate pair becomes U+FFFF, no character, which the record guard reports as unreadable; U+FFFD would pass as text.
    private static Encoding Utf16(bool bigEndian) => Encoding.GetEncoding(
        bigEndian ? "utf-16BE" : "utf-16", EncoderFallback.ExceptionFallback, new DecoderReplacementFallback("\uFFFF"));

    private static bool IsWindows1252(ReadOnlySpan<byte> bytes, bool isWholeFile)
    {
        var broken = false;
        while (!bytes.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(bytes, out _, out var used);
            if (status == System.Buffers.OperationStatus.Done && used > 1)
                return false;
            // A sequence cut off by the end of the prefix says nothing.
            broken |= status == System.Buffers.OperationStatus.InvalidData
                || (status == System.Buffers.OperationStatus.NeedMoreData && isWholeFile);
            bytes = bytes[used..];
        }

        return broken;
    }
}

/// <summary>
/// Reads each run of bytes that is not UTF-8 as Windows-1252. In a Windows-1252 text an umlaut is nearly always followed by an ASCII
/// letter, so it cannot be mistaken for UTF-8; the rare pairs that can (<c>Ã¼</c>) come out as the one character they spell in UTF-8.
/// </summary>
internal sealed class Windows1252Fallback : DecoderFallback
{
    internal int Repaired { get; private set; }

    // The longest ill-formed run the UTF-8 decoder hands over is three bytes, a character each.
    public override int MaxCharCount => 4;

    public override DecoderFallbackBuffer CreateFallbackBuffer() => new Run(this);

    private sealed class Run(Windows1252Fallback owner) : DecoderFallbackBuffer
    {
        private string chars = "";
        private int next;

        public override int Remaining => chars.Length - next;

        public override bool Fallback(byte[] bytesUnknown, int index)
        {
            owner.Repaired++;
            (chars, next) = (TextEncoding.Windows1252.GetString(bytesUnknown), 0);
            return chars.Length > 0;
        }

        public override char GetNextChar() => next < chars.Length ? chars[next++] : '\0';

        public override bool MovePrevious() => next > 0 && next-- > 0;

        public override void Reset() => (chars, next) = ("", 0);
    }
}
