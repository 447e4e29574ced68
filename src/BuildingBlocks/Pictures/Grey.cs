namespace ClusterNet.Pictures;

/// <summary>A picture in shades of grey, one byte each, row by row.</summary>
internal sealed record Grey(int Width, int Height, byte[] Pixels)
{
    /// <summary>More than any phone's camera makes by default; who needs more shows the code closer.</summary>
    public const int MaxPixels = 26_000_000;

    public static bool IsSize(int width, int height) => width is > 0 and <= 16_384 && height is > 0 and <= 16_384 && (long)width * height <= MaxPixels;

    /// <summary>The same with the mean of each square of pixels in its place, so that neither side is longer.</summary>
    public Grey NoLongerThan(int side)
    {
        var by = (Math.Max(Width, Height) + side - 1) / side;
        if (by <= 1) return this;
        var (width, height) = (Width / by, Height / by);
        if (width == 0 || height == 0) return this;
        var small = new byte[width * height];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var sum = 0;
                for (var row = y * by; row < (y + 1) * by; row++)
                {
                    foreach (var pixel in Pixels.AsSpan(row * Width + x * by, by)) sum += pixel;
                }

                small[y * width + x] = (byte)(sum / (by * by));
            }
        }

        return new(width, height, small);
    }
}
