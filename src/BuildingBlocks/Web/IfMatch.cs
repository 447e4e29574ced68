using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;

namespace ClusterNet.Web;

/// <summary>
/// The header <c>If-Match</c> (RFC 9110 section 13.1.1) as an endpoint's parameter. A header that is none is answered with 400
/// <c>malformed-if-match</c>; tags that no version of ours can have never match and are answered with 412.
/// </summary>
/// <param name="Version">The version that the caller expects; none when the header is absent or <c>*</c>.</param>
/// <param name="MustExist">The caller sent <c>*</c> or a version: there has to be something to change.</param>
public sealed record IfMatch(long? Version, bool MustExist) : IEndpointParameterMetadataProvider
{
    public static readonly IfMatch Absent = new(null, false);
    public static readonly IfMatch Any = new(null, true);

    /// <summary>Whether the precondition holds at this version; 0 means that nothing is there.</summary>
    public bool Allows(long version) => Version is { } expected ? expected == version && version > 0 : !MustExist || version > 0;

    /// <summary>Reads the request's header; used by parameter binding and by hand.</summary>
    public static IfMatch Of(HttpRequest request)
    {
        var header = request.Headers.IfMatch;
        if (header.Count == 0)
        {
            return Absent;
        }

        if (!EntityTagHeaderValue.TryParseStrictList(header, out var tags) || tags.Count != 1)
        {
            throw new RefusedRequestException(
                400,
                "malformed-if-match",
                "If-Match takes one entity tag, quotes included, as the ETag of an earlier answer showed it, or *.");
        }

        return tags[0].Equals(EntityTagHeaderValue.Any) ? Any
            : ETags.TryVersion(tags[0], out var version) ? new(version, true)
            : throw new RefusedRequestException(
                412, "stale-version", "This entity tag names no version; read the resource again and send its ETag.");
    }

    public static ValueTask<IfMatch> BindAsync(HttpContext context, ParameterInfo parameter) => new(Of(context.Request));

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => builder.Metadata.Add(TakesIfMatch.Instance);
}

/// <summary>An endpoint reads <c>If-Match</c>; the API description shows it.</summary>
internal sealed record TakesIfMatch
{
    public static readonly TakesIfMatch Instance = new();
}
