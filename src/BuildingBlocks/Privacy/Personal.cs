using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClusterNet.Privacy;

/// <summary>
/// A personal value as an event or a row carries it: known, or erased because the person's key is gone.
/// <c>default</c> is the erased case, so a value that cannot be opened never looks like a real one.
/// </summary>
/// <remarks>Members of this type must be marked <see cref="PersonalDataAttribute"/>; they are stored in the person's envelope, never in the event's data.</remarks>
[JsonConverter(typeof(PersonalJsonConverter))]
public readonly record struct Personal<T> : IPersonal
    where T : notnull
{
    private readonly T? _value;
    private readonly string? _origin;

    private Personal(T? value, bool known, string? origin) => (_value, IsKnown, _origin) = (value, known, origin);

    /// <summary>True while the person's key exists.</summary>
    public bool IsKnown { get; }

    public static Personal<T> Erased => default;

    object? IPersonal.Value => IsKnown ? _value : null;

    string? IPersonal.Origin => _origin;

    public static Personal<T> Of(T value) => new(value, true, null);

    /// <summary>Another form of the value, which comes from where this one came from; an erased value stays erased.</summary>
    public Personal<TOther> Select<TOther>(Func<T, TOther> other)
        where TOther : notnull => IsKnown ? new(other(_value!), true, _origin) : new(default, false, _origin); // IsKnown says that _value was given

    /// <summary>A value made of two, which comes from where both came from; erased as soon as one of them is.</summary>
    public Personal<TBoth> With<TOther, TBoth>(Personal<TOther> other, Func<T, TOther, TBoth> both)
        where TOther : notnull
        where TBoth : notnull
    {
        var origin = Joined(_origin, ((IPersonal)other).Origin);
        return IsKnown && other.TryGet(out var second) ? new(both(_value!, second), true, origin) : new(default, false, origin); // IsKnown says that _value was given
    }

    /// <summary>The same value, which came from the given envelope.</summary>
    internal Personal<T> From(string origin) => new(_value, IsKnown, origin);

    /// <summary>Where a value came from says nothing about what it is.</summary>
    public bool Equals(Personal<T> other) => IsKnown == other.IsKnown && EqualityComparer<T?>.Default.Equals(_value, other._value);

    public override int GetHashCode() => HashCode.Combine(IsKnown, _value);

    public bool TryGet([MaybeNullWhen(false)] out T value)
    {
        value = _value;
        return IsKnown;
    }

    /// <summary>The value, or what to show instead.</summary>
    public T Or(T whenErased) => IsKnown ? _value! : whenErased; // IsKnown says that _value was given

    public static implicit operator Personal<T>(T value) => Of(value);

    public override string ToString() => IsKnown ? _value!.ToString() ?? "" : "[erased]"; // IsKnown says that _value was given

    private static string? Joined(string? first, string? second) =>
        first is null || first == second ? second : second is null ? first : $"{first}+{second}";
}

/// <summary>Any <see cref="Personal{T}"/>.</summary>
public interface IPersonal
{
    bool IsKnown { get; }

    /// <summary>The value, or null when erased.</summary>
    object? Value { get; }

    /// <summary>
    /// The hash (<c>ct</c>, in hex) of the envelope that the value was read from, several joined by +: known to a replay only, and the same after an
    /// erasure. Null for a value that no envelope held.
    /// </summary>
    string? Origin { get; }
}

/// <summary>Marks an event member whose value is a person's: it is encrypted under that person's key of the given class.</summary>
/// <param name="subject">Name of the member that holds the person's id, or <see cref="Stream"/> when the stream is the person's own.</param>
/// <param name="keyClass">One of <see cref="KeyClass"/>: each class has a key, a legal basis and an end date of its own.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class PersonalDataAttribute(string subject, string keyClass) : Attribute
{
    /// <summary>The stream's id is the person's id.</summary>
    public const string Stream = "$stream";

    public string Subject { get; } = subject;

    public string KeyClass { get; } = keyClass;
}

/// <summary>Classes of personal data that are kept and erased apart from each other.</summary>
public static class KeyClass
{
    /// <summary>Who somebody is.</summary>
    public const string Identity = "identity";

    /// <summary>How somebody is reached.</summary>
    public const string Contact = "contact";

    /// <summary>What somebody wrote about own learning.</summary>
    public const string Learning = "learning";

    /// <summary>What an accreditation rests on: kept as long as its scheme says.</summary>
    public const string Accreditation = "accreditation";

    /// <summary>Free text that may name third persons: shortest retention.</summary>
    public const string FreeText = "freetext";
}

/// <summary>Writes a known value as the plain value and an erased one as <c>{"erased":true}</c>, so that an answer says it openly.</summary>
public sealed class PersonalJsonConverter : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Personal<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(typeToConvert.GetGenericArguments()))!; // a constructed Converter<T>

    private sealed class Converter<T> : JsonConverter<Personal<T>>
        where T : notnull
    {
        public override Personal<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            !SaysErased(ref reader) && JsonSerializer.Deserialize<T>(ref reader, options) is { } value ? Personal<T>.Of(value) : Personal<T>.Erased;

        public override void Write(Utf8JsonWriter writer, Personal<T> value, JsonSerializerOptions options)
        {
            if (value.TryGet(out var known))
            {
                JsonSerializer.Serialize(writer, known, options);
                return;
            }

            writer.WriteStartObject();
            writer.WriteBoolean("erased", true);
            writer.WriteEndObject();
        }

        private static bool SaysErased(ref Utf8JsonReader reader)
        {
            if (reader.TokenType != JsonTokenType.StartObject) return false;
            var ahead = reader;
            if (!ahead.Read() || ahead.TokenType != JsonTokenType.PropertyName || !ahead.ValueTextEquals("erased")) return false;
            if (!ahead.Read() || ahead.TokenType != JsonTokenType.True || !ahead.Read() || ahead.TokenType != JsonTokenType.EndObject) return false;
            reader = ahead;
            return true;
        }
    }
}
