using System.IO.Compression;

namespace ClusterNet.Credentials;

/// <summary>
/// One bit for each of many credentials, packed so that nobody can tell from a request whose bit is looked at (W3C Bitstring Status List 1.0).
/// The first bit is the left-most of the first byte.
/// </summary>
public sealed class BitstringStatusList
{
    /// <summary>Fewer would not hide one credential among others (section 6.1).</summary>
    public const int MinLength = 131_072;

    /// <summary>What a list may unpack to: a small text can stand for any length of zeros.</summary>
    public const int MaxLength = 1 << 26;

    internal const string CredentialType = "BitstringStatusListCredential";
    internal const string SubjectType = "BitstringStatusList";
    private readonly byte[] _bits;

    public BitstringStatusList(int length = MinLength)
        : this(new byte[length / 8])
    {
        if (length is < MinLength or > MaxLength || length % 8 != 0) throw new ArgumentOutOfRangeException(nameof(length));
    }

    private BitstringStatusList(byte[] bits) => _bits = bits;

    public int Length => _bits.Length * 8;

    public bool this[int index]
    {
        get => (_bits[Within(index) / 8] & (0x80 >> (index % 8))) != 0;
        set
        {
            if (value) _bits[Within(index) / 8] |= (byte)(0x80 >> (index % 8));
            else _bits[Within(index) / 8] &= (byte)~(0x80 >> (index % 8));
        }
    }

    /// <returns>null for what is no list: other text, no GZIP, too short or too long.</returns>
    public static BitstringStatusList? Decode(string encoded)
    {
        if (encoded.Length > CredentialText.MaxSize || Multibase.FromBase64(encoded) is not { } packed) return null;
        try
        {
            using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
            using var bits = new MemoryStream();
            var buffer = new byte[81_920];
            while (gzip.Read(buffer) is > 0 and var read)
            {
                if (bits.Length + read > MaxLength / 8) return null;
                bits.Write(buffer, 0, read);
            }

            return bits.Length < MinLength / 8 ? null : new(bits.ToArray());
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    public string Encode()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true)) gzip.Write(_bits);
        return Multibase.Base64(packed.ToArray());
    }

    /// <summary>The list as a credential to be signed (section 2.2).</summary>
    /// <param name="url">Where it is published.</param>
    /// <param name="purpose"><c>revocation</c>, <c>suspension</c> or another of section 2.2.</param>
    /// <param name="validUntil">After which a reader has to fetch it anew.</param>
    public string ToBeSigned(string url, string issuer, string purpose, DateTimeOffset validFrom, DateTimeOffset validUntil) => JsonReading.Write(json =>
    {
        json.WriteStartArray("@context");
        json.WriteStringValue(CredentialRules.BaseContext);
        json.WriteEndArray();
        json.WriteString("id", url);
        json.WriteStartArray("type");
        json.WriteStringValue("VerifiableCredential");
        json.WriteStringValue(CredentialType);
        json.WriteEndArray();
        json.WriteString("issuer", issuer);
        json.WriteString("validFrom", XmlTime.Write(validFrom));
        json.WriteString("validUntil", XmlTime.Write(validUntil));
        json.WriteStartObject("credentialSubject");
        json.WriteString("id", $"{url}#list");
        json.WriteString("type", SubjectType);
        json.WriteString("statusPurpose", purpose);
        json.WriteString("encodedList", Encode());
        json.WriteEndObject();
    }).GetRawText();

    private int Within(int index) => index >= 0 && index < Length ? index : throw new ArgumentOutOfRangeException(nameof(index));
}
