using System.Globalization;
using ClusterNet.Design;
using ClusterNet.Skills.Contracts;
using Microsoft.AspNetCore.Http;

namespace ClusterNet.Learning.Mentoring;

/// <summary>Skills as forms send them: those that are kept as boxes named <c>skill</c>, and one more from a picker.</summary>
internal sealed class SkillChoice(ISkillCatalogue catalogue)
{
    public const string Field = "skill";

    public static string Language => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;

    public async Task<IReadOnlyList<string>> Read(HttpContext http, Picked? more, CancellationToken ct)
    {
        var kept = http.Request.Form[Field].OfType<string>().Where(u => u.Length > 0);
        return [.. kept.Concat(await One(more, ct) is { } uri ? [uri] : []).Distinct()];
    }

    /// <summary>The picked concept, or the one that is called exactly what was typed; null for none.</summary>
    public async Task<string?> One(Picked? picked, CancellationToken ct)
    {
        if (Guid.TryParse(picked?.Id, out var id)) return await catalogue.UriOf(id, ct);
        if (picked?.Text is not { Length: > 1 } text) return null;
        return (await catalogue.Near(text, Language, ct)).FirstOrDefault(c => string.Equals(c.Label, text.Trim(), StringComparison.OrdinalIgnoreCase))?.Uri;
    }

    public Task<IReadOnlyDictionary<string, SkillCard>> Labels(IEnumerable<string> uris, CancellationToken ct) => catalogue.Find([.. uris.Distinct()], Language, ct);
}
