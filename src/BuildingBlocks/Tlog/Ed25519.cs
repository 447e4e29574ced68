using System.Security.Cryptography;

namespace ClusterNet.Tlog;

/// <summary>Ed25519 (RFC 8032, PureEdDSA): 32-byte keys, 64-byte signatures.</summary>
public static class Ed25519
{
    public const int KeySize = 32;
    public const int SignatureSize = 64;

    /// <summary>The public key of a private one (RFC 8032 section 5.1.5).</summary>
    public static byte[] PublicKey(ReadOnlySpan<byte> privateKey)
    {
        using var key = Private(privateKey);
        var bytes = new byte[KeySize];
        var length = (nuint)bytes.Length;
        Check(LibCrypto.GetPublicKey(key, bytes, ref length));
        return bytes;
    }

    public static byte[] Sign(ReadOnlySpan<byte> privateKey, ReadOnlySpan<byte> message)
    {
        using var key = Private(privateKey);
        using var context = LibCrypto.NewContext();
        Check(LibCrypto.SignInit(context, 0, 0, 0, key));
        var signature = new byte[SignatureSize];
        var length = (nuint)signature.Length;
        Check(LibCrypto.Sign(context, signature, ref length, message, (nuint)message.Length));
        return signature;
    }

    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (publicKey.Length != KeySize || signature.Length != SignatureSize) return false;
        using var key = LibCrypto.NewPublicKey(LibCrypto.Ed25519, 0, publicKey, KeySize);
        using var context = LibCrypto.NewContext();
        var valid = !key.IsInvalid && LibCrypto.VerifyInit(context, 0, 0, 0, key) == 1
            && LibCrypto.Verify(context, signature, (nuint)signature.Length, message, (nuint)message.Length) == 1;
        // A refused signature leaves errors behind, which the next caller of the library would take for its own.
        if (!valid) LibCrypto.ClearErrors();
        return valid;
    }

    private static LibCrypto.KeyHandle Private(ReadOnlySpan<byte> privateKey)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(privateKey.Length, KeySize, "private key length in bytes");
        var key = LibCrypto.NewPrivateKey(LibCrypto.Ed25519, 0, privateKey, KeySize);
        return key.IsInvalid ? throw new CryptographicException("OpenSSL refused the Ed25519 key.") : key;
    }

    private static void Check(int result)
    {
        if (result == 1) return;
        LibCrypto.ClearErrors();
        throw new CryptographicException("OpenSSL could not complete an Ed25519 operation.");
    }
}
