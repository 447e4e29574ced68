using System.Collections.Frozen;
using System.Linq.Expressions;
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
    private readonly Func<object, object?> _get;
    private readonly Func<NpgsqlDataReader, int, object?> _fromDb;

    public Column(PropertyInfo property)
    {
        Property = property;
        Name = SnakeCase(property.Name);
        _get = Getter<object?>(property);
        var type = property.PropertyType;
        Nullable = System.Nullable.GetUnderlyingType(type) is not null
            || (!type.IsValueType && new NullabilityInfoContext().Create(property).ReadState == NullabilityState.Nullable)
            || typeof(IPersonal).IsAssignableFrom(type);
        (Sql, DbType, _toDb, _fromDb) = Map(System.Nullable.GetUnderlyingType(type) ?? type, property.Name);
        Write = Writer();
    }

    public PropertyInfo Property { get; }

    public string Name { get; }

    public string Sql { get; }

    public NpgsqlDbType DbType { get; }

    public bool Nullable { get; }

    /// <summary>Writes the member of a row as the next column of a binary COPY.</summary>
    public Action<NpgsqlBinaryImporter, object> Write { get; }

    public bool IsPersonal => typeof(IPersonal).IsAssignableFrom(Property.PropertyType);

    /// <summary>The envelope that a personal member's value came from.</summary>
    public string? OriginOf(object row) => ((IPersonal?)_get(row))?.Origin;

    public object ToDb(object row) => Convert(_get(row));

    /// <summary>A member's value as PostgreSQL gets it.</summary>
    public object Convert(object? value) => value is null ? DBNull.Value : _toDb(value) ?? DBNull.Value;

    public object? FromDb(NpgsqlDataReader reader, int ordinal)
    {
        if (!reader.IsDBNull(ordinal)) return _fromDb(reader, ordinal);
        return typeof(IPersonal).IsAssignableFrom(Property.PropertyType) ? Activator.CreateInstance(Property.PropertyType) : null;
    }

    /// <summary>By the column's type once, not for every value.</summary>
    private Action<NpgsqlBinaryImporter, object> Writer() => DbType switch
    {
        NpgsqlDbType.Uuid => WriteAs<Guid>,
        NpgsqlDbType.Text => WriteAs<string>,
        NpgsqlDbType.Integer => WriteAs<int>,
        NpgsqlDbType.Bigint => WriteAs<long>,
        NpgsqlDbType.Boolean => WriteAs<bool>,
        NpgsqlDbType.TimestampTz => WriteAs<DateTimeOffset>,
        NpgsqlDbType.Date => WriteAs<DateOnly>,
        NpgsqlDbType.TimestampTzRange => WriteAs<NpgsqlRange<DateTimeOffset>>,
        NpgsqlDbType.Jsonb or NpgsqlDbType.Bytea => WriteAs<byte[]>,
        NpgsqlDbType.Array | NpgsqlDbType.Text => WriteAs<string[]>,
        NpgsqlDbType.Array | NpgsqlDbType.Uuid => WriteAs<Guid[]>,
        _ => WriteAs<object>,
    };

    private void WriteAs<T>(NpgsqlBinaryImporter importer, object row)
    {
        if (ToDb(row) is var value && value is DBNull) importer.WriteNull();
        else importer.Write((T)value, DbType);
    }

    private static Func<object, T> Getter<T>(PropertyInfo property)
    {
        var row = Expression.Parameter(typeof(object));
        var member = Expression.Property(Expression.Convert(row, property.DeclaringType!), property); // a member of a row record
        return Expression.Lambda<Func<object, T>>(Expression.Convert(member, typeof(T)), row).Compile();
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
        var names = Enum.GetValues(type).Cast<object>().ToFrozenDictionary(v => v, v => WireName(type, v));
        var values = names.ToFrozenDictionary(p => p.Value, p => p.Key);
        return ("text", NpgsqlDbType.Text, v => names[v!], (r, i) => values[r.GetString(i)]); // ToDb passes no null on
    }

    private static (string, NpgsqlDbType, Func<object?, object?>, Func<NpgsqlDataReader, int, object?>) Personal(Type type)
    {
        var (sql, db, toDb, fromDb) = Map(type.GetGenericArguments()[0], type.Name);
        var of = type.GetMethod(nameof(Personal<>.Of))!; // declared by Personal<T>
        return (sql, db, v => ((IPersonal)v!).Value is { } known ? toDb(known) : null, (r, i) => of.Invoke(null, [fromDb(r, i)])); // ToDb passes no null on
    }

    private static (string, NpgsqlDbType, Func<object?, object?>, Func<NpgsqlDataReader, int, object?>) Json(Type type) =>
        ("jsonb", NpgsqlDbType.Jsonb, v => JsonSerializer.SerializeToUtf8Bytes(v, type, JsonColumns), (r, i) => JsonSerializer.Deserialize(r.GetString(i), type, JsonColumns));

    /// <summary>The name of an enum value on the wire and in tables: as declared by <see cref="JsonStringEnumMemberNameAttribute"/>.</summary>
    internal static string WireName(Type type, object value)
    {
        var name = value.ToString()!; // enum values have names
        return type.GetField(name)?.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? name;
    }

    private static bool IsGeneric(Type type, Type definition) => type.IsGenericType && type.GetGenericTypeDefinition() == definition;

    private static readonly JsonSerializerOptions JsonColumns = new(JsonSerializerDefaults.Web);
}
