using System.Text.Json;

namespace ClusterNet.Credentials;

/// <summary>Fetches documents of others by https. Whoever implements it guards which hosts it may reach, how long it waits and how much it reads.</summary>
public interface IDidDocuments
{
    Task<Fetched> Document(Uri url, CancellationToken ct);
}

/// <summary>What came of a request to another's server.</summary>
public abstract record Fetched
{
    private Fetched()
    {
    }

    public sealed record Text(string Content) : Fetched;

    /// <summary>The server says that there is no such document.</summary>
    public sealed record Absent : Fetched;

    /// <summary>No answer could be had: that says nothing of the document.</summary>
    public sealed record Unreachable : Fetched;

    /// <summary>Asks, and takes whatever goes wrong as no answer.</summary>
    internal static async Task<Fetched> Ask(Func<CancellationToken, Task<Fetched>> request, CancellationToken ct)
    {
        try
        {
            return await request(ct);
        }
        catch (Exception) when (!ct.IsCancellationRequested)
        {
            return new Unreachable();
        }
    }
}

/// <summary>A key that is published under a did:web, and until when it may be used.</summary>
/// <param name="Name">Its name within the document.</param>
public sealed record PublishedKey(string Name, P256PublicKey Key, DateTimeOffset? RevokedAt = null);

/// <summary>Decentralised identifiers of the methods did:key, did:jwk and did:web.</summary>
public static class Dids
{
    private const string Web = "did:web:";

    /// <summary>Where the document of an issuer is: of a did:web by that method's rules, of an https address at the address itself (a controlled identifier document).</summary>
    /// <returns>null for other methods, and for identifiers that would lead elsewhere than they say.</returns>
    public static Uri? DocumentUrl(string id)
    {
        if (!id.StartsWith(Web, StringComparison.Ordinal)) return Urls.Https(id);
        var parts = id[Web.Length..].Split(':');
        if (parts.Any(p => p.Length == 0 || p.Any(c => !char.IsAsciiLetterOrDigit(c) && !"-._~%".Contains(c, StringComparison.Ordinal)))) return null;
        var decoded = parts.Select(Uri.UnescapeDataString).ToArray();
        if (decoded.Skip(1).Any(p => p is "." or ".." || p.Any(c => c is '/' or '\\' or '?' or '#' or '%' or ':' or '@' || char.IsControl(c)))) return null;
        var host = decoded[0];
        if (host.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '.' or ':'))) return null;
        return Urls.Https($"https://{host}/{(parts.Length == 1 ? ".well-known" : string.Join('/', parts.Skip(1)))}/did.json");
    }

    /// <summary>
    /// A did:web document with each key twice, as a Multikey for embedded proofs (<c>#name</c>) and as a JSON Web Key for JWTs (<c>#name-jwk</c>).
    /// A key that is no longer used stays with the time of its revocation only if it was lost: without one its credentials stay verifiable.
    /// </summary>
    public static string WebDocument(string did, IReadOnlyList<PublishedKey> keys) => JsonReading.Write(json =>
    {
        json.WriteStartArray("@context");
        json.WriteStringValue("https://www.w3.org/ns/did/v1");
        json.WriteStringValue("https://w3id.org/security/multikey/v1");
        json.WriteStringValue("https://w3id.org/security/jwk/v1");
        json.WriteEndArray();
        json.WriteString("id", did);
        json.WriteStartArray("verificationMethod");
        foreach (var key in keys)
        {
            WriteMethod(json, did, key, key.Name, "Multikey", () => json.WriteString("publicKeyMultibase", key.Key.Multikey));
            WriteMethod(json, did, key, $"{key.Name}-jwk", "JsonWebKey", () =>
            {
                json.WritePropertyName("publicKeyJwk");
                json.WriteRawValue(key.Key.Jwk);
            });
        }

        json.WriteEndArray();
        json.WriteStartArray("assertionMethod");
        foreach (var key in keys)
        {
            json.WriteStringValue($"{did}#{key.Name}");
            json.WriteStringValue($"{did}#{key.Name}-jwk");
        }

        json.WriteEndArray();
    }).GetRawText();

    private static void WriteMethod(Utf8JsonWriter json, string did, PublishedKey key, string name, string type, Action material)
    {
        json.WriteStartObject();
        json.WriteString("id", $"{did}#{name}");
        json.WriteString("type", type);
        json.WriteString("controller", did);
        if (key.RevokedAt is { } at) json.WriteString("revoked", XmlTime.Write(at));
        material();
        json.WriteEndObject();
    }
}
