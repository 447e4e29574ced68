using System.Security.Cryptography;

namespace ClusterNet.Privacy;

/// <summary>The key that wraps all data keys (AES-256-GCM). It lives in a file outside PostgreSQL; the database knows only its fingerprint.</summary>
public sealed class KeyEncryptionKey
{
    private const int NonceSize = 12, TagSize = 16;
    private readonly byte[] _key;

    public KeyEncryptionKey(byte[] key)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, 32, "key length in bytes");
        _key = key;
    }

    /// <summary>SHA-256 of the key, in hex: tells keys apart without telling the key.</summary>
    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(_key));

    internal byte[] Wrap(byte[] dataKey, KeyName name)
    {
        var wrapped = new byte[NonceSize + dataKey.Length + TagSize];
        RandomNumberGenerator.Fill(wrapped.AsSpan(0, NonceSize));
        using var aes = new AesGcm(_key, TagSize);
        aes.Encrypt(wrapped.AsSpan(0, NonceSize), dataKey, wrapped.AsSpan(NonceSize, dataKey.Length), wrapped.AsSpan(wrapped.Length - TagSize), name.Associated());
        return wrapped;
    }

    internal byte[] Unwrap(byte[] wrapped, KeyName name)
    {
        var key = new byte[wrapped.Length - NonceSize - TagSize];
        using var aes = new AesGcm(_key, TagSize);
        aes.Decrypt(wrapped.AsSpan(0, NonceSize), wrapped.AsSpan(NonceSize, key.Length), wrapped.AsSpan(wrapped.Length - TagSize), key, name.Associated());
        return key;
    }
}
