using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClusterNet.Web;

/// <summary>
/// Instants by RFC 3339, with their offset (section 4.4 warns of times without) and written in UTC with <c>Z</c>.
/// The serializer alone would take a time without offset for the server's own time zone.
/// </summary>
internal sealed class InstantConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out var value) && reader.TryGetDateTime(out var kind)
            && kind.Kind != DateTimeKind.Unspecified)
        {
            return value.ToUniversalTime();
        }

        throw new JsonException("Expected is an instant with its offset such as 2026-05-31T09:30:00Z.");
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        Span<char> text = stackalloc char[32];
        value.UtcDateTime.TryFormat(text, out var length, "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
        writer.WriteStringValue(text[..length]);
    }
}
