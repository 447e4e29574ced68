using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClusterNet.Web;

/// <summary>Text with NUL or half a surrogate pair in a body: refused, since nothing behind the API can keep it.</summary>
internal sealed class UnstorableTextException() : JsonException(Text)
{
    public const string Code = "unstorable-text";
    public const string Text = "Text may hold neither the character U+0000 nor half of a surrogate pair; remove it.";
}

/// <summary>Strings as the serializer reads them, less what cannot be stored.</summary>
internal sealed class StorableTextConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw new JsonException("Expected is text.");
        }

        return TextOf(ref reader);
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TextOf(ref reader);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value);

    private static string TextOf(ref Utf8JsonReader reader)
    {
        string text;
        try
        {
            text = reader.GetString()!; // a string or a property name, never null
        }
        catch (InvalidOperationException) // half a surrogate pair, or bytes that are no UTF-8
        {
            throw new UnstorableTextException();
        }

        return text.Contains('\0') ? throw new UnstorableTextException() : text;
    }
}

/// <summary>Free JSON in a body: all its texts are looked at here, since a <see cref="JsonElement"/> reads them only when asked.</summary>
internal sealed class StorableElementConverter : JsonConverter<JsonElement>
{
    public override JsonElement Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var element = JsonElement.ParseValue(ref reader);
        Check(element);
        return element;
    }

    public override void Write(Utf8JsonWriter writer, JsonElement value, JsonSerializerOptions options) => value.WriteTo(writer);

    private static void Check(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.String)
        {
            Check(static value => value.GetString(), element);
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
            {
                Check(item);
            }
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            CheckMembers(element);
        }
    }

    private static void CheckMembers(JsonElement element)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject())
        {
            if (!names.Add(Check(static property => property.Name, member)))
            {
                throw new JsonException($"Duplicate property '{member.Name}' encountered" /* as the serializer says it */);
            }

            Check(member.Value);
        }
    }

    private static string Check<T>(Func<T, string?> read, T from)
    {
        try
        {
            return read(from) is { } text && !text.Contains('\0') ? text : throw new UnstorableTextException();
        }
        catch (InvalidOperationException) // half a surrogate pair
        {
            throw new UnstorableTextException();
        }
    }
}
