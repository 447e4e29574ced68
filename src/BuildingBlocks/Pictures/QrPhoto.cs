using ClusterNet.Credentials.Baking;
using ZXing;
using ZXing.Common;
using ZXing.QrCode;

namespace ClusterNet.Pictures;

/// <summary>Reads the QR code (ISO/IEC 18004) in a photo or on a screenshot.</summary>
public static class QrPhoto
{
    private const int MaxAtOnce = 2;

    /// <summary>A code that fills the picture is read in the small one; a small code in a large picture needs the larger.</summary>
    private static readonly int[] Sides = [800, 1600, 3200];

    private static readonly Dictionary<DecodeHintType, object> Hints = new() { [DecodeHintType.TRY_HARDER] = true, [DecodeHintType.CHARACTER_SET] = "UTF-8" };

    /// <summary>Pictures take memory and time: others wait.</summary>
    private static readonly SemaphoreSlim Slots = new(MaxAtOnce);

    public static bool IsPicture(ReadOnlySpan<byte> bytes) => PngChunks.LooksLike(bytes) || JpegGrey.LooksLike(bytes);

    /// <returns>What the code says; null where there is none, or the picture cannot be read.</returns>
    public static async Task<string?> Read(ReadOnlyMemory<byte> picture, CancellationToken ct)
    {
        await Slots.WaitAsync(ct);
        try
        {
            return await Task.Run(() => Text(picture, ct), ct);
        }
        finally
        {
            Slots.Release();
        }
    }

    private static string? Text(ReadOnlyMemory<byte> picture, CancellationToken ct)
    {
        if ((PngChunks.LooksLike(picture.Span) ? PngGrey.Read(picture) : JpegGrey.Read(picture)) is not { } grey) return null;
        Grey? before = null;
        foreach (var side in Sides)
        {
            ct.ThrowIfCancellationRequested();
            var small = grey.NoLongerThan(side);
            if (small.Width == before?.Width) break;
            before = small;
            var source = new RGBLuminanceSource(small.Pixels, small.Width, small.Height, RGBLuminanceSource.BitmapFormat.Gray8);
            if (new QRCodeReader().decode(new BinaryBitmap(new HybridBinarizer(source)), Hints)?.Text is { Length: > 0 } text) return text;
        }

        return null;
    }
}
