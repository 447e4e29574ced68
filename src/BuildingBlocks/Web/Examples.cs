using Microsoft.AspNetCore.Builder;

namespace ClusterNet.Web;

/// <summary>Examples in the API's description.</summary>
public static class Examples
{
    /// <summary>The body of a request, as the description's page offers it for trying out.</summary>
    public static TBuilder WithExample<TBuilder>(this TBuilder builder, object body)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new RequestExample(body));
}

internal sealed record RequestExample(object Body);
