using Microsoft.AspNetCore.Http;

namespace ClusterNet.Learning.Records;

/// <summary>The language for labels in refusals: the first one that the caller accepts.</summary>
internal static class Language
{
    public static string Of(HttpRequest request) =>
        request.GetTypedHeaders().AcceptLanguage.OrderByDescending(l => l.Quality ?? 1).Select(l => l.Value.ToString())
            .FirstOrDefault(l => l is not ("" or "*")) ?? "en";
}
