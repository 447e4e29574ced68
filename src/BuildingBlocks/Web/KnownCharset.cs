using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace ClusterNet.Web;

/// <summary>A body in an encoding that nobody knows is refused before anything reads it: the framework would fail on it. JSON is UTF-8 (RFC 8259 section 8.1).</summary>
internal static class KnownCharset
{
    public static Task Refuse(HttpContext context, RequestDelegate next) =>
        !MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) || !type.Charset.HasValue || Takes(type)
            ? next(context)
            : StatusAnswers.Answer(
                context, StatusCodes.Status415UnsupportedMediaType,
                Problems.Of(415, "unsupported-media-type", "Send the body in UTF-8, and the header Content-Type with charset=utf-8 or without a charset."));

    private static bool Takes(MediaTypeHeaderValue type) =>
        type.Encoding is { } encoding && (encoding.CodePage == Encoding.UTF8.CodePage || !type.MatchesMediaType("application/json"));
}
