using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClusterNet.EventStore;

/// <summary>
/// The identity of a <typeparamref name="T"/>: a UUID (version 7 where we make it, RFC 9562 section 5.7), plain lower-case text on the wire.
/// </summary>
[JsonConverter(typeof(IdJsonConverter))]
public readonly record struct Id<T>(Guid Value) : IParsable<Id<T>>, IComparable<Id<T>>, IId
{
    /// <summary>A new identity, ordered by the time of <paramref name="clock"/>.</summary>
    public static Id<T> New(TimeProvider clock) => new(TimeOrderedGuid.At(clock.GetUtcNow()));

    public static Id<T> Parse(string s, IFormatProvider? provider) => new(Guid.ParseExact(s, "D"));

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Id<T> result)
    {
        var parsed = Guid.TryParseExact(s, "D", out var value);
        result = new(value);
        return parsed;
    }

    public int CompareTo(Id<T> other) => Value.CompareTo(other.Value);

    /// <summary>The same identity seen as another type's: for streams whose id is somebody else's, such as a person's account.</summary>
    public Id<TOther> As<TOther>() => new(Value);

    public override string ToString() => Value.ToString("D");

    public static bool operator <(Id<T> left, Id<T> right) => left.CompareTo(right) < 0;

    public static bool operator <=(Id<T> left, Id<T> right) => left.CompareTo(right) <= 0;

    public static bool operator >(Id<T> left, Id<T> right) => left.CompareTo(right) > 0;

    public static bool operator >=(Id<T> left, Id<T> right) => left.CompareTo(right) >= 0;
}

/// <summary>Any <see cref="Id{T}"/>, for code that only needs its value.</summary>
public interface IId
{
    Guid Value { get; }
}

/// <summary>Writes an <see cref="Id{T}"/> as a JSON string and accepts nothing but a hyphenated UUID.</summary>
public sealed class IdJsonConverter : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Id<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(typeToConvert.GetGenericArguments()))!; // a constructed Converter<T>

    private sealed class Converter<T> : JsonConverter<Id<T>>
    {
        public override Id<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && reader.TryGetGuid(out var value)
                ? new(value)
                : throw new JsonException("A UUID such as 0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e5f is expected.");

        public override void Write(Utf8JsonWriter writer, Id<T> value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);

        public override Id<T> ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Guid.TryParseExact(reader.GetString(), "D", out var value) ? new(value) : throw new JsonException("A UUID is expected.");

        public override void WriteAsPropertyName(Utf8JsonWriter writer, Id<T> value, JsonSerializerOptions options) =>
            writer.WritePropertyName(value.ToString());
    }
}
