using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace ClusterNet.Web;

/// <summary>What many operations point to: the problem, the answers that carry it, the two ways to sign in, the tags.</summary>
internal static class SharedParts
{
    public const string Problem = "Problem";
    public const string Bearer = "bearer";
    public const string Cookie = "cookie";

    private static readonly (int Status, string Description)[] _answers =
    [
        (400, "The request cannot be read: malformed JSON, an unknown member, a malformed parameter."),
        (401, "Nobody is signed in."),
        (403, "The caller may not do this."),
        (404, "Nothing is here, or the caller may not see it."),
        (409, "The state of things forbids it; code says what stands in the way."),
        (412, "The version in If-Match is not the current one."),
        (413, "The body is too large."),
        (415, "The body is not of a type that this operation reads."),
        (422, "The request can be read but never accepted; errors names every wrong member."),
        (429, "Too many requests; Retry-After says how many seconds to wait."),
    ];

    public static string ResponseName(int status) => string.Create(CultureInfo.InvariantCulture, $"Problem{status}");

    public static void AddTo(OpenApiDocument document, string cookie)
    {
        document.AddComponent(Problem, ProblemSchema());
        foreach (var (status, description) in _answers)
        {
            document.AddComponent(ResponseName(status), new OpenApiResponse
            {
                Description = description,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference(Problem, document) },
                },
            });
        }

        document.AddComponent(Bearer, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "A token of the caller.",
        });
        document.AddComponent(Cookie, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Cookie,
            Name = cookie,
            Description = "The session of a browser that signed in.",
        });
        var tags = document.Paths.Keys.Select(OperationNames.TagOf).Distinct().Order(StringComparer.Ordinal);
        document.Tags = tags.Select(name => new OpenApiTag { Name = name }).ToHashSet();
    }

    private static OpenApiSchema ProblemSchema() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "Problem details (RFC 9457). code is stable; detail says what is wrong and what to do next. More members may come.",
        Required = new HashSet<string> { "type", "title", "status", "code" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["type"] = Text("urn:clusternet:problem:invalid-request"),
            ["title"] = Text("Invalid request"),
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Examples = [JsonValue.Create(422)] },
            ["code"] = Text("invalid-request"),
            ["detail"] = Text("Some values cannot be accepted; correct every member named in errors, then send it again."),
            ["traceId"] = Text("4bf92f3577b34da6a3ce929d0e0e4736"),
            ["errors"] = new OpenApiSchema { Type = JsonSchemaType.Array, Items = FaultSchema() },
        },
    };

    private static OpenApiSchema FaultSchema() => new()
    {
        Type = JsonSchemaType.Object,
        Required = new HashSet<string> { "pointer", "code", "detail" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["pointer"] = Text("#/title"),
            ["code"] = Text("too-long"),
            ["detail"] = Text("At most 200 characters are possible; these are 212."),
        },
    };

    private static OpenApiSchema Text(string example) => new() { Type = JsonSchemaType.String, Examples = [JsonValue.Create(example)] };
}
