using System.Collections.Immutable;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using Npgsql;
using NpgsqlTypes;

namespace ClusterNet.Projections;

/// <summary>One column of a read table: a member of the row record and its PostgreSQL type.</summary>
internal sealed class Column
{
    private readonly Func<object?, object?> _toDb;
    private readonly Func<NpgsqlDataReader, int, object?> _fromDb;

    public Column(PropertyInfo property)
    {
        Property = property;
        Name = SnakeCase(property.Name);
        var type = property.PropertyType;
        Nullable = System.Nullable.GetUnderlyingType(type) is not null
            || (!type.IsValueType && new NullabilityInfoContext().Create(property).ReadState == NullabilityState.Nullable)
            || typeof(IPersonal).IsAssignableFrom(type);
        (Sql, DbType, _toDb, _fromDb) = Map(System.Nullable.GetUnderlyingType(type) ?? type, property.Name);
    }

    public PropertyInfo Property { get; }

    public string Name { get; }

    public string Sql { get; }

    public NpgsqlDbType DbType { get; }

    public bool Nullable { get; }

    public object ToDb(object row) => Convert(Property.GetValue(row));

    /// <summary>A member's value as PostgreSQL gets it.</summary>
    public object Convert(object? value) => value is null ? DBNull.Value : _toDb(value) ?? DBNull.Value;

    public object? FromDb(NpgsqlDataReader reader, int ordinal)
    {
        if (!reader.IsDBNull(ordinal)) return _fromDb(reader, ordinal);
        return typeof(IPersonal).IsAssignableFrom(Property.PropertyType) ? Activator.CreateInstance(Property.PropertyType) : null;
    }

    internal static string SnakeCase(string name)
    {
        var text = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            if (char.IsUpper(name[i]) && i > 0) text.Append('_');
            text.Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }

    private static (string, NpgsqlDbType, Func<object?, object?>, Func<NpgsqlDataReader, int, object?>) Map(Type type, string member) => type switch
    {
        _ when type == typeof(Guid) => ("uuid", NpgsqlDbType.Uuid, v => v, (r, i) => r.GetGuid(i)),
        _ when type == typeof(string) => ("text", NpgsqlDbType.Text, v => v, (r, i) => r.GetString(i)),
        _ when type == typeof(int) => ("int", NpgsqlDbType.Integer, v => v, (r, i) => r.GetInt32(i)),
        _ when type == typeof(long) => ("bigint", NpgsqlDbType.Bigint, v => v, (r, i) => r.GetInt64(i)),
        _ when type == typeof(bool) => ("bool", NpgsqlDbType.Boolean, v => v, (r, i) => r.GetBoolean(i)),
        _ when type == typeof(DateTimeOffset) => ("timestamptz", NpgsqlDbType.TimestampTz, v => ((DateTimeOffset)v!).ToUniversalTime(), (r, i) => r.GetFieldValue<DateTimeOffset>(i)),
        _ when type == typeof(DateOnly) => ("date", NpgsqlDbType.Date, v => v, (r, i) => r.GetFieldValue<DateOnly>(i)),
        _ when type == typeof(NpgsqlRange<DateTimeOffset>) =>
            ("tstzrange", NpgsqlDbType.TimestampTzRange, v => v, (r, i) => r.GetFieldValue<NpgsqlRange<DateTimeOffset>>(i)),
        _ when type == typeof(byte[]) => ("bytea", NpgsqlDbType.Bytea, v => v, (r, i) => r.GetFieldValue<byte[]>(i)),
        _ when type == typeof(string[]) => ("text[]", NpgsqlDbType.Array | NpgsqlDbType.Text, v => v, (r, i) => r.GetFieldValue<string[]>(i)),
        _ when type == typeof(Guid[]) => ("uuid[]", NpgsqlDbType.Array | NpgsqlDbType.Uuid, v => v, (r, i) => r.GetFieldValue<Guid[]>(i)),
        _ when type.IsEnum => Enumeration(type),
        _ when IsGeneric(type, typeof(Id<>)) => ("uuid", NpgsqlDbType.Uuid, v => ((IId)v!).Value, (r, i) => Activator.CreateInstance(type, r.GetGuid(i))), // ToDb passes no null on
        _ when IsGeneric(type, typeof(Personal<>)) => Personal(type),
        _ when type.IsGenericType || type.IsClass => Json(type),
        _ => throw new InvalidOperationException($"No column type for member {member} of type {type}."),
    };

    private static (string, NpgsqlDbType, Func<object?, object?>, Func<NpgsqlDataReader, int, object?>) Enumeration(Type type)
    {
        var names = Enum.GetValues(type).Cast<object>().ToImmutableDictionary(v => v, v => WireName(type, v));
        var values = names.ToImmutableDictionary(p => p.Value, p => p.Key);
        return ("text", NpgsqlDbType.Text, v => names[v!], (r, i) => values[r.GetString(i)]); // ToDb passes no null on
    }

    private static (string, NpgsqlDbType, Func<object?, object?>, Func<NpgsqlDataReader, int, object?>) Personal(Type type)
    {
        var (sql, db, toDb, fromDb) = Map(type.GetGenericArguments()[0], type.Name);
        var of = type.GetMethod(nameof(Personal<>.Of))!; // declared by Personal<T>
        return (sql, db, v => ((IPersonal)v!).Value is { } known ? toDb(known) : null, (r, i) => of.Invoke(null, [fromDb(r, i)])); // ToDb passes no null on
    }

    private static (string, NpgsqlDbType, Func<object?, object?>, Func<NpgsqlDataReader, int, object?>) Json(Type type) =>
        ("jsonb", NpgsqlDbType.Jsonb, v => JsonSerializer.Serialize(v, type, JsonColumns), (r, i) => JsonSerializer.Deserialize(r.GetString(i), type, JsonColumns));

    /// <summary>The name of an enum value on the wire and in tables: as declared by <see cref="JsonStringEnumMemberNameAttribute"/>.</summary>
    internal static string WireName(Type type, object value)
    {
        var name = value.ToString()!; // enum values have names
        return type.GetField(name)?.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? name;
    }

    private static bool IsGeneric(Type type, Type definition) => type.IsGenericType && type.GetGenericTypeDefinition() == definition;

    private static readonly JsonSerializerOptions JsonColumns = new(JsonSerializerDefaults.Web);
}

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
        public static readonly ImmutableDictionary<T, string> Of = Enum.GetValues<T>().ToImmutableDictionary(v => v, v => Column.WireName(typeof(T), v));
        public static readonly ImmutableDictionary<string, T> Values = Of.ToImmutableDictionary(p => p.Value, p => p.Key);
    }
}
