using Microsoft.AspNetCore.Http;

namespace ClusterNet.Web;

/// <summary>NUL in a path or query is refused before anything reads it: PostgreSQL would fail on it.</summary>
internal static class StorableUrl
{
    public static Task Refuse(HttpContext context, RequestDelegate next) => Is(context.Request)
        ? next(context)
        : Problems.Of(400, UnstorableTextException.Code, "Neither path nor query may hold the character U+0000 (%00); remove it.")
            .ExecuteAsync(context);

    private static bool Is(HttpRequest request) =>
        StorableText.Is(request.Path.Value)
        && request.QueryString.Value is var query
        && (string.IsNullOrEmpty(query) || (!query.Contains("%00", StringComparison.Ordinal) && StorableText.Is(query)));
}
