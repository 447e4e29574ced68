using System.Security.Cryptography;

namespace ClusterNet.Credentials;

/// <summary>Signs credentials. Behind an interface, so that a key in a vault can take its place.</summary>
public interface ICredentialKey
{
    P256PublicKey Public { get; }

    /// <returns>64 bytes (IEEE P1363), over the SHA-256 of the data.</returns>
    byte[] Sign(ReadOnlySpan<byte> data);
}

/// <summary>A P-256 key in memory.</summary>
public sealed class CredentialKey : ICredentialKey, IDisposable
{
    private readonly ECDsa _key;

    private CredentialKey(ECDsa key)
    {
        _key = key;
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        Public = P256PublicKey.OfPoint(point.X, point.Y) ?? throw new CryptographicException("The key is not of the curve P-256.");
    }

    public P256PublicKey Public { get; }

    public static CredentialKey Make() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>Reads a PEM file's private key (PKCS #8, RFC 5958).</summary>
    public static CredentialKey FromPem(string pem)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            return new(key);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            key.Dispose();
            throw new CryptographicException("This is no private key of the curve P-256.", e);
        }
    }

    public string ToPem() => _key.ExportPkcs8PrivateKeyPem();

    public byte[] Sign(ReadOnlySpan<byte> data) => _key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    public void Dispose() => _key.Dispose();
}
