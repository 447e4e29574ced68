using System.Text;
using System.Text.Json;

namespace ClusterNet.Credentials;

/// <summary>Reading members that may be missing or of any kind.</summary>
internal static class JsonReading
{
    /// <summary>JSON as people read it: the encoder is not for web pages.</summary>
    private static readonly JsonWriterOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonElement? Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : null;

    /// <returns>null where the member is missing or no string.</returns>
    public static string? Text(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    public static byte[]? Bytes(this JsonElement element, string name) => element.Text(name) is { } text ? Multibase.FromBase64Url(text) : null;

    /// <summary>What JSON-LD calls a set: an array's items, or the one value itself.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) => element.Member(name) switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } array => array.EnumerateArray(),
        { } one => [one],
    };

    public static bool HasType(this JsonElement element, string type) =>
        element.Items("type").Any(t => t.ValueKind == JsonValueKind.String && t.ValueEquals(type));

    /// <summary>The id of something that is named by its id alone or described with one.</summary>
    public static string? IdOf(this JsonElement element, string name) => element.Member(name) switch
    {
        { ValueKind: JsonValueKind.String } id => id.GetString(),
        { ValueKind: JsonValueKind.Object } described => described.Text("id"),
        _ => null,
    };

    /// <summary>A time by XML Schema, if the member is one.</summary>
    public static DateTimeOffset? Time(this JsonElement element, string name) => element.Text(name) is { } text ? XmlTime.Read(text) : null;

    public static JsonElement Write(Action<Utf8JsonWriter> members)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Plain))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return JsonElement.Parse(stream.ToArray());
    }

    /// <summary>The object's members but those named.</summary>
    public static void WriteMembers(this Utf8JsonWriter json, JsonElement source, params ReadOnlySpan<string> without)
    {
        foreach (var member in source.EnumerateObject())
        {
            if (!without.Contains(member.Name)) member.WriteTo(json);
        }
    }

    public static byte[] Utf8(this JsonElement element) => Encoding.UTF8.GetBytes(element.GetRawText());
}
