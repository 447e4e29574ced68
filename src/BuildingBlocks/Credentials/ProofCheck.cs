using System.Text.Json;

namespace ClusterNet.Credentials;

/// <summary>What a verifier expects of a proof.</summary>
internal sealed record ProofExpected(KeyPurpose Purpose, string? Challenge = null, string? Domain = null)
{
    /// <summary>The member that says who signs.</summary>
    public string Signer => Purpose == KeyPurpose.Authentication ? "holder" : "issuer";

    public string PurposeName => Purpose == KeyPurpose.Authentication ? ProofTerms.Authentication : ProofTerms.Assertion;
}

/// <summary>What one signature came to, whose key it names, and the document as it signed it.</summary>
internal sealed record SignatureFound(Check Check, string? Owner, JsonElement? Signed, IReadOnlyList<Check> Notes);

/// <summary>Checks embedded proofs (W3C Verifiable Credential Data Integrity 1.0, section 4.4).</summary>
internal sealed class ProofCheck(Signers signers, TimeProvider clock)
{
    private const int MaxProofs = 16;

    /// <summary>Each proof by itself. One that we cannot judge beside one that holds leaves the document signed.</summary>
    public async Task<SignatureFound> Of(JsonElement document, ProofExpected expected, CancellationToken ct)
    {
        var proofs = document.Items("proof").ToList();
        if (proofs.Count == 0) return Nothing(Failed("proof-missing", "It is not signed."));
        if (proofs.Count > MaxProofs) return Nothing(Failed("proof-too-many", "It carries more proofs than we check."));
        var found = new List<SignatureFound>();
        foreach (var proof in proofs) found.Add(await One(document, proof, expected, ct));
        if (found.Find(f => f.Check.Outcome == CheckOutcome.Failed) is { } bad) return bad;
        var good = found.Find(f => f.Check.Outcome == CheckOutcome.Passed && f.Owner == document.IdOf(expected.Signer)) ?? found.Find(f => f.Check.Outcome == CheckOutcome.Passed);
        if (good is null) return found[0];
        var open = found.Where(f => f.Check.Outcome == CheckOutcome.NotChecked).Select(f => f.Check with { Topic = CheckTopic.Other });
        return good with { Notes = [.. good.Notes, .. open, .. Others(found, good)] };
    }

    /// <summary>Several proofs may be of several signers: the issuer's, or else the first that holds, speaks for the document.</summary>
    private static IEnumerable<Check> Others(List<SignatureFound> found, SignatureFound good) =>
        found.Where(f => f.Check.Outcome == CheckOutcome.Passed && f.Owner != good.Owner).Select(f => Check.Open(CheckTopic.Other, "signed-also-by", $"It is also signed by {f.Owner}."));

    private async Task<SignatureFound> One(JsonElement document, JsonElement proof, ProofExpected expected, CancellationToken ct)
    {
        if ((Form(proof) ?? Terms(proof, expected)) is { } problem) return Nothing(problem);
        var named = await signers.Find(proof.Text("verificationMethod") ?? "", null, expected.Purpose, ct);
        if (named.Problem is { } unnamed) return Nothing(unnamed) with { Owner = named.Owner };
        if (named.Method?.Key is not P256PublicKey key) return Nothing(Open("key-kind-unknown", "The key is of a kind that this proof cannot be checked with."));
        if (EcdsaJcs2019.Signed(document, proof) is not { } signed) return Nothing(Failed("proof-contexts", "The contexts differ from those that were signed.")) with { Owner = named.Owner };
        var notes = JsonElement.DeepEquals(signed.Member("@context") ?? default, document.Member("@context") ?? default)
            ? []
            : new[] { Check.Open(CheckTopic.Other, "contexts-unsigned", "Contexts were added that are not signed; they are left out of account.") };
        return EcdsaJcs2019.IsSignature(signed, proof, proof.Text("proofValue") ?? "", key)
            ? new(Check.Passed(CheckTopic.Signature, "signature-holds", "It is unchanged since it was signed."), named.Owner, signed, notes)
            : Nothing(Failed("signature-broken", "It was changed since it was signed, or signed by another key.")) with { Owner = named.Owner };
    }

    private static Check? Form(JsonElement proof)
    {
        if (proof.Text("type") is not { } type) return Failed("proof-form", "The proof does not say of which type it is.");
        if (type != EcdsaJcs2019.ProofType) return Open("proof-type-unknown", "The proof is of a type that we do not know.");
        if (proof.Text("cryptosuite") is not { } suite) return Failed("proof-form", "The proof does not say how it was made.");
        if (suite != EcdsaJcs2019.Name) return Open("proof-suite-unknown", "The proof was made in a way that we do not check; we check ecdsa-jcs-2019.");
        if (proof.Member("previousProof") is not null) return Open("proof-chain", "The proof builds on another one, which we do not check.");
        if (!Urls.IsUrl(proof.Text("verificationMethod"))) return Failed("proof-form", "The proof does not say which key made it.");
        if (proof.Text("proofPurpose") is null) return Failed("proof-form", "The proof does not say what it is for.");
        return proof.Text("proofValue") is { } value && Multibase.FromBase58(value) is { Length: 64 } ? null : Failed("proof-value", "The proof's value is no P-256 signature in base58.");
    }

    private Check? Terms(JsonElement proof, ProofExpected expected)
    {
        var now = clock.GetUtcNow();
        if (proof.Text("proofPurpose") != expected.PurposeName) return Failed("proof-purpose", $"The proof is not for {expected.PurposeName}.");
        if (new[] { "created", "expires" }.Any(n => proof.Member(n) is not null && proof.Time(n) is null)) return Failed("proof-time", "A time in the proof is none.");
        if (proof.Time("expires") <= now) return Failed("proof-expired", "The proof has run out.");
        if (proof.Time("created") > now + Clocks.Apart) return Failed("proof-from-the-future", "The proof is dated in the future.");
        if (expected.Challenge is not null && proof.Text("challenge") != expected.Challenge) return Failed("challenge-differs", "The proof does not answer the question that was asked.");
        return expected.Domain is not null && !proof.Items("domain").Any(d => d.ValueKind == JsonValueKind.String && d.ValueEquals(expected.Domain))
            ? Failed("domain-differs", "The proof is meant for another verifier.")
            : null;
    }

    private static SignatureFound Nothing(Check check) => new(check, null, null, []);

    private static Check Failed(string code, string message) => Check.Failed(CheckTopic.Signature, code, message);

    private static Check Open(string code, string message) => Check.Open(CheckTopic.Signature, code, message);
}
