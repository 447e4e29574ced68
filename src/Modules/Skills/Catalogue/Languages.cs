using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace ClusterNet.Skills.Catalogue;

/// <summary>
/// In which language somebody reads: the primary subtag of BCP 47 (RFC 5646 section 2.2.1), which is what the catalogue's labels
/// have.
/// </summary>
internal static class Languages
{
    public const string Fallback = "en";

    private const int Longest = 35;

    /// <summary>The query's word first, then Accept-Language by quality (RFC 9110 section 12.5.4), then English.</summary>
    public static string Of(string? asked, HttpRequest request)
    {
        if (!string.IsNullOrWhiteSpace(asked)) return Primary(asked);
        if (!StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptLanguage, out var accepted)) return Fallback;
        var best = accepted.Where(l => l.Value != "*" && l.Quality != 0).OrderByDescending(l => l.Quality ?? 1).FirstOrDefault();
        return best is null ? Fallback : Primary(best.Value.ToString());
    }

    public static string Primary(string tag)
    {
        var primary = tag.Trim().Split('-', 2)[0].ToLowerInvariant();
        return primary.Length is > 0 and <= Longest ? primary : Fallback;
    }

    /// <summary>The label in the wanted language, else in English, else in the first language there is.</summary>
    public static (string Language, string Label) Choose(IReadOnlyDictionary<string, string> labels, string wanted)
    {
        foreach (var language in (string[])[Primary(wanted), Fallback])
            if (labels.TryGetValue(language, out var label)) return (language, label);
        return labels.Count == 0 ? (Fallback, "") : labels.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => (l.Key, l.Value))
            .First();
    }
}
