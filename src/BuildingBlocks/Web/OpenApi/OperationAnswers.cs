using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ClusterNet.Web;

/// <summary>Who may call an operation, and the problems that it can answer with besides its own.</summary>
internal static class OperationAnswers
{
    public static Task Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken ct)
    {
        var document = context.Document!; // set whenever a whole document is made
        var signedIn = !context.Description.ActionDescriptor.EndpointMetadata.OfType<IAllowAnonymous>().Any();
        operation.Security = signedIn
            ?
            [
                new() { [new(SharedParts.Bearer, document)] = [] },
                new() { [new(SharedParts.Cookie, document)] = [] },
            ]
            : [];
        var responses = operation.Responses ??= [];
        foreach (var status in StatusesOf(operation, context, signedIn))
        {
            var problem = new OpenApiResponseReference(SharedParts.ResponseName(status), document);
            responses.TryAdd(status.ToString(CultureInfo.InvariantCulture), problem);
        }

        return Task.CompletedTask;
    }

    private static IEnumerable<int> StatusesOf(OpenApiOperation operation, OpenApiOperationTransformerContext context, bool signedIn)
    {
        var method = context.Description.HttpMethod ?? "";
        var changes = !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method);
        var hasBody = operation.RequestBody is not null;
        (int Status, bool Applies)[] rules =
        [
            (400, true),
            (401, signedIn),
            (403, signedIn || changes),
            (404, context.Description.RelativePath?.Contains('{', StringComparison.Ordinal) == true),
            (409, changes),
            (412, context.Description.ActionDescriptor.EndpointMetadata.OfType<TakesIfMatch>().Any()),
            (413, hasBody),
            (415, hasBody),
            (422, changes),
            (429, true),
        ];
        return rules.Where(rule => rule.Applies).Select(rule => rule.Status);
    }
}
