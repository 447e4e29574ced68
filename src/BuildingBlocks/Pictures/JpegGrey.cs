using System.Runtime.InteropServices;
using JpegLibrary;

namespace ClusterNet.Pictures;

/// <summary>The brightness of a JPEG picture (ITU-T T.81).</summary>
internal static class JpegGrey
{
    /// <summary>A progressive picture has about ten; each costs as much as the whole picture.</summary>
    private const int MaxScans = 24;

    public static bool LooksLike(ReadOnlySpan<byte> bytes) => bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]);

    /// <returns>null for what cannot be read, and for more than a camera's picture.</returns>
    public static Grey? Read(ReadOnlyMemory<byte> jpeg)
    {
        if (jpeg.Span.Count((ReadOnlySpan<byte>)[0xFF, 0xDA]) > MaxScans) return null;
        try
        {
            var decoder = new JpegDecoder();
            decoder.SetInput(jpeg);
            decoder.Identify();
            if (decoder.Precision != 8 || !Grey.IsSize(decoder.Width, decoder.Height)) return null;
            var grey = new Grey(decoder.Width, decoder.Height, new byte[decoder.Width * decoder.Height]);
            decoder.SetOutputWriter(new Brightness(grey));
            decoder.Decode();
            return grey;
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException or NotSupportedException or ArgumentException or IndexOutOfRangeException or NullReferenceException)
        {
            // What it throws at broken files is not documented; whatever it is, there is no picture.
            return null;
        }
    }

    /// <summary>Takes the first component, which is the brightness of all pictures but a few that are stored as red, green and blue.</summary>
    private sealed class Brightness(Grey grey) : JpegBlockOutputWriter
    {
        public override void WriteBlock(ref short blockRef, int componentIndex, int x, int y)
        {
            if (componentIndex != 0) return;
            var block = MemoryMarshal.CreateReadOnlySpan(ref blockRef, 64);
            for (var row = 0; row < 8 && y + row < grey.Height; row++)
            {
                for (var column = 0; column < 8 && x + column < grey.Width; column++)
                    grey.Pixels[(y + row) * grey.Width + x + column] = (byte)Math.Clamp((int)block[row * 8 + column], 0, 255);
            }
        }
    }
}
