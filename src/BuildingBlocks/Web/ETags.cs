using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace ClusterNet.Web;

/// <summary>The version of a stream as a strong entity tag, <c>"7"</c> (RFC 9110 section 8.8.3).</summary>
public static class ETags
{
    public static string Of(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>Sets the answer's <c>ETag</c>.</summary>
    public static void Set(HttpContext context, long version) => context.Response.Headers.ETag = Of(version);

    /// <summary>
    /// Sets the answer's <c>ETag</c> and says whether the caller has this version already: then answer 304
    /// (RFC 9110 section 13.1.2, which compares weakly).
    /// </summary>
    public static bool NotModified(HttpContext context, long version)
    {
        Set(context, version);
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            return false;
        }

        var current = new EntityTagHeaderValue(Of(version));
        return EntityTagHeaderValue.TryParseList(context.Request.Headers.IfNoneMatch, out var known)
            && known.Any(tag => tag.Compare(current, useStrongComparison: false) || tag.Equals(EntityTagHeaderValue.Any));
    }

    /// <summary>The version in a tag of ours; a weak or foreign tag has none.</summary>
    internal static bool TryVersion(EntityTagHeaderValue tag, out long version)
    {
        version = 0;
        return !tag.IsWeak && long.TryParse(tag.Tag.AsSpan().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out version)
            && tag.Tag.Equals(Of(version), StringComparison.Ordinal);
    }
}
