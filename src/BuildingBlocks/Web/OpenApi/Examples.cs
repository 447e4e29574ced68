using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace ClusterNet.Web;

/// <summary>Examples beside the endpoint that they belong to, written as the API itself writes JSON.</summary>
public static class Examples
{
    /// <summary>A request body to try the endpoint with.</summary>
    public static TBuilder WithExample<TBuilder>(this TBuilder endpoint, object body)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new RequestExample(body));

    /// <summary>An answer of the endpoint; without <paramref name="status"/> its first answer that is a success.</summary>
    public static TBuilder WithAnswerExample<TBuilder>(this TBuilder endpoint, object body, int? status = null)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new AnswerExample(body, status));

    internal static Task Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken ct)
    {
        var json = context.ApplicationServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<RequestExample>().LastOrDefault() is { } request)
        {
            Set(operation.RequestBody?.Content, request.Value, json);
        }

        foreach (var answer in metadata.OfType<AnswerExample>())
        {
            var response = answer.Status is { } status
                ? operation.Responses?.GetValueOrDefault(status.ToString(CultureInfo.InvariantCulture))
                : operation.Responses?.FirstOrDefault(known => known.Key.StartsWith('2')).Value;
            Set(response?.Content, answer.Value, json);
        }

        return Task.CompletedTask;
    }

    private static void Set(IDictionary<string, OpenApiMediaType>? contents, object value, JsonSerializerOptions json)
    {
        foreach (var content in contents?.Values ?? [])
        {
            content.Example = JsonSerializer.SerializeToNode(value, value.GetType(), json);
        }
    }

    private sealed record RequestExample(object Value);

    private sealed record AnswerExample(object Value, int? Status);
}
