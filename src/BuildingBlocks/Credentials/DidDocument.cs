using System.Text.Json;

namespace ClusterNet.Credentials;

/// <summary>What a key may be used for (W3C Controlled Identifiers 1.0, section 2.3).</summary>
internal enum KeyPurpose
{
    /// <summary>To state something: credentials.</summary>
    AssertionMethod,

    /// <summary>To show who one is: presentations.</summary>
    Authentication,
}

/// <param name="Key">null for a kind of key that we cannot verify with.</param>
/// <param name="EndsAt">From when on nothing is verified with it: expired or revoked.</param>
internal sealed record VerificationMethod(string Id, string? KeyId, VerificationKey? Key, DateTimeOffset? EndsAt, IReadOnlySet<KeyPurpose> Purposes);

/// <summary>The keys that somebody says are theirs (DID 1.0, section 5; Controlled Identifiers 1.0, section 2).</summary>
internal sealed record DidDocument(string Id, IReadOnlyList<VerificationMethod> Methods)
{
    private const int MaxMethods = 200;

    /// <summary>An RSA key of 8192 bits takes less.</summary>
    private const int MaxJwk = 4096;

    private static readonly KeyPurpose[] Purposes = [KeyPurpose.AssertionMethod, KeyPurpose.Authentication];

    /// <summary>A did:key is its own document.</summary>
    /// <returns>null for what is no did:key; a key that is not P-256 makes a document whose method has none.</returns>
    public static DidDocument? OfDidKey(string did)
    {
        const string prefix = "did:key:";
        if (!did.StartsWith(prefix, StringComparison.Ordinal) || Multibase.FromBase58(did[prefix.Length..]) is null) return null;
        var name = did[prefix.Length..];
        return new(did, [new($"{did}#{name}", null, P256PublicKey.FromMultikey(name), null, Purposes.ToHashSet())]);
    }

    /// <summary>A did:jwk is its own document too: the name is the key, as JSON in base64url.</summary>
    /// <returns>null for what is no did:jwk; a key that we do not take makes a document whose method has none.</returns>
    public static DidDocument? OfDidJwk(string did)
    {
        const string prefix = "did:jwk:";
        if (!did.StartsWith(prefix, StringComparison.Ordinal) || did.Length > MaxJwk || Multibase.FromBase64Url(did.AsSpan(prefix.Length)) is not { } json) return null;
        var reading = CredentialText.Read(json);
        return reading.Fault is null ? new(did, [new($"{did}#0", reading.Root.Text("kid"), VerificationKey.FromJwk(reading.Root), null, Purposes.ToHashSet())]) : null;
    }

    /// <returns>null for a document that is not this identifier's.</returns>
    public static DidDocument? Parse(JsonElement document, string id)
    {
        if (document.Text("id") != id) return null;
        var purposes = Purposes.ToDictionary(p => p, p => document.Items(Name(p)).ToList());
        var described = document.Items("verificationMethod").Concat(purposes.Values.SelectMany(p => p)).Where(m => m.ValueKind == JsonValueKind.Object);
        return new(id, [.. described.Take(MaxMethods).Select(m => Method(m, id, purposes)).OfType<VerificationMethod>()]);
    }

    /// <summary>By its address, or by the key id that a JWT's header names without one.</summary>
    public VerificationMethod? Find(string method)
    {
        var full = Full(method, Id);
        return Methods.FirstOrDefault(m => m.Id == full) ?? Methods.FirstOrDefault(m => m.KeyId == method || m.Id == $"{Id}#{method}");
    }

    private static VerificationMethod? Method(JsonElement method, string id, Dictionary<KeyPurpose, List<JsonElement>> purposes)
    {
        // A method that another controls is for that other's document to name.
        if (method.Text("id") is not { } name || method.Text("controller") != id) return null;
        var full = Full(name, id);
        if (!full.StartsWith($"{id}#", StringComparison.Ordinal)) return null;
        var may = purposes.Where(p => p.Value.Any(named => Names(named, full, id))).Select(p => p.Key).ToHashSet();
        return new(full, method.Member("publicKeyJwk")?.Text("kid"), Key(method), Ends(method), may);
    }

    private static bool Names(JsonElement named, string full, string id) =>
        (named.ValueKind == JsonValueKind.String ? named.GetString() : named.Text("id")) is { } text && Full(text, id) == full;

    private static string Full(string name, string id) => name.StartsWith('#') ? $"{id}{name}" : name;

    private static VerificationKey? Key(JsonElement method) => method.Text("type") switch
    {
        "Multikey" when method.Text("publicKeyMultibase") is { } key => P256PublicKey.FromMultikey(key),
        "JsonWebKey" or "JsonWebKey2020" when method.Member("publicKeyJwk") is { } jwk => VerificationKey.FromJwk(jwk),
        _ => null,
    };

    /// <summary>A time that cannot be read has ended the key.</summary>
    private static DateTimeOffset? Ends(JsonElement method)
    {
        var times = new[] { "expires", "revoked" }.Where(n => method.Member(n) is not null).Select(n => method.Time(n) ?? DateTimeOffset.MinValue).ToList();
        return times.Count == 0 ? null : times.Min();
    }

    private static string Name(KeyPurpose purpose) => purpose == KeyPurpose.Authentication ? "authentication" : "assertionMethod";
}
