using System.Text.Json;

namespace ClusterNet.Credentials;

/// <summary>
/// The contexts of a document, as far as they can be judged without fetching any (VC Data Model 2.0, sections 4.3, 4.5 and 5.2.1). Types are
/// looked up only where every context is known here or stands in the document: another's context may define any word.
/// </summary>
internal static class Contexts
{
    private const string Badges = "https://purl.imsglobal.org/spec/ob/v3p0/context";

    /// <summary>The words for types in the data model's own context, none of which may be given another meaning.</summary>
    private static readonly HashSet<string> Base =
    [
        "VerifiableCredential", "EnvelopedVerifiableCredential", "VerifiablePresentation", "EnvelopedVerifiablePresentation", "JsonSchemaCredential",
        "JsonSchema", "BitstringStatusListCredential", "BitstringStatusList", "BitstringStatusListEntry", "DataIntegrityProof",
    ];

    private static readonly HashSet<string> Keywords = ["id", "type", "name", "description", "digestMultibase", "digestSRI", "mediaType"];

    private static readonly HashSet<string> Badge = ["AchievementCredential", "OpenBadgeCredential", "EndorsementCredential"];

    public static bool IsBadges(JsonElement context) => context.ValueKind == JsonValueKind.String && context.GetString()!.StartsWith(Badges, StringComparison.Ordinal); // a string, not null

    public static void Check(Faults faults, JsonElement document)
    {
        if (document.Member("@context") is not { } contexts) faults.Add("context-missing", "", "The document has no @context.");
        else if (contexts.ValueKind != JsonValueKind.Array) faults.Add("context-not-a-list", "/@context", "The @context is a list.");
        else
        {
            if (contexts.GetArrayLength() == 0 || contexts[0].ValueKind != JsonValueKind.String || !contexts[0].ValueEquals(CredentialRules.BaseContext))
                faults.Add("context-first", "/@context/0", $"The first context has to be {CredentialRules.BaseContext}.");
            var kept = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
            for (var i = 1; i < contexts.GetArrayLength(); i++) Item(faults, contexts[i], $"/@context/{i}", kept);
        }
    }

    /// <summary>Each type of a document is a URL or a word that one of its contexts defines.</summary>
    public static void CheckTypes(Faults faults, JsonElement document)
    {
        var contexts = document.Items("@context").ToList();
        var inline = contexts.Where(c => c.ValueKind == JsonValueKind.Object).ToList();
        if (contexts.Any(c => c.ValueKind == JsonValueKind.String && !c.ValueEquals(CredentialRules.BaseContext) && !IsBadges(c))) return;
        if (inline.Any(c => c.Text("@vocab") is not null || c.Member("@import") is not null)) return;
        foreach (var type in document.Items("type").Where(t => t.ValueKind == JsonValueKind.String).Select(t => t.GetString() ?? ""))
        {
            var known = Base.Contains(type) || (contexts.Any(IsBadges) && Badge.Contains(type)) || inline.Any(c => c.Member(type) is not null) || Urls.IsUrl(type);
            if (!known) faults.Add("type-unknown", "/type", $"No context of the document says what {type} means.");
        }
    }

    private static void Item(Faults faults, JsonElement context, string at, Dictionary<string, JsonElement> kept)
    {
        if (context.ValueKind == JsonValueKind.String && Urls.IsUrl(context.GetString())) return;
        if (context.ValueKind != JsonValueKind.Object)
        {
            faults.Add("context-not-url", at, "A context is a URL, or an object that defines words.");
            return;
        }

        foreach (var term in context.EnumerateObject().Where(t => !t.Name.StartsWith('@'))) Term(faults, term, at, kept);
        if (context.Member("@protected") is not { ValueKind: JsonValueKind.True }) return;
        foreach (var term in context.EnumerateObject().Where(t => !t.Name.StartsWith('@'))) kept.TryAdd(term.Name, term.Value);
    }

    private static void Term(Faults faults, JsonProperty term, string at, Dictionary<string, JsonElement> kept)
    {
        var place = $"{at}/{term.Name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
        if (Base.Contains(term.Name) || Keywords.Contains(term.Name) || (kept.TryGetValue(term.Name, out var before) && !JsonElement.DeepEquals(before, term.Value)))
            faults.Add("context-redefines", place, $"The word {term.Name} has a meaning that may not be changed.");
        var meaning = term.Value.ValueKind == JsonValueKind.Object ? term.Value.Text("@id") : term.Value.ValueKind == JsonValueKind.String ? term.Value.GetString() : "";
        if (meaning is null or "" || meaning.StartsWith('@')) return;
        if (meaning.Any(char.IsWhiteSpace)) faults.Add("context-not-url", place, $"What the word {term.Name} stands for is no URL.");
    }
}
