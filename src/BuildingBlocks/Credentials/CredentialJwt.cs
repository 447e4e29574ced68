using System.Text.Json;

namespace ClusterNet.Credentials;

/// <summary>Credentials as JWTs.</summary>
public static class CredentialJwt
{
    internal const string CredentialType = "vc+jwt";
    internal const string PresentationType = "vp+jwt";
    internal const string BadgeType = "jwt";

    /// <summary>The claims of the badge form, and what each repeats (Open Badges 3.0, section 8.2).</summary>
    internal static readonly string[] Claims = ["iss", "jti", "sub", "nbf", "exp"];

    /// <summary>A credential as it is, with a header of its own media type (W3C VC-JOSE-COSE 1.0, section 3.1.1).</summary>
    /// <param name="method">The key's address in the issuer's DID document.</param>
    public static string Sign(string credential, string method, ICredentialKey key) => Sign(credential, method, key, CredentialType, "vc");

    /// <summary>A presentation, likewise (section 3.1.2).</summary>
    public static string SignPresentation(string presentation, string method, ICredentialKey key) => Sign(presentation, method, key, PresentationType, "vp");

    /// <summary>A badge with registered claims beside its own members (Open Badges 3.0, section 8.2), as that standard's public validator reads it.</summary>
    /// <param name="withKey">Whether the header also carries the key itself, for readers that resolve no DID.</param>
    public static string SignBadge(string credential, string method, ICredentialKey key, bool withKey = false)
    {
        var badge = Parsed(credential);
        var header = Header(BadgeType.ToUpperInvariant(), null, method, withKey ? key.Public : null);
        var payload = JsonReading.Write(json =>
        {
            json.WriteMembers(badge, [.. Claims, "proof"]);
            foreach (var claim in Claims)
            {
                if (Expected(badge, claim) is string text) json.WriteString(claim, text);
                else if (Expected(badge, claim) is long seconds) json.WriteNumber(claim, seconds);
            }
        });
        return CompactJws.Sign(header, payload.Utf8(), key);
    }

    /// <summary>What a claim has to be for this credential: a text, a number of seconds, or null where the credential says nothing of it.</summary>
    internal static object? Expected(JsonElement credential, string claim) => claim switch
    {
        "iss" => credential.IdOf("issuer"),
        "jti" => credential.Text("id"),
        "sub" => credential.IdOf("credentialSubject"),
        "nbf" => credential.Time("validFrom")?.ToUnixTimeSeconds(),
        "exp" => credential.Time("validUntil")?.ToUnixTimeSeconds(),
        _ => null,
    };

    private static string Sign(string document, string method, ICredentialKey key, string type, string content) =>
        CompactJws.Sign(Header(type, content, method, null), Parsed(document).Utf8(), key);

    private static JsonElement Parsed(string document) =>
        CredentialText.Read(document) is { Fault: { } fault } ? throw new ArgumentException(fault.ToString(), nameof(document)) : CredentialText.Read(document).Root;

    private static JsonElement Header(string type, string? content, string method, P256PublicKey? key) => JsonReading.Write(json =>
    {
        json.WriteString("alg", "ES256");
        json.WriteString("typ", type);
        if (content is not null) json.WriteString("cty", content);
        json.WriteString("kid", method);
        if (key is null) return;
        json.WritePropertyName("jwk");
        json.WriteRawValue(key.Jwk);
    });
}
