using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ClusterNet.Web;

/// <summary>Parameters that types of ours read, and which the framework therefore does not see.</summary>
internal static class OperationParameters
{
    public static Task Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken ct)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var parameters = operation.Parameters ??= [];
        var ids = context.Description.ParameterDescriptions.Where(p => ScalarSchemas.IsId(p.ParameterDescriptor?.ParameterType));
        foreach (var parameter in parameters.OfType<OpenApiParameter>().Where(p => ids.Any(id => id.Name == p.Name)))
        {
            parameter.Schema = ScalarSchemas.Uuid();
        }

        foreach (var parameter in parameters.OfType<OpenApiParameter>().Where(p => p.In == ParameterLocation.Query))
        {
            parameter.Description ??= Known.GetValueOrDefault(parameter.Name ?? "");
        }

        if (HttpMethods.IsPost(context.Description.HttpMethod ?? ""))
        {
            const string repeats = "New for a new request; a repeat with it is answered as the first was.";
            parameters.Add(Header("Idempotency-Key", repeats, ScalarSchemas.Example));
        }

        if (metadata.OfType<TakesIfMatch>().Any())
        {
            parameters.Add(Header("If-Match", "The ETag of the version that you saw; if it is stale, the answer is 412.", "\"7\""));
        }

        if (metadata.OfType<TakesPage>().Any())
        {
            parameters.Add(Limit());
            parameters.Add(Query(PageRequest.CursorName, "'next' of the page before.", new() { Type = JsonSchemaType.String }));
        }

        return Task.CompletedTask;
    }

    /// <summary>Query parameters that mean the same wherever they stand.</summary>
    private static readonly Dictionary<string, string> Known = new()
    {
        ["asOf"] = "The state as it was at this instant, such as 2026-05-31T09:30:00Z; the answer names the position of the log.",
        ["asOfVersion"] = "The state as it was at this version, from 1.",
        ["asOfPosition"] = "The state as it was when the log ended at this position, from 0.",
        ["dryRun"] = "true only reports what an import would do; nothing is written.",
        ["from"] = "From this instant on.",
        ["to"] = "Before this instant.",
        ["language"] = "Language of labels, such as de; otherwise as Accept-Language says.",
        ["q"] = "Words to look for.",
        ["limit"] = "How many entries the answer has at most.",
        ["purpose"] = "What an auditor reads this for; recorded with the read.",
    };

    private static OpenApiParameter Header(string name, string description, string example) => new()
    {
        Name = name,
        In = ParameterLocation.Header,
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        Example = JsonValue.Create(example),
    };

    private static OpenApiParameter Limit() => Query(PageRequest.LimitName, "How many entries a page has at most.", new()
    {
        Type = JsonSchemaType.Integer,
        Minimum = "1",
        Maximum = PageRequest.MaxLimit.ToString(CultureInfo.InvariantCulture),
        Default = JsonValue.Create(PageRequest.DefaultLimit),
    });

    private static OpenApiParameter Query(string name, string description, OpenApiSchema schema) =>
        new() { Name = name, In = ParameterLocation.Query, Description = description, Schema = schema };
}
