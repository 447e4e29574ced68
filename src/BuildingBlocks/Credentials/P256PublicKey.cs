using System.Buffers.Text;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace ClusterNet.Credentials;

/// <summary>A point of the curve P-256 (FIPS 186-5, SP 800-186) that verifies ES256 and ecdsa-jcs-2019.</summary>
public sealed record P256PublicKey : VerificationKey
{
    private const int Size = 32;

    /// <summary>The multicodec p256-pub, 0x1200 as a varint.</summary>
    private static readonly byte[] Codec = [0x80, 0x24];

    private static readonly BigInteger Prime = BigInteger.Pow(2, 256) - BigInteger.Pow(2, 224) + BigInteger.Pow(2, 192) + BigInteger.Pow(2, 96) - 1;
    private static readonly BigInteger B = Number(Convert.FromHexString("5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b"));
    private readonly byte[] _x;
    private readonly byte[] _y;

    private P256PublicKey(byte[] x, byte[] y) => (_x, _y) = (x, y);

    public override string Algorithm => "ES256";

    /// <summary>As W3C Controlled Identifiers 1.0, section 2.2.2 writes it: <c>zDn…</c>.</summary>
    public string Multikey => Multibase.Base58([.. Codec, (byte)(2 | (_y[^1] & 1)), .. _x]);

    /// <summary>The key as its own identifier (did:key).</summary>
    public string DidKey => $"did:key:{Multikey}";

    /// <summary>The only verification method of <see cref="DidKey"/>.</summary>
    public string DidKeyMethod => $"{DidKey}#{Multikey}";

    /// <summary>As a JSON Web Key; the members are in the order that a thumbprint takes (RFC 7638).</summary>
    public string Jwk => $$"""{"crv":"P-256","kty":"EC","x":"{{Base64Url.EncodeToString(_x)}}","y":"{{Base64Url.EncodeToString(_y)}}"}""";

    /// <summary>The key's thumbprint by SHA-256 (RFC 7638).</summary>
    public string Thumbprint => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Jwk)));

    /// <returns>null for what is no P-256 key: another kind of key, an x beyond the field, an x without a point.</returns>
    public static P256PublicKey? FromMultikey(string text) =>
        Multibase.FromBase58(text) is { Length: 3 + Size } bytes && bytes.AsSpan().StartsWith(Codec) && bytes[2] is 2 or 3
            ? Decompress(bytes[3..], bytes[2] & 1)
            : null;

    /// <returns>null for what is no point of the curve.</returns>
    public static P256PublicKey? OfPoint(byte[]? x, byte[]? y)
    {
        if (x is not { Length: Size } || y is not { Length: Size }) return null;
        var (a, b) = (Number(x), Number(y));
        return a < Prime && b < Prime && BigInteger.ModPow(b, 2, Prime) == Curve(a) ? new(x, y) : null;
    }

    /// <param name="signature">The two numbers side by side (IEEE P1363), 64 bytes.</param>
    public override bool IsSignature(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        using var key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = _x, Y = _y } });
        return key.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    public bool Equals(P256PublicKey? other) => other is not null && _x.AsSpan().SequenceEqual(other._x) && _y.AsSpan().SequenceEqual(other._y);

    public override int GetHashCode() => BitConverter.ToInt32(_x);

    public override string ToString() => Multikey;

    private static P256PublicKey? Decompress(byte[] x, int odd)
    {
        var a = Number(x);
        if (a >= Prime) return null;
        // The prime is 3 modulo 4, so this power is a square root wherever there is one (SEC 1, section 2.3.4).
        var y = BigInteger.ModPow(Curve(a), (Prime + 1) / 4, Prime);
        if (BigInteger.ModPow(y, 2, Prime) != Curve(a)) return null;
        if ((y.IsEven ? 0 : 1) != odd) y = Prime - y;
        var bytes = y.ToByteArray(isUnsigned: true, isBigEndian: true);
        return new(x, [.. new byte[Size - bytes.Length], .. bytes]);
    }

    /// <summary>The square of y that belongs to an x.</summary>
    private static BigInteger Curve(BigInteger x) => (BigInteger.ModPow(x, 3, Prime) - 3 * x + B + 3 * Prime) % Prime;

    private static BigInteger Number(byte[] bytes) => new(bytes, isUnsigned: true, isBigEndian: true);
}
