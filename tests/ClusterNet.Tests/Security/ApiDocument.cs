using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ClusterNet.Tests.Hosting;
using Shouldly;

namespace ClusterNet.Tests.Security;

/// <summary>One operation as the running Host describes it.</summary>
/// <param name="Body">A body with every member that there is; null when it takes no JSON.</param>
/// <param name="Example">The body of the description, which the operation takes as it is; null when it takes no JSON.</param>
internal sealed record Operation(HttpMethod Method, string Path, JsonObject? Body, JsonObject? Example, IReadOnlyList<string> ContentTypes)
{
    /// <summary>Whether the body may not be left out.</summary>
    public bool BodyRequired { get; init; }

    /// <summary>Each value of the route with the segment before it: <c>(records, id)</c>.</summary>
    public IReadOnlyList<(string Segment, string Name)> RouteValues =>
        [.. Regex.Matches(Path, @"([^/{}]+)/\{(\w+)[^}]*\}").Select(m => (m.Groups[1].Value, m.Groups[2].Value))];

    public string At(Func<(string Segment, string Name), string> value) => RouteValues.Aggregate(
        Path, (path, one) => Regex.Replace(path, $@"{one.Segment}/\{{{one.Name}[^}}]*\}}", $"{one.Segment}/{value(one)}"));

    public override string ToString() => $"{Method} {Path}";
}

/// <summary>The OpenAPI document of the running Host, as tests walk it: what is in there is tested, so new routes are tested without being named.</summary>
internal sealed class ApiDocument
{
    private readonly JsonNode _document;

    private ApiDocument(JsonNode document) => _document = document;

    public static async Task<IReadOnlyList<Operation>> Operations(RunningHost host)
    {
        using var anybody = host.Anonymous();
        var document = new ApiDocument((await anybody.Get("/openapi/v1.json")).ShouldBe(HttpStatusCode.OK).Json);
        var operations = document.All().ToList();
        operations.Count.ShouldBeGreaterThan(70);
        return operations;
    }

    private IEnumerable<Operation> All() =>
        from path in _document["paths"]!.AsObject() // every OpenAPI document has paths
        from operation in path.Value!.AsObject()
        where operation.Key is "get" or "post" or "put" or "patch" or "delete"
        let content = operation.Value!["requestBody"]?["content"]?.AsObject()
        let json = content?["application/json"]
        select new Operation(
            new(operation.Key.ToUpperInvariant()), path.Key, json is null ? null : Whole(json["schema"], json["example"]) as JsonObject,
            (json?["example"] ?? (json is null ? null : Whole(json["schema"], null))) as JsonObject,
            [.. content?.Select(c => c.Key) ?? []])
        {
            BodyRequired = operation.Value["requestBody"]?["required"]?.GetValue<bool>() == true,
        };

    /// <summary>A value with all members of the schema; where there is an example, its values.</summary>
    private JsonNode? Whole(JsonNode? schema, JsonNode? example, int depth = 0)
    {
        schema = Resolved(schema);
        if (schema?["properties"] is JsonObject properties && example is null or JsonObject && depth < 6)
        {
            var whole = new JsonObject();
            foreach (var (name, member) in properties) whole[name] = Whole(member, example?[name], depth + 1);
            return whole;
        }

        return example?.DeepClone() ?? Made(schema, depth);
    }

    private JsonNode? Made(JsonNode? schema, int depth)
    {
        if (schema?["enum"] is JsonArray { Count: > 0 } values) return values[0]?.DeepClone();
        return TypeOf(schema) switch
        {
            "array" => schema?["items"] is { } items && depth < 6 ? new JsonArray(Whole(items, null, depth + 1)) : new JsonArray(),
            "integer" or "number" => 1,
            "boolean" => false,
            "object" => new JsonObject(),
            _ => schema?["format"]?.ToString() switch
            {
                "uuid" => "0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e5f",
                "date-time" => "2027-05-31T09:30:00Z",
                "date" => "2027-05-31",
                "uri" => "https://firm.example/",
                _ => "words",
            },
        };
    }

    private static string? TypeOf(JsonNode? schema) => schema?["type"] switch
    {
        JsonArray several => several.Select(t => t!.ToString()).FirstOrDefault(t => t != "null"), // types are texts
        var one => one?.ToString(),
    };

    private JsonNode? Resolved(JsonNode? schema)
    {
        if (schema?["oneOf"] is JsonArray several) schema = several.FirstOrDefault(s => TypeOf(s) != "null");
        return schema?["$ref"]?.ToString() is { } reference
            ? Resolved(reference[2..].Split('/').Aggregate((JsonNode?)_document, (node, name) => node?[name]))
            : schema;
    }
}

/// <summary>Texts within a body, each with a way to put another in its place.</summary>
internal static class BodyTexts
{
    private const string Mark = "@here@";

    /// <summary>Every text of the body: its path, and the body's JSON with a raw literal instead.</summary>
    public static IEnumerable<(string Where, Func<string, string> With)> Of(JsonObject body)
    {
        foreach (var (where, change) in Walk(body, ""))
        {
            var copy = body.DeepClone();
            change(copy);
            var text = copy.ToJsonString();
            yield return (where, literal => text.Replace($"\"{Mark}\"", literal, StringComparison.Ordinal));
        }
    }

    private static IEnumerable<(string, Action<JsonNode>)> Walk(JsonNode? node, string path) => node switch
    {
        JsonObject members => members.SelectMany(m => IsText(m.Value)
            ? [($"{path}/{m.Key}", root => At(root, path)[m.Key] = Mark)]
            : Walk(m.Value, $"{path}/{m.Key}")),
        JsonArray items => items.SelectMany((item, i) => IsText(item)
            ? [($"{path}/{i}", root => At(root, path).AsArray()[i] = Mark)]
            : Walk(item, $"{path}/{i}")),
        _ => [],
    };

    private static bool IsText(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out _);

    private static JsonNode At(JsonNode root, string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries)
        .Aggregate(root, (node, name) => node is JsonArray list ? list[int.Parse(name, null)]! : node[name]!); // the path was walked just now
}
