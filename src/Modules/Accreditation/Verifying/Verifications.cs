using System.Text;
using System.Text.Json;
using ClusterNet.Credentials;
using ClusterNet.Credentials.Fetching;

namespace ClusterNet.Accreditation.Verifying;

/// <summary>Verifies what was shown, and says in the reader's words what was found. Nothing of it is kept.</summary>
internal sealed class Verifications(CredentialVerifiers verifiers, OwnBooks books, CheckWords words, TimeProvider clock)
{
    private const string Valid = "valid", Undecided = "undecided", Invalid = "invalid";

    /// <summary>What decides, the gravest first: the sentence above all checks is about it.</summary>
    private static readonly string[] Grave = ["signature-broken", "proof-missing", "issuer-not-signer", "revoked", "register-withdrawn", "suspended", "register-suspended", "expired", "register-expired", "not-yet-valid"];

    public async Task<Report> Of(Shown shown, CancellationToken ct) => shown switch
    {
        Shown.Number number => await OfNumber(number, ct),
        Shown.Document { Text: var text } when IsPresentation(text) => Whole("presentation", await OfPresentation(text, ct)),
        Shown.Document { Text: var text } => Alone(await OfCredential(await verifiers.New().Verify(text, ct), ct)),
        Shown.Nothing nothing => Nothing(nothing.Code),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private async Task<Report> OfNumber(Shown.Number number, CancellationToken ct)
    {
        if (await books.Find(number.Value, ct) is not { } row) return Nothing("number-unknown");
        List<Finding> checks = [words.Of(CheckWords.Source, CheckWords.Passed, "number-known"), .. await books.Checks(row, words, ct)];
        List<Finding> open = [words.Of(CheckWords.Other, CheckWords.NotChecked, "document-not-seen"), words.Of(CheckWords.Other, CheckWords.NotChecked, "bearer-not-checked")];
        var verdict = VerdictOf(checks);
        return new("number", verdict, Summary(verdict, checks), checks, open, await books.Says(row, ct), [], clock.GetUtcNow());
    }

    private async Task<CredentialReport> OfCredential(Verification verification, CancellationToken ct)
    {
        var found = verification.Checks.Select(words.Of).ToList();
        var says = verification.Document is { } document ? Sayings.Of(document, verification.Checks.Any(c => c is { Topic: CheckTopic.Signature, Outcome: CheckOutcome.Passed })) : null;
        var checks = found.Where(f => f.Topic != CheckWords.Other).ToList();
        var open = found.Where(f => f.Topic == CheckWords.Other).ToList();
        if (says is not null && await books.Find(says, ct) is { } row) checks.AddRange(await books.Checks(row, words, ct));
        else if (says is not null) open.Insert(0, words.Of(CheckWords.Other, CheckWords.NotChecked, "ledger-not-asked"));
        var verdict = VerdictOf(checks);
        return new(verdict, Summary(verdict, checks), checks, open, says);
    }

    private async Task<(CredentialReport Presentation, IReadOnlyList<CredentialReport> Credentials)> OfPresentation(string text, CancellationToken ct)
    {
        var found = await verifiers.New().VerifyPresentation(text, new(null, null), ct);
        var credentials = new List<CredentialReport>();
        foreach (var credential in found.Credentials) credentials.Add(await OfCredential(credential, ct));
        var all = found.Presentation.Checks.Select(words.Of).ToList();
        var checks = all.Where(f => f.Topic != CheckWords.Other).ToList();
        var verdict = credentials.Select(c => c.Verdict).Append(VerdictOf(checks)).MaxBy(Rank) ?? Invalid;
        return (new(verdict, words.Summary($"presentation-{verdict}"), checks, [.. all.Where(f => f.Topic == CheckWords.Other)], null), credentials);
    }

    private Report Alone(CredentialReport one) => Whole("credential", (one, []));

    private Report Whole(string kind, (CredentialReport One, IReadOnlyList<CredentialReport> Credentials) found) => new(
        kind, found.One.Verdict, found.One.Summary, found.One.Checks, found.One.NotChecked, found.One.Says, found.Credentials, clock.GetUtcNow());

    private Report Nothing(string code) => new(
        "nothing", Undecided, words.Summary("nothing"), [words.Of(CheckWords.Source, CheckWords.Failed, code)], [], null, [], clock.GetUtcNow());

    private string Summary(string verdict, List<Finding> checks) =>
        words.Summary(verdict == Invalid ? Grave.FirstOrDefault(code => checks.Exists(c => c.Code == code && c.Outcome == CheckWords.Failed)) ?? Invalid : verdict);

    /// <summary>What is not in the log yet is no less valid for that.</summary>
    private static string VerdictOf(IReadOnlyList<Finding> checks) =>
        checks.Any(c => c.Outcome == CheckWords.Failed) ? Invalid
        : checks.Any(c => c.Outcome == CheckWords.NotChecked && c.Topic != CheckWords.Ledger) ? Undecided
        : Valid;

    private static int Rank(string verdict) => verdict switch { Valid => 0, Undecided => 1, _ => 2 };

    /// <summary>By the type that it gives itself, or its JWT's header; the checks judge whether it is one.</summary>
    private static bool IsPresentation(string text)
    {
        try
        {
            var parts = text.Split('.');
            if (parts.Length == 3 && text[0] != '{')
            {
                using var header = JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(parts[0]));
                return header.RootElement.ValueKind == JsonValueKind.Object && header.RootElement.TryGetProperty("typ", out var typ) && typ.ValueKind == JsonValueKind.String
                    && typ.GetString()!.EndsWith("vp+jwt", StringComparison.OrdinalIgnoreCase); // a string, not null
            }

            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 128 });
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("type", out var type)
                && (type.ValueKind == JsonValueKind.Array ? type.EnumerateArray() : (IEnumerable<JsonElement>)[type])
                    .Any(t => t.ValueKind == JsonValueKind.String && t.GetString() is "VerifiablePresentation" or "EnvelopedVerifiablePresentation");
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or DecoderFallbackException)
        {
            return false;
        }
    }
}
