using System.Text.Json;

namespace ClusterNet.Credentials;

/// <summary>Checks signed JWTs: <c>vc+jwt</c> and <c>vp+jwt</c> (W3C VC-JOSE-COSE 1.0) and the form of Open Badges 3.0 (section 8.2).</summary>
internal sealed class JwtCheck(Signers signers, TimeProvider clock)
{
    public async Task<SignatureFound> Of(CompactJws jws, JsonElement payload, ProofExpected expected, CancellationToken ct)
    {
        if (Form(jws, payload, expected) is { } problem) return new(problem, null, null, []);
        var signer = payload.IdOf(expected.Signer);
        var named = await Key(jws, signer, expected.Purpose, ct);
        if (named.Problem is { } unnamed) return new(unnamed, named.Owner, null, []);
        return named.Method?.Key is { } key && jws.IsSignedBy(key)
            ? new(Check.Passed(CheckTopic.Signature, "signature-holds", "It is unchanged since it was signed."), named.Owner, payload, [.. Times(payload)])
            : new(Failed("signature-broken", "It was changed since it was signed, or signed by another key or algorithm than its header says."), named.Owner, null, []);
    }

    private static Check? Form(CompactJws jws, JsonElement payload, ProofExpected expected)
    {
        var presentation = expected.Purpose == KeyPurpose.Authentication;
        var own = jws.Type == (presentation ? CredentialJwt.PresentationType : CredentialJwt.CredentialType);
        if (!own && (presentation || jws.Type is not (CredentialJwt.BadgeType or null))) return Failed("jwt-type", "The header's typ is none of a verifiable credential.");
        if (payload.Member("vc") is not null || payload.Member("vp") is not null) return Failed("jwt-wrapper", "The credential stands within a vc or vp claim, as it did before version 2.0.");
        if (own && jws.Header.Text("cty") is { } content && content != (presentation ? "vp" : "vc")) return Failed("jwt-content", "The header's cty is another than the content.");
        if (own && jws.Algorithm != "ES256") return Failed("jwt-algorithm", "In this form we take ES256 only.");
        foreach (var claim in new[] { "exp", "nbf", "iat" })
        {
            if (payload.Member(claim) is { } value && !(value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var at) && double.IsFinite(at)))
                return Failed("jwt-time", $"The claim {claim} is no time.");
        }

        return Claims(payload, expected, badge: !own);
    }

    private static Check? Claims(JsonElement payload, ProofExpected expected, bool badge)
    {
        foreach (var claim in CredentialJwt.Claims)
        {
            var says = expected.Purpose == KeyPurpose.Authentication ? null : CredentialJwt.Expected(payload, claim);
            if (payload.Member(claim) is not { } value)
            {
                if (badge && says is not null) return Failed("jwt-claim-missing", $"The claim {claim} is missing beside what it repeats.");
            }
            else if (badge || claim is "iss" or "jti" or "sub")
            {
                if (says is string text ? payload.Text(claim) != text : says is long seconds && !(value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var at) && Math.Floor(at) == seconds))
                    return Failed("jwt-claim-differs", $"The claim {claim} says something else than the credential.");
            }
        }

        if (expected.Challenge is not null && payload.Text("nonce") != expected.Challenge) return Failed("challenge-differs", "It does not answer the question that was asked.");
        return expected.Domain is not null && !payload.Items("aud").Any(a => a.ValueKind == JsonValueKind.String && a.ValueEquals(expected.Domain))
            ? Failed("domain-differs", "It is meant for another verifier.")
            : null;
    }

    /// <summary>The times of the signature (RFC 7519 section 4.1), which may be narrower than the credential's own.</summary>
    private IEnumerable<Check> Times(JsonElement payload)
    {
        var now = (clock.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;
        if (Seconds(payload, "exp") <= now) yield return Check.Failed(CheckTopic.Validity, "signature-expired", "The signature has run out.");
        if (Seconds(payload, "nbf") > now + Clocks.Apart.TotalSeconds) yield return Check.Failed(CheckTopic.Validity, "signature-not-yet", "The signature is not valid yet.");
    }

    private static double? Seconds(JsonElement payload, string claim) => payload.Member(claim)?.GetDouble();

    private async Task<NamedKey> Key(CompactJws jws, string? signer, KeyPurpose purpose, CancellationToken ct)
    {
        if (jws.KeyId is { } kid)
        {
            var named = await signers.Find(kid, signer, purpose, ct);
            // A key of the same name that is another than the header's own would be two answers to one question.
            return named.Problem is null && jws.Header.Member("jwk") is { } beside && !(VerificationKey.FromJwk(beside)?.Equals(named.Method?.Key) ?? false)
                ? named with { Problem = Failed("key-not-named", "The header brings another key than the one it names.") }
                : named;
        }

        if (jws.Header.Member("jwk") is not { } jwk) return new(null, null, Failed("jwt-key-missing", "The header does not say which key signed."));
        if (VerificationKey.FromJwk(jwk) is not { } key) return new(null, null, Failed("jwt-key", "The header's key is none that we take."));
        return signer is null ? new(null, null, Failed("key-without-owner", "It does not say whose key signed it.")) : await signers.Find(key, signer, purpose, ct);
    }

    private static Check Failed(string code, string message) => Check.Failed(CheckTopic.Signature, code, message);
}
