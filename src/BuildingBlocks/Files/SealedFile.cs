using System.Buffers.Binary;
using System.Security.Cryptography;

namespace ClusterNet.Files;

/// <summary>
/// A file under a key of its own: AES-256-GCM (NIST SP 800-38D) over chunks of 64 KiB. The nonce counts the chunks and says which is the last one, so that
/// none can be left out, moved or cut off (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár 2015). A key seals one file only.
/// </summary>
internal static class SealedFile
{
    public const int KeyLength = 32, Chunk = 64 * 1024, Tag = 16, SealedChunk = Chunk + Tag;
    private const int NonceLength = 12;

    /// <summary>How much a file of this sealed length holds.</summary>
    public static long PlainLength(long length) => length - (Tag * Chunks(length));

    public static long Chunks(long length) => Math.Max(1, (length + SealedChunk - 1) / SealedChunk);

    /// <summary>Seals what a stream holds, chunk by chunk.</summary>
    /// <param name="begun">What was read from the stream already.</param>
    /// <param name="max">How many bytes it may hold at most.</param>
    /// <returns>How many it held, and their SHA-256; null when there were more than <paramref name="max"/>.</returns>
    public static async Task<(long Length, string Hash)?> Seal(
        ReadOnlyMemory<byte> begun, Stream plain, Stream target, byte[] key, long max, CancellationToken ct)
    {
        using var cipher = new AesGcm(key, Tag);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (current, next, sealedChunk, nonce) = (new byte[Chunk], new byte[Chunk], new byte[SealedChunk], new byte[NonceLength]);
        begun.CopyTo(current);
        var (length, index, held) = (0L, 0L, begun.Length + await plain.ReadAtLeastAsync(current.AsMemory(begun.Length), Chunk - begun.Length, throwOnEndOfStream: false, ct));
        while (true)
        {
            var following = held < Chunk ? 0 : await plain.ReadAtLeastAsync(next, Chunk, throwOnEndOfStream: false, ct);
            length += held;
            if (length > max) return null;
            hash.AppendData(current, 0, held);
            Nonce(nonce, index++, last: following == 0);
            cipher.Encrypt(nonce, current.AsSpan(0, held), sealedChunk.AsSpan(0, held), sealedChunk.AsSpan(held, Tag));
            await target.WriteAsync(sealedChunk.AsMemory(0, held + Tag), ct);
            if (following == 0) return (length, Convert.ToHexStringLower(hash.GetHashAndReset()));
            (current, next, held) = (next, current, following);
        }
    }

    /// <summary>Opens one chunk.</summary>
    /// <exception cref="AuthenticationTagMismatchException">It was changed, moved, or is another file's.</exception>
    public static void Open(AesGcm cipher, long index, bool last, ReadOnlySpan<byte> sealedChunk, Span<byte> plain)
    {
        Span<byte> nonce = stackalloc byte[NonceLength];
        Nonce(nonce, index, last);
        cipher.Decrypt(nonce, sealedChunk[..^Tag], sealedChunk[^Tag..], plain[..(sealedChunk.Length - Tag)]);
    }

    private static void Nonce(Span<byte> nonce, long index, bool last)
    {
        nonce.Clear();
        BinaryPrimitives.WriteInt64BigEndian(nonce[3..], index);
        nonce[^1] = last ? (byte)1 : (byte)0;
    }
}

/// <summary>Reads a sealed file from anywhere in it, for answers to range requests.</summary>
internal sealed class SealedStream(Stream source, byte[] key) : Stream
{
    private readonly AesGcm _cipher = new(key, SealedFile.Tag);
    private readonly byte[] _sealed = new byte[SealedFile.SealedChunk], _plain = new byte[SealedFile.Chunk];
    private long _chunk = -1;
    private int _held;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length { get; } = SealedFile.PlainLength(source.Length);

    public override long Position { get; set; }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (buffer.Length == 0) return 0;
        // The end is checked as well: a file that was cut off has no last chunk.
        Hold(Math.Min(Position / SealedFile.Chunk, SealedFile.Chunks(source.Length) - 1));
        var from = (int)(Position - (_chunk * SealedFile.Chunk));
        var some = Math.Min(buffer.Length, Math.Max(0, _held - from));
        _plain.AsSpan(Math.Min(from, _held), some).CopyTo(buffer);
        Position += some;
        return some;
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => Length + offset,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _cipher.Dispose();
            source.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Hold(long chunk)
    {
        if (_chunk == chunk) return;
        source.Position = chunk * SealedFile.SealedChunk;
        var read = source.ReadAtLeast(_sealed, SealedFile.SealedChunk, throwOnEndOfStream: false);
        if (read < SealedFile.Tag) throw new EndOfStreamException("A file was cut off.");
        SealedFile.Open(_cipher, chunk, chunk == SealedFile.Chunks(source.Length) - 1, _sealed.AsSpan(0, read), _plain);
        (_chunk, _held) = (chunk, read - SealedFile.Tag);
    }
}
