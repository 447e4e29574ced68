using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using ClusterNet.Credentials;
using ClusterNet.Credentials.Baking;
using ClusterNet.Pictures;
using Shouldly;

namespace ClusterNet.Tests.Credentials;

/// <summary>A credential goes into a picture and comes out as it was; pictures that somebody prepared do no harm.</summary>
public class BakingTests(ITestOutputHelper output)
{
    private const string Svg = """<?xml version="1.0" encoding="utf-8"?><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>Prüfung</title><rect width="9" height="9"/></svg>""";
    private static readonly byte[] Png = PngChunks.Write([Header(2, 2), new("IDAT", Packed([0, 9, 250, 0, 250, 9])), new(PngChunks.End, Array.Empty<byte>())]);

    [Fact]
    public void What_is_baked_comes_out_again()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var round = 0; round < 200; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 400)).Select(_ => Letter(random)));
            var json = $$"""{"a":{{System.Text.Json.JsonSerializer.Serialize(text)}},"b":"]]>"}""";
            Unbake.Png(Bake.Png(Bake.Png(Png, "{}"), json)).Text.ShouldBe(json);
            Unbake.Svg(Bake.Svg(Bake.Svg(Svg, "{}"), json)).Text.ShouldBe(json);
        }

        var jwt = CredentialJwt.Sign(new Issuing().Badge().ToJsonString(), "did:key:z#z", CredentialKey.Make());
        Unbake.Svg(Bake.Svg(Svg, jwt)).Text.ShouldBe(jwt);
        Unbake.Png(Bake.Png(Png, jwt)).Text.ShouldBe(jwt);
        Bake.Svg(Svg, jwt).ShouldContain("<title>Prüfung</title>");
        PngGrey.Read(Bake.Png(Png, jwt)).ShouldNotBeNull().Pixels.ShouldBe([9, 250, 250, 9]);
    }

    [Fact]
    public void A_picture_that_is_cut_or_changed_anywhere_is_no_picture()
    {
        var baked = Bake.Png(Png, "{}");
        for (var length = 0; length < baked.Length; length++) Unbake.Png(baked.AsMemory(0, length)).Fault.ShouldNotBeNull().Code.ShouldBe("picture-broken");
        for (var at = 0; at < baked.Length; at++)
        {
            var changed = baked.ToArray();
            changed[at] ^= 1;
            Unbake.Png(changed).Text.ShouldBeNull();
        }
    }

    [Fact]
    public void What_unpacks_to_too_much_is_not_unpacked()
    {
        var bomb = Packed(new byte[64 * 1024 * 1024]);
        byte[] chunk = [.. Encoding.ASCII.GetBytes("openbadgecredential"), 0, 1, 0, 0, 0, .. bomb];
        Unbake.Png(PngChunks.Write([Header(2, 2), new(PngChunks.Text, chunk), new(PngChunks.End, Array.Empty<byte>())])).Fault.ShouldNotBeNull().Code.ShouldBe("picture-text");
        PngGrey.Read(PngChunks.Write([Header(16_000, 16_000), new("IDAT", bomb), new(PngChunks.End, Array.Empty<byte>())])).ShouldBeNull();
    }

    [Fact]
    public void A_compressed_text_is_read_and_two_are_none()
    {
        byte[] chunk = [.. Encoding.ASCII.GetBytes("openbadgecredential"), 0, 1, 0, 0, 0, .. Packed("{}"u8.ToArray())];
        var one = new PngChunk(PngChunks.Text, chunk);
        Unbake.Png(PngChunks.Write([Header(2, 2), one, new(PngChunks.End, Array.Empty<byte>())])).Text.ShouldBe("{}");
        Unbake.Png(PngChunks.Write([Header(2, 2), one, one, new(PngChunks.End, Array.Empty<byte>())])).Fault.ShouldNotBeNull().Code.ShouldBe("picture-with-several");
        Unbake.Png(PngChunks.Write([Header(2, 2), .. Enumerable.Repeat(new PngChunk("teXt", Array.Empty<byte>()), 5000), new(PngChunks.End, Array.Empty<byte>())])).Fault.ShouldNotBeNull().Code.ShouldBe("picture-broken");
    }

    [Theory]
    [InlineData("""<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg">&x;</svg>""", "picture-broken")]
    [InlineData("""<html/>""", "picture-broken")]
    [InlineData("""<svg xmlns="http://www.w3.org/2000/svg"/>""", "picture-without-credential")]
    [InlineData("""<svg xmlns:o="https://purl.imsglobal.org/ob/v3p0"><o:credential verify="a"/><o:credential verify="b"/></svg>""", "picture-with-several")]
    public void A_drawing_that_somebody_prepared_says_nothing(string svg, string code) => Unbake.Svg(svg).Fault.ShouldNotBeNull().Code.ShouldBe(code);

    private static string Letter(Random random) => random.Next(4) switch
    {
        0 => "\"\\<>&'"[random.Next(6)].ToString(),
        1 => char.ConvertFromUtf32(random.Next(0x10000, 0x10FFFF)),
        2 => ((char)random.Next(0xA0, 0xD7FF)).ToString(),
        _ => ((char)random.Next(' ', '~')).ToString(),
    };

    private static PngChunk Header(int width, int height)
    {
        var data = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(data, width);
        BinaryPrimitives.WriteInt32BigEndian(data.AsSpan(4), height);
        data[8] = 8;
        return new(PngChunks.Header, data);
    }

    private static byte[] Packed(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true)) zlib.Write(bytes);
        return packed.ToArray();
    }
}
