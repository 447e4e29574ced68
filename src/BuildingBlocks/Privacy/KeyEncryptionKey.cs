using System.Security.Cryptography;

namespace ClusterNet.Privacy;

/// <summary>The key that wraps the data keys of one epoch (AES-256-GCM). Kept outside PostgreSQL; the key database knows only its fingerprint.</summary>
public sealed class KeyEncryptionKey : IDisposable
{
    internal const int Size = 32;
    private const int NonceSize = 12, TagSize = 16;
    private readonly byte[] _key;

    public KeyEncryptionKey(byte[] key)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, Size, "key length in bytes");
        _key = key;
    }

    /// <summary>SHA-256 of the key, in hex: tells keys apart without telling the key.</summary>
    public string Fingerprint => FingerprintOf(_key);

    public void Dispose() => CryptographicOperations.ZeroMemory(_key);

    internal static string FingerprintOf(byte[] key) => Convert.ToHexStringLower(SHA256.HashData(key));

    internal static KeyEncryptionKey? Parse(string text)
    {
        var key = new byte[Size];
        return Convert.TryFromBase64String(text.Trim(), key, out var length) && length == key.Length ? new(key) : null;
    }

    internal byte[] Wrap(byte[] dataKey, KeyName name)
    {
        var wrapped = new byte[NonceSize + dataKey.Length + TagSize];
        RandomNumberGenerator.Fill(wrapped.AsSpan(0, NonceSize));
        using var aes = new AesGcm(_key, TagSize);
        aes.Encrypt(wrapped.AsSpan(0, NonceSize), dataKey, wrapped.AsSpan(NonceSize, dataKey.Length), wrapped.AsSpan(wrapped.Length - TagSize), name.Associated());
        return wrapped;
    }

    /// <exception cref="KeyDamagedException">The wrapped key is not what was stored.</exception>
    internal byte[] Unwrap(byte[] wrapped, KeyName name)
    {
        if (wrapped.Length <= NonceSize + TagSize) throw new KeyDamagedException(name);
        var key = new byte[wrapped.Length - NonceSize - TagSize];
        using var aes = new AesGcm(_key, TagSize);
        try
        {
            aes.Decrypt(wrapped.AsSpan(0, NonceSize), wrapped.AsSpan(NonceSize, key.Length), wrapped.AsSpan(wrapped.Length - TagSize), key, name.Associated());
        }
        catch (AuthenticationTagMismatchException)
        {
            throw new KeyDamagedException(name);
        }

        return key;
    }
}

/// <summary>A data key exists but cannot be opened: never taken for an erased one.</summary>
public sealed class KeyDamagedException(KeyName name) : Exception(
    $"The data key of {name.Subject} for {name.Class} is damaged in the key database. Restore the key database from its backup.");
