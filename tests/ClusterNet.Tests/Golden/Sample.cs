using System.Collections;
using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Text.Json.Serialization;
using ClusterNet.EventStore;
using ClusterNet.Privacy;

namespace ClusterNet.Tests.Golden;

/// <summary>One deterministic instance of any event: values come from the members' names, so that a renamed member changes the file.</summary>
internal static class Sample
{
    /// <summary>Types whose constructors accept not just any value.</summary>
    private static readonly Dictionary<Type, object> Special = new()
    {
        [typeof(Uri)] = new Uri("https://example.org/golden"),
    };

    private static readonly DateTimeOffset Instant = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero).AddTicks(6_789_010);

    public static object Of(Type type, string path)
    {
        if (Special.TryGetValue(type, out var special)) return special;
        if (Nullable.GetUnderlyingType(type) is { } inner) return Of(inner, path);
        return Scalar(type, path) ?? Collection(type, path) ?? Composed(type, path);
    }

    private static object? Scalar(Type type, string path) => type switch
    {
        _ when type == typeof(string) => $"text of {path}",
        _ when type == typeof(bool) => true,
        _ when type == typeof(Guid) => NamedGuid.Of("golden", path),
        _ when type == typeof(DateTimeOffset) => Instant,
        _ when type == typeof(DateOnly) => DateOnly.FromDateTime(Instant.Date),
        _ when type == typeof(TimeOnly) => TimeOnly.FromTimeSpan(Instant.TimeOfDay),
        _ when type == typeof(TimeSpan) => TimeSpan.FromMinutes(path.Length),
        _ when type.IsEnum => Enum.GetValues(type).Cast<object>().Last(),
        _ when type == typeof(float) || type == typeof(double) || type == typeof(decimal) =>
            throw new InvalidOperationException($"{path}: event data holds no fractions; use minor units."),
        _ when type.IsPrimitive => Convert.ChangeType(path.Length, type, CultureInfo.InvariantCulture),
        _ when type == typeof(object) => throw new InvalidOperationException($"{path}: an event says what it holds."),
        _ => null,
    };

    private static object? Collection(Type type, string path)
    {
        if (type.IsArray) return Elements(type.GetElementType() ?? typeof(object), path);
        if (!type.IsGenericType || !typeof(IEnumerable).IsAssignableFrom(type) || type.Namespace?.StartsWith("System", StringComparison.Ordinal) != true) return null;
        var arguments = type.GetGenericArguments();
        if (arguments.Length == 2)
        {
            var pairs = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(arguments))!; // a dictionary type
            pairs[Of(arguments[0], $"{path}.key")] = Of(arguments[1], $"{path}.value");
            return type.IsInstanceOfType(pairs) ? pairs : Made(typeof(ImmutableDictionary), "ToImmutableDictionary", arguments, pairs);
        }

        var elements = Elements(arguments[0], path);
        if (type.IsInstanceOfType(elements)) return elements;
        var list = Activator.CreateInstance(typeof(List<>).MakeGenericType(arguments), elements)!; // a list of the same elements
        if (type.IsInstanceOfType(list)) return list;
        var name = type.Name.Split('`')[0];
        var factory = type.IsInterface ? name[1..] : name;
        return Made(typeof(ImmutableArray).Assembly.GetType($"System.Collections.Immutable.{factory}") ?? typeof(ImmutableArray), $"To{factory}", arguments, elements);
    }

    private static object Made(Type factory, string method, Type[] arguments, object from) => factory.GetMethods()
        .Where(m => m.Name == method && m.GetGenericArguments().Length == arguments.Length && m.GetParameters().Length == 1)
        .Select(m => m.MakeGenericMethod(arguments))
        .First(m => m.GetParameters()[0].ParameterType.IsInstanceOfType(from))
        .Invoke(null, [from])!; // factories give collections

    private static Array Elements(Type type, string path)
    {
        var elements = Array.CreateInstance(type, 2);
        for (var i = 0; i < elements.Length; i++) elements.SetValue(Of(type, $"{path}.{i}"), i);
        return elements;
    }

    private static object Composed(Type type, string path)
    {
        if (typeof(IPersonal).IsAssignableFrom(type))
            return type.GetMethod("Of")!.Invoke(null, [Of(type.GetGenericArguments()[0], path)])!; // Personal<T>.Of
        if (type.IsAbstract)
        {
            var first = type.GetCustomAttributes<JsonDerivedTypeAttribute>().FirstOrDefault()?.DerivedType
                ?? throw new InvalidOperationException($"{path}: {type.Name} is abstract and names no [JsonDerivedType].");
            return Of(first, path);
        }

        var constructor = type.GetConstructors().MaxBy(c => c.GetParameters().Length) ?? throw new InvalidOperationException($"{path}: {type.Name} has no public constructor.");
        return constructor.Invoke([.. constructor.GetParameters().Select(p => Of(p.ParameterType, path.Length == 0 ? $"{p.Name}" : $"{path}.{p.Name}"))]);
    }
}
