using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;

namespace ClusterNet.Web;

/// <summary>How large a request's body may be: 1 MiB unless the endpoint says otherwise.</summary>
public static class BodyLimits
{
    /// <summary>1 MiB.</summary>
    public const long Default = 1024 * 1024;

    /// <summary>Lets an endpoint, such as an import or an upload, take larger bodies, or only smaller ones.</summary>
    public static TBuilder WithBodyLimit<TBuilder>(this TBuilder endpoint, long bytes)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new Limit(bytes));

    internal static long Of(HttpContext context) =>
        context.ChosenEndpoint()?.Metadata.GetMetadata<IRequestSizeLimitMetadata>() is { MaxRequestBodySize: { } bytes } ? bytes : Default;

    /// <summary>Refuses by the announced length at once; a body without one is cut off by the server while it is read.</summary>
    internal static Task Refuse(HttpContext context, RequestDelegate next)
    {
        var limit = Of(context);
        if (context.Request.ContentLength > limit)
        {
            return StatusAnswers.Answer(context, StatusCodes.Status413PayloadTooLarge);
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } server)
        {
            server.MaxRequestBodySize = limit;
        }

        return next(context);
    }

    private sealed record Limit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
}
