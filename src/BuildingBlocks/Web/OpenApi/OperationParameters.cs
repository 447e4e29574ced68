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
