using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using ClusterNet.EventStore;
using Microsoft.AspNetCore.OpenApi;

namespace ClusterNet.Web;

/// <summary>
/// Names of shared schemas: a nested <c>Body</c> of <c>RenameRoomEndpoint</c> becomes <c>RenameRoomBody</c>; two types that would still
/// share a name get their module before it.
/// </summary>
internal sealed class SchemaNames
{
    private readonly ConcurrentDictionary<string, Type> _taken = new() { [SharedParts.Problem] = typeof(SharedParts) };

    public string? Of(JsonTypeInfo info)
    {
        var type = Nullable.GetUnderlyingType(info.Type) ?? info.Type;
        if (OpenApiOptions.CreateDefaultSchemaReferenceId(info) is null || type.IsAssignableTo(typeof(IId)) || type == typeof(JsonElement)
            || type.IsAssignableTo(typeof(JsonNode)) || type.IsDefined(typeof(CompilerGeneratedAttribute), false))
        {
            return null; // written where it is used
        }

        var name = NameOf(type);
        var segments = (type.Namespace ?? "").Split('.');
        string[] candidates = [name, (segments.Length > 1 ? segments[1] : segments[0]) + name, string.Concat(segments) + name];
        return candidates.First(candidate => _taken.GetOrAdd(candidate, type) == type);
    }

    private static string NameOf(Type type)
    {
        if (type.IsArray)
        {
            return "ListOf" + NameOf(type.GetElementType()!); // an array has one
        }

        var own = type.Name.Split('`')[0];
        var outer = type.DeclaringType is { } declaring ? WithoutEndpoint(declaring.Name.Split('`')[0]) : "";
        var arguments = type.GetGenericArguments();
        return outer + own + (arguments.Length == 0 ? "" : "Of" + string.Join("And", arguments.Select(NameOf)));
    }

    private static string WithoutEndpoint(string name) =>
        name.EndsWith("Endpoint", StringComparison.Ordinal) && name.Length > 8 ? name[..^8] : name;
}
