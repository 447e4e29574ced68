using System.Text.Json.Nodes;
using ClusterNet.EventStore;
using ClusterNet.Projections;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ClusterNet.Web;

/// <summary>Types with converters of ours, which the framework cannot look into.</summary>
internal static class ScalarSchemas
{
    public const string Example = "0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e5f";

    public static bool IsId(Type? type) => type is not null && (Nullable.GetUnderlyingType(type) ?? type).IsAssignableTo(typeof(IId));

    public static OpenApiSchema Uuid() => new() { Type = JsonSchemaType.String, Format = "uuid", Examples = [JsonValue.Create(Example)] };

    public static async Task Describe(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken ct)
    {
        var type = context.JsonTypeInfo.Type;
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        if (bare.IsGenericType && bare.GetGenericTypeDefinition() == typeof(ValueList<>))
        {
            schema.Items = await context.GetOrCreateSchemaAsync(bare.GetGenericArguments()[0], cancellationToken: ct);
            schema.Type = JsonSchemaType.Array | (context.JsonPropertyInfo is { IsGetNullable: true } ? JsonSchemaType.Null : 0);
            return;
        }

        if (IsId(bare))
        {
            (schema.Format, schema.Description, schema.Examples) = ("uuid", null, [JsonValue.Create(Example)]);
        }
        else if (bare.IsEnum)
        {
            schema.Enum = [.. Enum.GetValues(bare).Cast<object>().Select(v => (JsonNode)JsonValue.Create(Column.WireName(bare, v)))];
        }
        else if (bare == typeof(DateTimeOffset))
        {
            schema.Format = "date-time";
        }
        else if (bare != typeof(string))
        {
            return;
        }

        // Of text the annotation alone says whether it can be null, and only a property has one.
        var canBeNull = bare != type || (bare == typeof(string) && context.JsonPropertyInfo is { IsGetNullable: true });
        schema.Type = JsonSchemaType.String | (canBeNull ? JsonSchemaType.Null : 0);
    }
}
