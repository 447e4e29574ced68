using System.Security.Cryptography;
using System.Text.Json;
using ClusterNet.Ledger;

namespace ClusterNet.Credentials;

/// <summary>What a proof says beside its signature.</summary>
/// <param name="VerificationMethod">The key's address in the signer's DID document.</param>
/// <param name="Challenge">What a verifier asked to be signed, in presentations.</param>
/// <param name="Domain">Which verifier a presentation is for.</param>
public sealed record ProofTerms(
    string VerificationMethod, DateTimeOffset Created, DateTimeOffset? Expires = null, string Purpose = ProofTerms.Assertion, string? Challenge = null, string? Domain = null)
{
    public const string Assertion = "assertionMethod";
    public const string Authentication = "authentication";
}

/// <summary>
/// Proofs within a document (W3C Data Integrity ECDSA Cryptosuites 1.0, section 3.3), with P-256 only. Signed is the SHA-256 of the proof's
/// other members followed by the SHA-256 of the document without proofs, each in canonical JSON.
/// </summary>
public static class EcdsaJcs2019
{
    internal const string Name = "ecdsa-jcs-2019";
    internal const string ProofType = "DataIntegrityProof";

    /// <summary>Adds a proof to those that the document has; each proof is over the document alone (a proof set).</summary>
    public static string Sign(string document, ProofTerms terms, ICredentialKey key)
    {
        var reading = CredentialText.Read(document);
        if (reading.Fault is { } fault) throw new ArgumentException(fault.ToString(), nameof(document));
        var config = Config(reading.Root, terms);
        var value = Multibase.Base58(key.Sign(Hashed(config, reading.Root) ?? throw new ArgumentException("The document has no canonical form.", nameof(document))));
        return JsonReading.Write(json =>
        {
            json.WriteMembers(reading.Root, "proof");
            json.WritePropertyName("proof");
            var earlier = reading.Root.Items("proof").ToList();
            if (earlier.Count > 0) json.WriteStartArray();
            foreach (var proof in earlier) proof.WriteTo(json);
            json.WriteStartObject();
            json.WriteMembers(config);
            json.WriteString("proofValue", value);
            json.WriteEndObject();
            if (earlier.Count > 0) json.WriteEndArray();
        }).GetRawText();
    }

    /// <summary>The document as this proof signed it: without proofs, and with the proof's contexts where it names some.</summary>
    /// <returns>null where the document's contexts do not begin with the proof's (step 4 of section 3.3.2).</returns>
    internal static JsonElement? Signed(JsonElement document, JsonElement proof)
    {
        if (proof.Member("@context") is not { } named) return JsonReading.Write(json => json.WriteMembers(document, "proof"));
        var (own, of) = (document.Items("@context").ToList(), proof.Items("@context").ToList());
        if (of.Count > own.Count || of.Where((context, i) => !JsonElement.DeepEquals(context, own[i])).Any()) return null;
        return JsonReading.Write(json =>
        {
            foreach (var member in document.EnumerateObject().Where(m => m.Name != "proof"))
            {
                json.WritePropertyName(member.Name);
                (member.NameEquals("@context") ? named : member.Value).WriteTo(json);
            }
        });
    }

    /// <param name="signed">As <see cref="Signed"/> made it.</param>
    internal static bool IsSignature(JsonElement signed, JsonElement proof, string value, VerificationKey key) =>
        key is P256PublicKey
        && Multibase.FromBase58(value) is { Length: 64 } signature
        && Hashed(JsonReading.Write(json => json.WriteMembers(proof, "proofValue")), signed) is { } data
        && key.IsSignature(data, signature);

    /// <returns>What is signed; null where one of the two has no canonical form.</returns>
    internal static byte[]? Hashed(JsonElement config, JsonElement document)
    {
        var bare = JsonReading.Write(json => json.WriteMembers(document, "proof"));
        return Jcs.CanonicalDocument(config) is { } first && Jcs.CanonicalDocument(bare) is { } second
            ? [.. SHA256.HashData(first), .. SHA256.HashData(second)]
            : null;
    }

    private static JsonElement Config(JsonElement document, ProofTerms terms) => JsonReading.Write(json =>
    {
        if (document.Member("@context") is { } context)
        {
            json.WritePropertyName("@context");
            context.WriteTo(json);
        }

        json.WriteString("type", ProofType);
        json.WriteString("cryptosuite", Name);
        json.WriteString("created", XmlTime.Write(terms.Created));
        if (terms.Expires is { } expires) json.WriteString("expires", XmlTime.Write(expires));
        json.WriteString("verificationMethod", terms.VerificationMethod);
        json.WriteString("proofPurpose", terms.Purpose);
        if (terms.Challenge is { } challenge) json.WriteString("challenge", challenge);
        if (terms.Domain is { } domain) json.WriteString("domain", domain);
    });
}
