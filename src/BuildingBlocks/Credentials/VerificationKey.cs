using System.Security.Cryptography;
using System.Text.Json;

namespace ClusterNet.Credentials;

/// <summary>A public key that may have signed something, for the one algorithm that it is for.</summary>
public abstract record VerificationKey
{
    /// <summary>The name of the algorithm in JWS (RFC 7518 section 3.1).</summary>
    public abstract string Algorithm { get; }

    public abstract bool IsSignature(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature);

    /// <summary>Reads a JSON Web Key (RFC 7517).</summary>
    /// <returns>null for a key of another kind, one for encryption or another algorithm, and one that shows its private part.</returns>
    public static VerificationKey? FromJwk(JsonElement jwk)
    {
        if (jwk.ValueKind != JsonValueKind.Object || jwk.TryGetProperty("d", out _)) return null;
        if (jwk.TryGetProperty("use", out _) && jwk.Text("use") != "sig") return null;
        VerificationKey? key = jwk.Text("kty") switch
        {
            "EC" when jwk.Text("crv") == "P-256" => P256PublicKey.OfPoint(jwk.Bytes("x"), jwk.Bytes("y")),
            "RSA" => RsaPublicKey.Of(jwk.Bytes("n"), jwk.Bytes("e")),
            _ => null,
        };
        return key is null || (jwk.TryGetProperty("alg", out _) && jwk.Text("alg") != key.Algorithm) ? null : key;
    }
}

/// <summary>An RSA key, which we only verify with: others sign Open Badges by RS256.</summary>
internal sealed record RsaPublicKey : VerificationKey
{
    private readonly RSAParameters _parameters;

    private RsaPublicKey(RSAParameters parameters) => _parameters = parameters;

    public override string Algorithm => "RS256";

    public override bool IsSignature(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        try
        {
            using var rsa = RSA.Create(_parameters);
            return rsa.VerifyData(data, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
        catch (CryptographicException)
        {
            // The numbers make no key.
            return false;
        }
    }

    public bool Equals(RsaPublicKey? other) => other is not null
        && _parameters.Modulus.AsSpan().SequenceEqual(other._parameters.Modulus) && _parameters.Exponent.AsSpan().SequenceEqual(other._parameters.Exponent);

    public override int GetHashCode() => Convert.ToHexString(_parameters.Modulus ?? []).GetHashCode(StringComparison.Ordinal);

    /// <returns>null for fewer than 2048 bits (RFC 7518 section 3.3), for more than 8192, which would take long, and for an exponent that is none.</returns>
    internal static RsaPublicKey? Of(byte[]? modulus, byte[]? exponent) =>
        modulus is { Length: >= 256 and <= 1024 } && modulus[0] != 0 && exponent is { Length: >= 1 and <= 4 } && exponent[0] != 0 && (exponent[^1] & 1) == 1 && exponent is not [1]
            ? new RsaPublicKey(new RSAParameters { Modulus = modulus, Exponent = exponent })
            : null;
}
