using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;

namespace ClusterNet.Web;

/// <summary>Lists with null among their entries: the serializer lets them through, and no rule of ours expects one.</summary>
internal static class ListHoles
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Lists = new();

    public static void Find(object body, Faults faults)
    {
        foreach (var property in Lists.GetOrAdd(body.GetType(), static type => [.. type.GetProperties().Where(IsList)]))
        {
            if (property.GetValue(body) is not IEnumerable list || !list.Cast<object?>().Contains(null)) continue;
            faults.Add(char.ToLowerInvariant(property.Name[0]) + property.Name[1..], "null-not-allowed", "Take null out of this list.");
        }
    }

    private static bool IsList(PropertyInfo property) =>
        property.PropertyType != typeof(string) && typeof(IEnumerable).IsAssignableFrom(property.PropertyType) && property.GetIndexParameters().Length == 0;
}
