using System.Buffers.Binary;
using System.IO.Compression;
using ClusterNet.Credentials.Baking;

namespace ClusterNet.Pictures;

/// <summary>The brightness of a PNG picture (ISO/IEC 15948), transparent parts as white. Pictures that come in seven passes are not read.</summary>
internal static class PngGrey
{
    /// <returns>null for what cannot be read, and for more than a camera's picture.</returns>
    public static Grey? Read(ReadOnlyMemory<byte> png)
    {
        if (PngChunks.Read(png) is not { } chunks || Form.Of(chunks) is not { } form) return null;
        using var packed = new MemoryStream();
        foreach (var chunk in chunks.Where(c => c.Type == "IDAT")) packed.Write(chunk.Data.Span);
        packed.Position = 0;
        using var zlib = new ZLibStream(packed, CompressionMode.Decompress);
        var grey = new Grey(form.Width, form.Height, new byte[form.Width * form.Height]);
        var (line, above) = (new byte[form.Stride + 1], new byte[form.Stride + 1]);
        try
        {
            for (var y = 0; y < form.Height; y++)
            {
                zlib.ReadExactly(line);
                if (!Unfilter(line, above, form.Step)) return null;
                for (var x = 0; x < form.Width; x++) grey.Pixels[y * form.Width + x] = form.Pixel(line.AsSpan(1), x);
                (line, above) = (above, line);
            }
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            return null;
        }

        return grey;
    }

    /// <summary>Section 9.2.</summary>
    private static bool Unfilter(byte[] line, byte[] above, int step)
    {
        for (var i = 1; i < line.Length; i++)
        {
            var left = i > step ? line[i - step] : 0;
            var corner = i > step ? above[i - step] : 0;
            switch (line[0])
            {
                case 0: return true;
                case 1: line[i] += (byte)left; break;
                case 2: line[i] += above[i]; break;
                case 3: line[i] += (byte)((left + above[i]) / 2); break;
                case 4: line[i] += (byte)Paeth(left, above[i], corner); break;
                default: return false;
            }
        }

        return true;
    }

    private static int Paeth(int left, int up, int corner)
    {
        var (a, b, c) = (Math.Abs(up - corner), Math.Abs(left - corner), Math.Abs(left + up - 2 * corner));
        return a <= b && a <= c ? left : b <= c ? up : corner;
    }

    /// <summary>How pixels are laid out (section 11.2.2).</summary>
    private sealed record Form(int Width, int Height, int Depth, int Kind, int Samples, byte[] Palette, byte[] Alphas)
    {
        private const int Palettes = 3;

        public int Stride => (Width * Samples * Depth + 7) / 8;

        /// <summary>Bytes from one pixel to the next, at least one.</summary>
        public int Step => Math.Max(1, Samples * Depth / 8);

        public static Form? Of(List<PngChunk> chunks)
        {
            var header = chunks[0].Data.Span;
            if (header.Length != 13 || header[10] != 0 || header[11] != 0 || header[12] != 0) return null;
            var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(header), BinaryPrimitives.ReadInt32BigEndian(header[4..]));
            var (depth, kind) = (header[8], header[9]);
            var samples = kind switch { 0 or Palettes => 1, 2 => 3, 4 => 2, 6 => 4, _ => 0 };
            var depthFits = depth is 8 || (depth is 16 && kind != Palettes) || (depth is 1 or 2 or 4 && kind is 0 or Palettes);
            if (samples == 0 || !depthFits || !Grey.IsSize(width, height)) return null;
            return new(width, height, depth, kind, samples, Data("PLTE"), Data("tRNS"));

            byte[] Data(string type) => chunks.FirstOrDefault(c => c.Type == type).Data.ToArray();
        }

        public byte Pixel(ReadOnlySpan<byte> line, int x)
        {
            if (Kind == Palettes)
            {
                var index = Sample(line, x);
                return index * 3 + 2 >= Palette.Length ? (byte)255 : Over(Mix(Palette[index * 3], Palette[index * 3 + 1], Palette[index * 3 + 2]), index < Alphas.Length ? Alphas[index] : 255);
            }

            var at = x * Samples;
            var value = Kind is 0 or 4 ? Scaled(line, at) : Mix(Scaled(line, at), Scaled(line, at + 1), Scaled(line, at + 2));
            return Over(value, Kind is 4 or 6 ? Scaled(line, at + Samples - 1) : 255);
        }

        private int Sample(ReadOnlySpan<byte> line, int index) =>
            Depth >= 8 ? line[index * Depth / 8] : (line[index * Depth / 8] >> (8 - Depth - index * Depth % 8)) & ((1 << Depth) - 1);

        private int Scaled(ReadOnlySpan<byte> line, int index) => Depth >= 8 ? Sample(line, index) : Sample(line, index) * 255 / ((1 << Depth) - 1);

        private static int Mix(int red, int green, int blue) => (red * 299 + green * 587 + blue * 114) / 1000;

        private static byte Over(int value, int alpha) => (byte)((value * alpha + 255 * (255 - alpha)) / 255);
    }
}
