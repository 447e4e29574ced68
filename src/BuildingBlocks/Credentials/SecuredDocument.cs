using System.Text.Json;

namespace ClusterNet.Credentials;

/// <summary>A document in one of the forms that carry a signature, or the first thing that is wrong with its text.</summary>
/// <param name="Jws">null where the proof, if any, is within the document.</param>
internal sealed record SecuredDocument(JsonElement Document, CompactJws? Jws, CredentialFault? Fault)
{
    private const string EnvelopedCredential = "EnvelopedVerifiableCredential";
    private const string EnvelopedPresentation = "EnvelopedVerifiablePresentation";

    public static SecuredDocument Read(string text)
    {
        var trimmed = text.AsSpan().Trim().ToString();
        if (CompactJws.LooksLike(trimmed)) return OfJwt(trimmed);
        var reading = CredentialText.Read(trimmed);
        return reading.Fault is { } fault ? new(default, null, fault) : Read(reading.Root);
    }

    public static SecuredDocument Read(JsonElement document)
    {
        var (credential, presentation) = (document.HasType(EnvelopedCredential), document.HasType(EnvelopedPresentation));
        return credential || presentation ? Envelope(document, credential ? CredentialJwt.CredentialType : CredentialJwt.PresentationType) : new(document, null, null);
    }

    /// <summary>A signed text within a data URL (VC Data Model 2.0, sections 4.13.1 and 4.13.2; RFC 2397).</summary>
    private static SecuredDocument Envelope(JsonElement document, string type)
    {
        if (document.Items("type").Count() > 1) return Wrong("envelope-type", "/type", "An envelope has no other type.");
        if (!document.Items("@context").Any(c => c.ValueKind == JsonValueKind.String && c.ValueEquals(CredentialRules.BaseContext)))
            return Wrong("context-missing", "/@context", $"An envelope has the context {CredentialRules.BaseContext}.");
        var id = document.Text("id") ?? "";
        var comma = id.IndexOf(',', StringComparison.Ordinal);
        var media = comma < 0 ? [] : id[..comma].Split(';');
        return media is [var first, ..] && first.Equals($"data:application/{type}", StringComparison.OrdinalIgnoreCase)
            ? OfJwt(id[(comma + 1)..])
            : Wrong("envelope-id", "/id", $"An envelope's id is a data URL of the type application/{type}.");
    }

    private static SecuredDocument OfJwt(string text)
    {
        var (jws, fault) = CompactJws.Parse(text);
        if (jws is null) return new(default, null, fault);
        var reading = CredentialText.Read(jws.Payload);
        return new(reading.Root, jws, reading.Fault);
    }

    private static SecuredDocument Wrong(string code, string pointer, string message) => new(default, null, new(code, pointer, message));
}
