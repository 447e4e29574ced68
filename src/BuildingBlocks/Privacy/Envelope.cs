using System.Security.Cryptography;
using System.Text;

namespace ClusterNet.Privacy;

/// <summary>
/// One person's members of one event, sealed: <c>0x01 || nonce(12) || ciphertext || tag(16)</c>, AES-256-GCM, AAD = event id || class.
/// <c>Ct</c> commits to the ciphertext, <c>Kc</c> to the key (AES-GCM alone does not).
/// </summary>
internal sealed record Envelope(Guid SubjectId, string KeyClass, byte[] Sealed, byte[] Ct, byte[] Kc)
{
    private const int NonceSize = 12, TagSize = 16;
    private static readonly byte[] KeyCommitment = "clusternet.kc/v1"u8.ToArray();

    public static Envelope Seal(Guid eventId, Guid subject, string keyClass, byte[] key, ReadOnlySpan<byte> plain)
    {
        var bytes = new byte[1 + NonceSize + plain.Length + TagSize];
        bytes[0] = 1;
        var nonce = bytes.AsSpan(1, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagSize);
        aes.Encrypt(nonce, plain, bytes.AsSpan(1 + NonceSize, plain.Length), bytes.AsSpan(bytes.Length - TagSize), Associated(eventId, keyClass));
        return new(subject, keyClass, bytes, SHA256.HashData(bytes), Commit(key, eventId));
    }

    /// <returns>The plaintext; null when the key does not open it.</returns>
    public static byte[]? Open(ReadOnlySpan<byte> bytes, Guid eventId, string keyClass, byte[] key)
    {
        if (bytes.Length < 1 + NonceSize + TagSize || bytes[0] != 1) return null;
        var plain = new byte[bytes.Length - 1 - NonceSize - TagSize];
        using var aes = new AesGcm(key, TagSize);
        try
        {
            aes.Decrypt(bytes.Slice(1, NonceSize), bytes.Slice(1 + NonceSize, plain.Length), bytes[^TagSize..], plain, Associated(eventId, keyClass));
            return plain;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    private static byte[] Commit(byte[] key, Guid eventId) => HMACSHA256.HashData(key, (byte[])[.. KeyCommitment, .. eventId.ToByteArray(bigEndian: true)]);

    private static byte[] Associated(Guid eventId, string keyClass) => [.. eventId.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(keyClass)];
}
