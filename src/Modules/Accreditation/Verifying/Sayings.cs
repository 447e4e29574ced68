using System.Text.Json;
using ClusterNet.Accreditation.Credentials;

namespace ClusterNet.Accreditation.Verifying;

/// <summary>Reads what a credential says out of whatever it holds: everything may be missing, of another kind, or written to deceive.</summary>
internal static class Sayings
{
    private const int MaxText = 2000, MaxItems = 40;

    public static SaidIn Of(string document, bool signed)
    {
        using var parsed = JsonDocument.Parse(document, new JsonDocumentOptions { MaxDepth = 128 });
        var root = parsed.RootElement;
        var subject = Items(root, "credentialSubject").FirstOrDefault();
        var achievement = Items(subject, "achievement").FirstOrDefault();
        var identities = Items(subject, "identifier").ToList();
        return new(
            signed, Text(root, "id"), Language(root, "name"), Language(root, "description"), [.. Items(root, "type").Select(Text).OfType<string>()],
            Named(Items(root, "issuer").FirstOrDefault()), achievement.ValueKind == JsonValueKind.Object ? Achievement(achievement) : null,
            new(Text(subject, "id"), Language(subject, "name") ?? Plain(identities), identities.Any(i => Member(i, "hashed") is { ValueKind: JsonValueKind.True })),
            Text(root, "validFrom"), Text(root, "validUntil"));
    }

    /// <summary>What our own books say of a credential. The holder stays unnamed.</summary>
    public static SaidIn Of(CredentialRow row, string skill) => new(
        true, row.Number, row.Title, null, [], new(null, row.IssuingBody), new(null, row.Title, null, null, null, [new(skill, row.Skill, "ESCO")]), new(null, null, false),
        Day(row.IssuedOn), Day(row.ValidUntil));

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static Achieved Achievement(JsonElement achievement)
    {
        var criteria = Items(achievement, "criteria").FirstOrDefault();
        return new(
            Text(achievement, "id"), Language(achievement, "name"), Language(achievement, "description"), Language(criteria, "narrative"), Text(criteria, "id"),
            [.. Items(achievement, "alignment").Where(a => a.ValueKind == JsonValueKind.Object).Select(a => new AlignedTo(Language(a, "targetName"), Text(a, "targetUrl"), Language(a, "targetFramework")))]);
    }

    /// <summary>An identity in the clear, such as a name.</summary>
    private static string? Plain(IEnumerable<JsonElement> identities) =>
        identities.Where(i => Member(i, "hashed") is { ValueKind: JsonValueKind.False }).Select(i => Text(i, "identityHash")).FirstOrDefault(t => t is not null);

    private static NamedThing Named(JsonElement thing) => thing.ValueKind == JsonValueKind.String ? new(Text(thing), null) : new(Text(thing, "id"), Language(thing, "name"));

    /// <summary>A text, or the first of several languages.</summary>
    private static string? Language(JsonElement of, string name) =>
        Items(of, name).Select(item => item.ValueKind == JsonValueKind.Object ? Text(item, "@value") : Text(item)).FirstOrDefault(t => t is not null);

    private static string? Text(JsonElement of, string name) => Member(of, name) is { } value ? Text(value) : null;

    private static string? Text(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String) return null;
        var text = value.GetString() ?? "";
        return text.Length == 0 ? null : text.Length <= MaxText ? text : text[..(char.IsHighSurrogate(text[MaxText - 1]) ? MaxText - 1 : MaxText)] + "…";
    }

    private static IEnumerable<JsonElement> Items(JsonElement of, string name) => (Member(of, name) switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } list => list.EnumerateArray(),
        { } one => (IEnumerable<JsonElement>)[one],
    }).Take(MaxItems);

    private static JsonElement? Member(JsonElement of, string name) => of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) ? value : null;
}
