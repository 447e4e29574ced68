using System.IO.Hashing;

namespace ClusterNet.Skills.Catalogue;

/// <summary>
/// How much an archive may unpack to. The Commission's largest file here has 10 MB and packs five to one, so these bounds are generous
/// to every real archive and still harmless. Ratios count only beyond a megabyte: small files may well pack tightly.
/// </summary>
internal sealed record EscoLimits(long EntryBytes, long TotalBytes, int Ratio, int Entries)
{
    private const long RatioFrom = 1024 * 1024;

    internal static EscoLimits Default { get; } = new(64L * 1024 * 1024, 512L * 1024 * 1024, 100, 1_000);

    internal long AllowedFor(long packedBytes) => Math.Min(EntryBytes, Math.Max(RatioFrom, packedBytes * Ratio));
}

/// <summary>The bytes that may still be unpacked, over all files of an archive.</summary>
internal sealed class EscoBudget(EscoLimits limits)
{
    private long left = limits.TotalBytes;

    internal EscoLimits Limits => limits;

    internal void Spend(long bytes)
    {
        left -= bytes;
        if (left < 0)
            throw new EscoTooLargeException($"The files together unpack to more than {limits.TotalBytes:N0} bytes.");
    }
}

/// <summary>Thrown inside a read and turned into a fault by <see cref="EscoArchive"/>; it goes no further.</summary>
internal sealed class EscoTooLargeException(string message) : IOException(message);

/// <summary>
/// Counts what is really unpacked: the sizes an archive declares are the word of whoever made it. What was read to its end is held against the checksum
/// that the archive has for it (APPNOTE 4.4.7), which the framework does not look at.
/// </summary>
/// <param name="checksum">CRC-32; null for a file that has none.</param>
internal sealed class BoundedStream(Stream inner, long allowed, EscoBudget budget, uint? checksum) : Stream
{
    private readonly Crc32 sum = new();
    private long read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => read; set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await inner.ReadAsync(buffer, cancellationToken);
        return Count(buffer.Span[..count], buffer.Length);
    }

    public override int Read(byte[] buffer, int offset, int count) => Count(buffer.AsSpan(offset, inner.Read(buffer, offset, count)), count);

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    private int Count(ReadOnlySpan<byte> bytes, int asked)
    {
        if (bytes.IsEmpty && asked > 0 && checksum is { } expected && sum.GetCurrentHashAsUInt32() != expected)
            throw new InvalidDataException("The checksum is another one.");
        sum.Append(bytes);
        read += bytes.Length;
        if (read > allowed)
            throw new EscoTooLargeException($"The file unpacks to more than {allowed:N0} bytes.");
        budget.Spend(bytes.Length);
        return bytes.Length;
    }
}
