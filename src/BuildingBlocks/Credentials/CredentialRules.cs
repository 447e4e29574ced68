using System.Text.Json;

namespace ClusterNet.Credentials;

/// <summary>The form of credentials and presentations (W3C Verifiable Credentials Data Model 2.0, section 4), without JSON-LD processing.</summary>
public static class CredentialRules
{
    /// <summary>The first context of every credential and presentation.</summary>
    public const string BaseContext = "https://www.w3.org/ns/credentials/v2";
    private static readonly string[] LanguageMembers = ["@value", "@language", "@direction"];

    /// <summary>Members whose values each say their type (sections 4.10, 5.4 to 5.6, 5.10), and whether they need an id.</summary>
    private static readonly (string Name, bool NeedsId)[] Typed =
    [
        ("credentialStatus", false), ("credentialSchema", true), ("refreshService", false), ("termsOfUse", false), ("evidence", false),
        ("confidenceMethod", false), ("renderMethod", false), ("proof", false),
    ];

    /// <summary>Everything that is wrong with a credential, a badge's own rules included; its signature aside.</summary>
    public static IReadOnlyList<CredentialFault> Faults(string credential)
    {
        var reading = CredentialText.Read(credential);
        return reading.Fault is { } fault ? [fault] : Faults(reading.Root);
    }

    internal static IReadOnlyList<CredentialFault> Faults(JsonElement credential)
    {
        var faults = new Faults();
        Common(faults, credential, "VerifiableCredential");
        Issuer(faults, credential);
        Subjects(faults, credential);
        Period(faults, credential);
        foreach (var name in new[] { "name", "description" }) Language(faults, credential, name, "");
        Resources(faults, credential);
        foreach (var (status, at) in faults.Objects(credential, "credentialStatus", "").Where(s => s.Item.HasType(StatusEntry.Type))) StatusEntry.Check(faults, status, at);
        if (BadgeRules.AreFor(credential)) BadgeRules.Check(faults, credential);
        return faults.All;
    }

    /// <summary>The presentation's own form (section 4.13); its credentials have theirs.</summary>
    internal static IReadOnlyList<CredentialFault> PresentationFaults(JsonElement presentation)
    {
        var faults = new Faults();
        Common(faults, presentation, "VerifiablePresentation");
        if (presentation.Member("holder") is not null && !Urls.IsUrl(presentation.IdOf("holder"))) faults.Add("holder-not-url", "/holder", "The holder is a URL, or an object with an id that is one.");
        foreach (var (item, at) in faults.Objects(presentation, "verifiableCredential", ""))
        {
            if (item.Member("@context") is null) faults.Add("context-missing", at, "A credential within a presentation has contexts of its own.");
        }

        return faults.All;
    }

    private static void Common(Faults faults, JsonElement document, string type)
    {
        Contexts.Check(faults, document);
        faults.Id(document, "");
        faults.Type(document, "");
        if (document.Member("type") is not null && !document.HasType(type)) faults.Add("type-required", "/type", $"One of the types has to be {type}.");
        Contexts.CheckTypes(faults, document);
        foreach (var (name, needsId) in Typed)
        {
            foreach (var (item, at) in faults.Objects(document, name, ""))
            {
                faults.Type(item, at);
                faults.Id(item, at, needsId);
            }
        }
    }

    private static void Issuer(Faults faults, JsonElement credential)
    {
        if (credential.Member("issuer") is not { } issuer) faults.Add("issuer-missing", "", "The credential does not say who issued it.");
        else if (!Urls.IsUrl(credential.IdOf("issuer"))) faults.Add("issuer-not-url", "/issuer", "The issuer is a URL, or an object with an id that is one.");
        else if (issuer.ValueKind == JsonValueKind.Object)
        {
            foreach (var name in new[] { "name", "description" }) Language(faults, issuer, name, "/issuer");
        }
    }

    private static void Subjects(Faults faults, JsonElement credential)
    {
        if (credential.Member("credentialSubject") is null) faults.Add("subject-missing", "", "The credential is about nobody: credentialSubject is missing.");
        foreach (var (subject, at) in faults.Objects(credential, "credentialSubject", ""))
        {
            if (!subject.EnumerateObject().Any()) faults.Add("subject-empty", at, "The credential says nothing of this subject.");
            faults.Id(subject, at);
        }
    }

    private static void Period(Faults faults, JsonElement credential)
    {
        foreach (var name in new[] { "validFrom", "validUntil" })
        {
            if (credential.Member(name) is not null && credential.Time(name) is null) faults.Add("not-a-time", $"/{name}", "A time looks like 2027-01-31T12:00:00Z.");
        }

        if (credential.Time("validFrom") > credential.Time("validUntil")) faults.Add("ends-before-it-begins", "/validUntil", "The validity ends before it begins.");
    }

    /// <summary>A text, or texts in several languages (section 11.1).</summary>
    private static void Language(Faults faults, JsonElement of, string name, string at)
    {
        foreach (var item in of.Items(name))
        {
            var good = item.ValueKind switch
            {
                JsonValueKind.String => true,
                JsonValueKind.Object => item.Text("@value") is not null && item.EnumerateObject().All(m => LanguageMembers.Contains(m.Name) && m.Value.ValueKind == JsonValueKind.String),
                _ => false,
            };
            if (!good) faults.Add("not-a-language-text", $"{at}/{name}", $"The {name} is a text, or an object with @value, @language and @direction only.");
        }
    }

    /// <summary>Other documents that the credential pins by their hash (section 5.3).</summary>
    private static void Resources(Faults faults, JsonElement credential)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (resource, at) in faults.Objects(credential, "relatedResource", ""))
        {
            faults.Id(resource, at, required: true);
            if (resource.Text("id") is { } id && !seen.Add(id)) faults.Add("resource-twice", at, "This resource is named twice.");
            if (resource.Text("digestSRI") is null && resource.Text("digestMultibase") is null) faults.Add("resource-without-hash", at, "A related resource carries its hash: digestSRI or digestMultibase.");
        }
    }
}
