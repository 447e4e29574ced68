using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClusterNet.Projections;

/// <summary>Reads and writes an enum by its wire names, and nothing else: no numbers, no lists of names.</summary>
public sealed class WireNameConverter<T> : JsonConverter<T>
    where T : struct, Enum
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && WireNames.TryParse<T>(reader.GetString() ?? "", out var value)
            ? value
            : throw new JsonException($"One of these words is expected: {string.Join(", ", WireNames.All<T>())}.");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(WireNames.Of(value));
}

/// <summary>Enum values under their wire names (<see cref="JsonStringEnumMemberNameAttribute"/>), as JSON and tables have them.</summary>
public static class WireNames
{
    public static string Of<T>(T value)
        where T : struct, Enum => Names<T>.Of[value];

    /// <exception cref="KeyNotFoundException">No value has this name.</exception>
    public static T Parse<T>(string name)
        where T : struct, Enum => Names<T>.Values[name];

    public static bool TryParse<T>(string name, out T value)
        where T : struct, Enum => Names<T>.Values.TryGetValue(name, out value);

    /// <summary>All wire names, in the order of the declaration.</summary>
    public static IEnumerable<string> All<T>()
        where T : struct, Enum => Enum.GetValues<T>().Select(Of);

    private static class Names<T>
        where T : struct, Enum
    {
        public static readonly FrozenDictionary<T, string> Of = Enum.GetValues<T>().ToFrozenDictionary(v => v, v => Column.WireName(typeof(T), v));
        public static readonly FrozenDictionary<string, T> Values = Of.ToFrozenDictionary(p => p.Value, p => p.Key);
    }
}
