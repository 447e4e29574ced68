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
        if (!HttpMethods.IsGet(context.Description.HttpMethod ?? "") && responses.TryGetValue("200", out var done)
            && done is OpenApiResponse { Content: null or { Count: 0 } } carried)
        {
            carried.Description = Carried;
        }

        foreach (var status in StatusesOf(operation, context, signedIn))
        {
            var problem = new OpenApiResponseReference(SharedParts.ResponseName(status), document);
            responses.TryAdd(status.ToString(CultureInfo.InvariantCulture), problem);
        }

        return Task.CompletedTask;
    }

    private const string Carried =
        "Carried out: {\"id\", \"version\", \"links\"} and what the summary names. 201 with Location where something new came to be; " +
        "ETag is the version reached, ClusterNet-Wrote what a query may wait for.";

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
