using System.Buffers.Binary;
using System.Text;
using ClusterNet.Files;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;

namespace ClusterNet.Tests.Files;

/// <summary>Photos say nothing of where and when they were taken.</summary>
public class PhotoMetadataTests
{
    private static readonly byte[] Picture = [0xFF, 0xDB, 0, 3, 7, 0xFF, 0xDA, 0, 3, 1, 0x12, 0xFF, 0x00, 0x34, 0xFF, 0xD0, 0x56];

    [Theory]
    [InlineData(1, false)]
    [InlineData(6, true)]
    public void A_jpeg_keeps_its_picture_and_which_side_is_up(byte orientation, bool kept)
    {
        byte[] exif =
        [
            .. "Exif\0\0"u8, .. "II*\0"u8, 8, 0, 0, 0, 2, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0x25, 0x88, 4, 0, 1, 0, 0, 0, 99, 0, 0, 0, 0, 0, 0, 0,
            .. "51.3N 7.7E"u8,
        ];
        byte[] photo = [0xFF, 0xD8, .. Segment(0xE0, "JFIF\0"u8), .. Segment(0xE1, exif), .. Segment(0xE1, "http://ns.adobe.com/xap/1.0/ 51.3N"u8), .. Segment(0xFE, "at home"u8), .. Picture, 0xFF, 0xD9, .. "trailer 51.3N"u8];

        var without = PhotoMetadata.Without(photo);

        var text = Encoding.Latin1.GetString(without);
        text.ShouldNotContain("51.3N");
        text.ShouldNotContain("at home");
        text.ShouldContain("JFIF");
        without.AsSpan().IndexOf(Picture).ShouldBeGreaterThan(0);
        text.Contains("Exif", StringComparison.Ordinal).ShouldBe(kept);
        // What is left is a whole picture, in which nothing more is to be left out.
        without[^2..].ShouldBe([0xFF, 0xD9]);
        PhotoMetadata.Without(without).ShouldBe(without);
    }

    [Fact]
    public void A_photo_that_is_cut_off_or_damaged_says_nothing_either()
    {
        byte[] exif = [.. "Exif\0\0"u8, .. "II*\0"u8, 8, 0, 0, 0, 0, 0, .. "51.3N 7.7E"u8];
        byte[] jpeg = [0xFF, 0xD8, .. Segment(0xE0, "JFIF\0"u8), 0, 1, 2, .. Segment(0xE1, exif), 0xFF, .. Segment(0xE1, "http://ns.adobe.com/xap/1.0/ 51.3N"u8), .. Picture, 0xFF, 0xD9, .. "51.3N"u8];
        byte[] png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. Chunk("IHDR"), .. Chunk("tEXt", "51.3N"), .. Chunk("eXIf", "51.3N"), .. Chunk("IDAT", "picture"), .. Chunk("IEND")];
        byte[] body = [.. Part("VP8X", "\u000f\0\0\0"), .. Part("EXIF", "51.3N!"), .. Part("VP8 ", "picture!")];
        byte[] webp = [.. "RIFF"u8, .. Little(body.Length + 4), .. "WEBP"u8, .. body];
        foreach (var photo in (byte[][])[jpeg, png, webp])
        {
            for (var length = 12; length <= photo.Length; length++) Encoding.Latin1.GetString(PhotoMetadata.Without(photo[..length])).ShouldNotContain("51.3N", Case.Sensitive, $"{length}");
            for (var at = 12; at < photo.Length; at++)
                foreach (var value in (byte[])[0, 0x7F, 0xFF]) Should.NotThrow(() => PhotoMetadata.Without([.. photo[..at], value, .. photo[(at + 1)..]]));
        }

        PhotoMetadata.Without(jpeg).AsSpan().IndexOf(Picture).ShouldBeGreaterThan(0);
        PhotoMetadata.Without(jpeg[..^7])[^Picture.Length..].ShouldBe(Picture); // as far as it goes
    }

    [Fact]
    public void A_png_keeps_its_picture()
    {
        byte[] photo = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. Chunk("IHDR"), .. Chunk("tEXt", "at home"), .. Chunk("eXIf", "51.3N"), .. Chunk("IDAT", "picture"), .. Chunk("IEND"), 1, 2, 3];
        PhotoMetadata.Without(photo).ShouldBe([.. photo[..8], .. Chunk("IHDR"), .. Chunk("IDAT", "picture"), .. Chunk("IEND")]);
    }

    [Fact]
    public void A_webp_keeps_its_picture()
    {
        byte[] body = [.. Part("VP8X", "\u000f\0\0\0"), .. Part("VP8 ", "picture!"), .. Part("EXIF", "51.3N!")];
        byte[] photo = [.. "RIFF"u8, .. Little(body.Length + 4), .. "WEBP"u8, .. body];
        var without = PhotoMetadata.Without(photo);
        Encoding.Latin1.GetString(without).ShouldNotContain("51.3N");
        BinaryPrimitives.ReadInt32LittleEndian(without.AsSpan(4)).ShouldBe(without.Length - 8);
        without[20].ShouldBe((byte)0b0011);
    }

    [Fact]
    public void Nothing_that_only_begins_like_a_photo_throws() => Prop.ForAll(
        Arb.From(from head in Gen.Elements<byte[]>([0xFF, 0xD8, 0xFF], [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], [.. "RIFF\0\0\0\0WEBP"u8]) from rest in Gen.Choose(0, 255).ListOf() select (byte[])[.. head, .. rest.Select(b => (byte)b)]),
        photo => PhotoMetadata.Without(photo).Length <= photo.Length).QuickCheckThrowOnFailure();

    private static byte[] Segment(byte marker, ReadOnlySpan<byte> content) => [0xFF, marker, (byte)((content.Length + 2) >> 8), (byte)(content.Length + 2), .. content];

    private static byte[] Chunk(string name, string content = "")
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length);
        return [.. length, .. Encoding.ASCII.GetBytes(name), .. Encoding.ASCII.GetBytes(content), 0, 0, 0, 0];
    }

    private static byte[] Part(string name, string content) => [.. Encoding.ASCII.GetBytes(name), .. Little(content.Length), .. Encoding.Latin1.GetBytes(content)];

    private static byte[] Little(int number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        return bytes;
    }
}
