using System.Buffers.Binary;
using System.Text;

namespace ClusterNet.Credentials.Baking;

/// <summary>One part of a PNG file (ISO/IEC 15948, section 5.3).</summary>
internal readonly record struct PngChunk(string Type, ReadOnlyMemory<byte> Data);

/// <summary>The parts of a PNG file, read strictly: each checksum counts, and nothing is read beyond what the file says and holds.</summary>
internal static class PngChunks
{
    public const string Header = "IHDR", End = "IEND", Text = "iTXt";
    private const int MaxChunks = 4096;

    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(i => Enumerable.Range(0, 8).Aggregate((uint)i, (c, _) => (c & 1) == 1 ? 0xEDB88320 ^ (c >> 1) : c >> 1))];

    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public static bool LooksLike(ReadOnlySpan<byte> bytes) => bytes.StartsWith(Signature);

    /// <returns>null for what is no whole PNG file: a wrong checksum, a cut end, thousands of parts.</returns>
    public static List<PngChunk>? Read(ReadOnlyMemory<byte> png)
    {
        if (!LooksLike(png.Span)) return null;
        var chunks = new List<PngChunk>();
        for (var at = Signature.Length; png.Length - at >= 12;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(png.Span[at..]);
            if (length > png.Length - at - 12 || chunks.Count == MaxChunks) return null;
            var named = png.Slice(at + 4, 4 + (int)length);
            if (Crc(named.Span) != BinaryPrimitives.ReadUInt32BigEndian(png.Span[(at + 8 + (int)length)..])) return null;
            var type = Encoding.ASCII.GetString(named.Span[..4]);
            if (!type.All(char.IsAsciiLetter) || (chunks.Count == 0) != (type == Header)) return null;
            chunks.Add(new(type, named[4..]));
            if (type == End) return chunks;
            at += 12 + (int)length;
        }

        return null;
    }

    public static byte[] Write(IEnumerable<PngChunk> chunks)
    {
        using var png = new MemoryStream();
        png.Write(Signature);
        Span<byte> number = stackalloc byte[4];
        foreach (var chunk in chunks)
        {
            byte[] named = [.. Encoding.ASCII.GetBytes(chunk.Type), .. chunk.Data.Span];
            BinaryPrimitives.WriteInt32BigEndian(number, chunk.Data.Length);
            png.Write(number);
            png.Write(named);
            BinaryPrimitives.WriteUInt32BigEndian(number, Crc(named));
            png.Write(number);
        }

        return png.ToArray();
    }

    /// <summary>CRC-32 (ISO/IEC 15948, annex D).</summary>
    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes) crc = Table[(crc ^ b) & 0xFF] ^ (crc >> 8);
        return ~crc;
    }
}
