using System.Reflection;
using System.Text.Json.Serialization;
using ClusterNet.EventStore;

namespace ClusterNet.Tests.Golden;

/// <summary>All events of all modules, found in the assemblies beside the tests. Upcasters are found as static members of their types.</summary>
internal static class GoldenEvents
{
    public static readonly EventTypes Types = new(Modules(), Upcasters());

    private static IEnumerable<Assembly> Assemblies() =>
        Directory.EnumerateFiles(AppContext.BaseDirectory, "ClusterNet.*.dll").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal)
            .Select(name => Assembly.Load(name ?? ""));

    private static IEnumerable<EventModule> Modules()
    {
        foreach (var assembly in Assemblies())
        {
            var events = assembly.GetTypes().Where(t => t.GetCustomAttribute<StoredAsAttribute>(inherit: false) is not null).ToList();
            if (events.Count == 0) continue;
            var contexts = assembly.GetTypes().Where(t => typeof(JsonSerializerContext).IsAssignableFrom(t) && !t.IsAbstract)
                .Select(t => (JsonSerializerContext?)t.GetProperty("Default", BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)?.GetValue(null))
                .OfType<JsonSerializerContext>();
            // The first are those that modules add with their events; others are for endpoints.
            var name = assembly.GetName().Name?.Split('.')[^1].ToLowerInvariant() ?? "";
            foreach (var json in contexts.OrderByDescending(c => events.Count(e => c.GetTypeInfo(e) is not null))) yield return new(name, assembly, json);
        }
    }

    private static IEnumerable<Upcaster> Upcasters() =>
        from assembly in Assemblies()
        from type in assembly.GetTypes().Where(t => !t.ContainsGenericParameters)
        from member in type.GetProperties(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)
        where typeof(IEnumerable<Upcaster>).IsAssignableFrom(member.PropertyType)
        from upcaster in (IEnumerable<Upcaster>?)member.GetValue(null) ?? []
        select upcaster;
}
