using System.Buffers.Binary;

namespace ClusterNet.Files;

/// <summary>
/// Takes out of photos what cameras write beside the picture: where and when, by whom and with what it was taken, earlier versions, comments. What the picture
/// needs to look right stays: colours (ICC), and which side is up.
/// </summary>
public static class PhotoMetadata
{
    /// <summary>So much of the beginning tells whether it is a photo.</summary>
    public const int HeadLength = 12;

    private const int UprightOrientation = 1, MostOrientation = 8;
    private const ushort OrientationTag = 0x0112, Short = 3;

    private static ReadOnlySpan<byte> PngSignature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Whether metadata can be taken out of a file that begins so.</summary>
    public static bool Knows(ReadOnlySpan<byte> head) => head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) || head.StartsWith(PngSignature) || IsWebP(head);

    /// <summary>The photo without it. One that is cut off or damaged keeps what can be seen of it; what stands where nothing can be told is left out.</summary>
    public static byte[] Without(byte[] photo) => photo.AsSpan().StartsWith(PngSignature) ? OfPng(photo) : IsWebP(photo) ? OfWebP(photo) : OfJpeg(photo);

    /// <summary>ISO/IEC 10918-1, annex B: marker segments up to the end of the image; what stands between them or behind it is left out.</summary>
    private static byte[] OfJpeg(byte[] photo)
    {
        using var kept = new MemoryStream(photo.Length);
        kept.Write(photo, 0, 2);
        for (var at = 2; at + 2 <= photo.Length;)
        {
            var marker = photo[at + 1];
            // Readers of photos go on at the next marker.
            if (photo[at] != 0xFF || marker is 0 or 0xFF)
            {
                at++;
                continue;
            }

            if (marker == 0xD9) kept.Write(photo, at, 2);
            if (marker == 0xD9 || at + 4 > photo.Length) break;
            var segment = photo.AsSpan(at, Math.Clamp(2 + BinaryPrimitives.ReadUInt16BigEndian(photo.AsSpan(at + 2, 2)), 4, photo.Length - at));
            if (marker == 0xE1 && segment[4..].StartsWith("Exif\0\0"u8)) kept.Write(Upright(OrientationOf(segment[10..])));
            // APP0 (JFIF), APP2 (ICC) and APP14 (Adobe) say how colours are meant; all other APPn and COM speak about the photo.
            else if (marker is not ((>= 0xE1 and <= 0xEF and not 0xE2 and not 0xEE) or 0xFE) && !(marker == 0xE2 && !segment[4..].StartsWith("ICC_PROFILE"u8))) kept.Write(segment);
            at += segment.Length;
            if (marker != 0xDA) continue;
            // The scan: up to the next marker that is neither stuffing nor a restart.
            var begin = at;
            while (at < photo.Length && (photo[at] != 0xFF || (at + 1 < photo.Length && photo[at + 1] is 0 or (>= 0xD0 and <= 0xD7)))) at++;
            kept.Write(photo, begin, at - begin);
        }

        return kept.ToArray();
    }

    /// <summary>Which side is up, by the tag of TIFF 6.0; upright where nothing is said.</summary>
    private static int OrientationOf(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 8) return UprightOrientation;
        var little = tiff.StartsWith("II"u8);
        var directory = (int)Math.Min(int.MaxValue, U32(tiff[4..], little));
        if (directory > tiff.Length - 2) return UprightOrientation;
        for (var (entry, left) = (directory + 2, (int)U16(tiff[directory..], little)); left > 0 && entry + 12 <= tiff.Length; left--, entry += 12)
            if (U16(tiff[entry..], little) == OrientationTag) return U16(tiff[(entry + 8)..], little);
        return UprightOrientation;
    }

    /// <summary>Exif that says which side is up, and nothing else; empty where it is the upper one.</summary>
    private static byte[] Upright(int orientation) => orientation is <= UprightOrientation or > MostOrientation ? [] :
    [
        0xFF, 0xE1, 0, 34, .. "Exif\0\0"u8, .. "MM\0*"u8, 0, 0, 0, 8, 0, 1, OrientationTag >> 8, OrientationTag & 0xFF, 0, (byte)Short, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0,
    ];

    /// <summary>PNG, third edition (W3C 2025), 11.3: chunks that speak about the picture.</summary>
    private static byte[] OfPng(byte[] photo)
    {
        using var kept = new MemoryStream(photo.Length);
        kept.Write(photo, 0, 8);
        for (var at = 8; at + 8 <= photo.Length;)
        {
            var chunk = photo.AsSpan(at, (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(photo.AsSpan(at, 4)) + 12L, photo.Length - at));
            var name = chunk[4..8];
            if (!name.SequenceEqual("eXIf"u8) && !name.SequenceEqual("tEXt"u8) && !name.SequenceEqual("iTXt"u8) && !name.SequenceEqual("zTXt"u8) && !name.SequenceEqual("tIME"u8))
                kept.Write(chunk);
            at += chunk.Length;
            if (name.SequenceEqual("IEND"u8)) break;
        }

        return kept.ToArray();
    }

    /// <summary>WebP container (RFC 9649, 2.7).</summary>
    private static byte[] OfWebP(byte[] photo)
    {
        using var kept = new MemoryStream(photo.Length);
        kept.Write(photo, 0, HeadLength);
        for (var at = HeadLength; at + 8 <= photo.Length;)
        {
            var length = 8L + BinaryPrimitives.ReadUInt32LittleEndian(photo.AsSpan(at + 4, 4));
            var chunk = photo.AsSpan(at, (int)Math.Min(length + (length & 1), photo.Length - at)).ToArray();
            at += chunk.Length;
            if (chunk.AsSpan().StartsWith("EXIF"u8) || chunk.AsSpan().StartsWith("XMP "u8)) continue;
            if (chunk.Length > 8 && chunk.AsSpan().StartsWith("VP8X"u8)) chunk[8] &= 0b1111_0011; // neither Exif nor XMP
            kept.Write(chunk);
        }

        var whole = kept.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(whole.AsSpan(4), (uint)whole.Length - 8);
        return whole;
    }

    private static bool IsWebP(ReadOnlySpan<byte> head) => head.Length >= HeadLength && head.StartsWith("RIFF"u8) && head[8..].StartsWith("WEBP"u8);

    private static ushort U16(ReadOnlySpan<byte> at, bool little) => little ? BinaryPrimitives.ReadUInt16LittleEndian(at) : BinaryPrimitives.ReadUInt16BigEndian(at);

    private static uint U32(ReadOnlySpan<byte> at, bool little) => little ? BinaryPrimitives.ReadUInt32LittleEndian(at) : BinaryPrimitives.ReadUInt32BigEndian(at);
}
