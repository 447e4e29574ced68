using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace ClusterNet.Credentials;

/// <summary>A signed text in three parts (RFC 7515 section 7.1), read strictly: what we do not understand of its header cannot change what is verified.</summary>
internal sealed record CompactJws(JsonElement Header, byte[] Payload, byte[] Signature, string Signed)
{
    private const int MaxHeader = 8 * 1024;
    private static readonly string[] KeyLinks = ["jku", "x5u", "x5c"];

    public string Algorithm => Header.Text("alg") ?? "";

    /// <summary>The media type, without the prefix that may be left out (RFC 7515 section 4.1.9).</summary>
    public string? Type => Header.Text("typ") is { } type
        ? (type.StartsWith("application/", StringComparison.OrdinalIgnoreCase) ? type["application/".Length..] : type).ToLowerInvariant()
        : null;

    public string? KeyId => Header.Text("kid");

    public static bool LooksLike(string text) => text.Count(c => c == '.') == 2 && !text.StartsWith('{');

    public static (CompactJws? Jws, CredentialFault? Fault) Parse(string text)
    {
        var parts = text.Split('.', 4);
        if (parts.Length != 3) return (null, new("jwt-parts", "", "A signed text has three parts with a dot between each."));
        if (parts[0].Length > MaxHeader || parts[1].Length > CredentialText.MaxSize / 3 * 4 + 4 || parts[2].Length > 4096) return (null, new("too-large", "", "The signed text is too long."));
        if (Multibase.FromBase64Url(parts[0]) is not { } header || Multibase.FromBase64Url(parts[1]) is not { } payload || Multibase.FromBase64Url(parts[2]) is not { Length: > 0 } signature)
            return (null, new("jwt-encoding", "", "A part of the signed text is no base64url."));
        var reading = CredentialText.Read(header);
        if (reading.Fault is { } fault) return (null, new("jwt-header", fault.Place, $"The header cannot be read: {fault.Message}"));
        return HeaderFault(reading.Root) is { } refused ? (null, refused) : (new(reading.Root, payload, signature, $"{parts[0]}.{parts[1]}"), null);
    }

    public static string Sign(JsonElement header, ReadOnlySpan<byte> payload, ICredentialKey key)
    {
        var signed = $"{Base64Url.EncodeToString(header.Utf8())}.{Base64Url.EncodeToString(payload)}";
        return $"{signed}.{Base64Url.EncodeToString(key.Sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    public bool IsSignedBy(VerificationKey key) => key.Algorithm == Algorithm && key.IsSignature(Encoding.ASCII.GetBytes(Signed), Signature);

    private static CredentialFault? HeaderFault(JsonElement header)
    {
        if (header.Member("crit") is not null || header.Member("b64") is not null) return new("jwt-crit", "", "The header asks for extensions, of which we know none.");
        if (header.Text("alg") is not ("ES256" or "RS256")) return new("jwt-algorithm", "", "Only ES256 and RS256 are taken; not none, and no algorithm with a shared secret.");
        if (KeyLinks.FirstOrDefault(k => header.Member(k) is not null) is { } link)
            return new("jwt-key-link", "", $"The header brings a key by {link}: only the issuer's own document says which keys are theirs.");
        foreach (var name in new[] { "typ", "cty", "kid" })
        {
            if (header.Member(name) is { ValueKind: not JsonValueKind.String }) return new("jwt-header", $"/{name}", $"The header's {name} is no text.");
        }

        return null;
    }
}
