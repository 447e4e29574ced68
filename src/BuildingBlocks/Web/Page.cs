using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Primitives;

namespace ClusterNet.Web;

/// <summary>One page of a list as the API answers it.</summary>
/// <param name="Next">Send it as <c>cursor</c> for the page after this one; null on the last page.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>A page as an endpoint's result: the body, and the next page's address as a link <c>rel="next"</c> (RFC 8288).</summary>
public sealed class Paged<T> : IResult, IEndpointMetadataProvider, IStatusCodeHttpResult, IValueHttpResult, IValueHttpResult<Page<T>>
{
    internal Paged(Page<T> value) => Value = value;

    public Page<T> Value { get; }

    object? IValueHttpResult.Value => Value;

    public int? StatusCode => StatusCodes.Status200OK;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        if (Value.Next is { } next)
        {
            httpContext.Response.Headers.Append("Link", $"<{NextAddress(httpContext.Request, next)}>; rel=\"next\"");
        }

        return TypedResults.Ok(Value).ExecuteAsync(httpContext);
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(Page<T>), ["application/json"]));

    // A relative reference: the caller resolves it against the address that it used, whatever proxies stand between (RFC 8288 section 3.1).
    private static string NextAddress(HttpRequest request, string next)
    {
        var others = request.Query.Where(parameter => !parameter.Key.Equals(PageRequest.CursorName, StringComparison.OrdinalIgnoreCase));
        var query = QueryString.Create(others.Append(new(PageRequest.CursorName, new StringValues(next))));
        return $"{request.PathBase}{request.Path}{query}";
    }
}
