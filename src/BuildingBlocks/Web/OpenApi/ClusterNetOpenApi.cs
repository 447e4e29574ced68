using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace ClusterNet.Web;

/// <summary>The API's description, OpenAPI 3.1, at <c>/openapi/v1.json</c>.</summary>
public static class ClusterNetOpenApi
{
    /// <summary>Where the description is.</summary>
    public const string Path = "/openapi/v1.json";

    private const string Document = "v1";

    /// <summary>Describes every endpoint: identity, parameters, problems, examples and who may call it.</summary>
    /// <param name="info">Title, description and version.</param>
    /// <param name="cookie">The name of the session's cookie.</param>
    public static IServiceCollection AddClusterNetOpenApi(this IServiceCollection services, OpenApiInfo info, string cookie)
    {
        services.AddOpenApi(Document, options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.CreateSchemaReferenceId = new SchemaNames().Of;
            options.AddSchemaTransformer(ScalarSchemas.Describe);
            options.AddOperationTransformer(OperationNames.Describe);
            options.AddOperationTransformer(OperationParameters.Describe);
            options.AddOperationTransformer(OperationAnswers.Describe);
            options.AddOperationTransformer(Examples.Describe);
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info = info;
                SharedParts.AddTo(document, cookie);
                return Task.CompletedTask;
            });
        });
        return services;
    }

    /// <summary>Serves the description, written once: endpoints do not change while the process runs.</summary>
    public static IEndpointConventionBuilder MapClusterNetOpenApi(this IEndpointRouteBuilder routes)
    {
        var written = new Lazy<Task<byte[]>>(() => Write(routes.ServiceProvider), LazyThreadSafetyMode.ExecutionAndPublication);
        return routes
            .MapGet(Path, async () => TypedResults.Bytes(await written.Value, "application/json"))
            .ExcludeFromDescription()
            .AllowAnonymous();
    }

    private static async Task<byte[]> Write(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        var document = await scope.ServiceProvider.GetRequiredKeyedService<IOpenApiDocumentProvider>(Document).GetOpenApiDocumentAsync();
        using var stream = new MemoryStream();
        await document.SerializeAsJsonAsync(stream, OpenApiSpecVersion.OpenApi3_1);
        return stream.ToArray();
    }
}
