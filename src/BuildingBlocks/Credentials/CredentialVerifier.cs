using System.Text.Json;

namespace ClusterNet.Credentials;

/// <summary>What a verifier asked of whoever presents.</summary>
/// <param name="Challenge">null where nothing was asked, so that a presentation may be an old one.</param>
/// <param name="Domain">null where it may be meant for anybody.</param>
public sealed record PresentationTerms(string? Challenge, string? Domain);

/// <summary>
/// Checks credentials of any issuer, ours among them: what can be known, what speaks against it, and what stays open. Whatever the text holds,
/// the answer is a list of checks, never an exception.
/// </summary>
public sealed class CredentialVerifier(IDidDocuments documents, IStatusLists lists, TimeProvider clock)
{
    private const int MaxCredentials = 32;

    /// <summary>Takes JSON with an embedded proof, a JWT in either form, or an envelope around one.</summary>
    public async Task<Verification> Verify(string text, CancellationToken ct) =>
        (await VerifyOne(SecuredDocument.Read(text), new(documents, clock), withStatus: true, ct)).Verification;

    /// <summary>Takes a presentation in the like forms, and checks each credential in it.</summary>
    public async Task<PresentationVerification> VerifyPresentation(string text, PresentationTerms terms, CancellationToken ct)
    {
        var secured = SecuredDocument.Read(text);
        if (secured.Fault is { } broken) return new(new([Check.Of(broken)], null), []);
        var signers = new Signers(documents, clock);
        var checks = new List<Check>(Form(CredentialRules.PresentationFaults(secured.Document)));
        var found = await Signature(secured, new(KeyPurpose.Authentication, terms.Challenge, terms.Domain), signers, ct);
        checks.AddRange([found.Check, Holder(secured.Document, found), .. found.Notes, .. Unasked(terms)]);
        var credentials = new List<Verification>();
        var inside = secured.Document.Items("verifiableCredential").ToList();
        foreach (var credential in inside.Where(c => c.ValueKind == JsonValueKind.Object).Take(MaxCredentials))
            credentials.Add((await VerifyOne(SecuredDocument.Read(credential), signers, withStatus: true, ct)).Verification);
        if (inside.Count > MaxCredentials) checks.Add(Check.Failed(CheckTopic.Format, "too-many-credentials", $"It holds more than {MaxCredentials} credentials.", "/verifiableCredential"));
        return new(Ordered(checks, found.Signed), credentials);
    }

    private async Task<(Verification Verification, JsonElement? Signed)> VerifyOne(SecuredDocument secured, Signers signers, bool withStatus, CancellationToken ct)
    {
        if (secured.Fault is { } broken) return (new([Check.Of(broken)], null), null);
        var found = await Signature(secured, new(KeyPurpose.AssertionMethod), signers, ct);
        // Judged is what was signed; where nothing was, what is there.
        var credential = found.Signed ?? secured.Document;
        var checks = new List<Check>(Form(CredentialRules.Faults(credential)));
        checks.AddRange([found.Check, Issuer(credential, found), .. Validity(credential), .. found.Notes]);
        if (withStatus)
        {
            var status = new StatusCheck(lists, signers.MayFetch, (text, c) => VerifyOne(SecuredDocument.Read(text), signers, withStatus: false, c));
            checks.AddRange([.. await status.Of(credential, ct), .. NotLookedAt.In(credential)]);
        }

        return (Ordered(checks, credential), found.Signed);
    }

    private async Task<SignatureFound> Signature(SecuredDocument secured, ProofExpected expected, Signers signers, CancellationToken ct) => secured.Jws is { } jws
        ? await new JwtCheck(signers, clock).Of(jws, secured.Document, expected, ct)
        : await new ProofCheck(signers, clock).Of(secured.Document, expected, ct);

    private static Verification Ordered(List<Check> checks, JsonElement? document) => new([.. checks.OrderBy(c => c.Topic)], document?.GetRawText());

    private static IEnumerable<Check> Form(IReadOnlyList<CredentialFault> faults) =>
        faults.Count > 0 ? faults.Select(Check.Of) : [Check.Passed(CheckTopic.Format, "form-good", "It has the form that its standard asks for.")];

    private static Check Issuer(JsonElement credential, SignatureFound found) => (found.Check.Outcome, found.Owner) switch
    {
        (CheckOutcome.Passed, { } owner) when owner == credential.IdOf("issuer") => Check.Passed(CheckTopic.Issuer, "issuer-signed", "The key is one of those that its issuer names as theirs."),
        (CheckOutcome.Passed, _) => Check.Failed(CheckTopic.Issuer, "issuer-not-signer", "It was signed by another than the issuer that it names."),
        _ => Check.Open(CheckTopic.Issuer, "issuer-open", "Without a signature that holds, anyone can have named this issuer."),
    };

    private IEnumerable<Check> Validity(JsonElement credential)
    {
        var now = clock.GetUtcNow();
        if (credential.Time("validFrom") > now + Clocks.Apart) yield return Check.Failed(CheckTopic.Validity, "not-yet-valid", "It is not valid yet.");
        else if (credential.Time("validUntil") < now) yield return Check.Failed(CheckTopic.Validity, "expired", "Its validity has run out.");
        else yield return Check.Passed(CheckTopic.Validity, "in-time", "It is valid at this time.");
    }

    private static Check Holder(JsonElement presentation, SignatureFound found) => (found.Check.Outcome, presentation.IdOf("holder")) switch
    {
        (CheckOutcome.Passed, null) => Check.Passed(CheckTopic.Holder, "holder-not-named", "It names no holder; whoever signed presents it."),
        (CheckOutcome.Passed, { } holder) when holder == found.Owner => Check.Passed(CheckTopic.Holder, "holder-signed", "The holder that it names has signed it."),
        (CheckOutcome.Passed, _) => Check.Failed(CheckTopic.Holder, "holder-not-signer", "It was signed by another than the holder that it names."),
        _ => Check.Open(CheckTopic.Holder, "holder-open", "Without a signature that holds, anyone can present it."),
    };

    private static IEnumerable<Check> Unasked(PresentationTerms terms)
    {
        if (terms.Challenge is null) yield return Check.Open(CheckTopic.Other, "challenge-not-asked", "Nothing was asked to be signed, so that it may be an old presentation shown again.");
        if (terms.Domain is null) yield return Check.Open(CheckTopic.Other, "domain-not-asked", "For whom it was made is not checked.");
    }
}
