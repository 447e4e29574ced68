using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using ClusterNet.Access.Contracts;
using ClusterNet.Privacy;

namespace ClusterNet.Access.Exports;

/// <summary>The archive's page for reading: one file, no script, no address outside it; whatever anybody wrote is shown as text.</summary>
internal sealed class Summary(SummaryWords words, PersonalDataPolicy policy, DateTimeOffset now)
{
    private const string Style =
        "body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse;width:100%}" +
        "th,td{border-bottom:1px solid #ccc;padding:.4rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}" +
        "dt{font-weight:600}dd{margin:0 0 .4rem}";

    public async Task Write(Stream stream, IAsyncEnumerable<SubjectEvent> events, CancellationToken ct)
    {
        await using var html = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true);
        await html.WriteAsync(Head().AsMemory(), ct);
        var rows = 0;
        await foreach (var e in events)
        {
            await html.WriteAsync(Row(e).AsMemory(), ct);
            rows++;
        }

        if (rows == 0) await html.WriteAsync($"<tr><td colspan=\"3\">{Text(words.Nothing)}</td></tr>".AsMemory(), ct);
        await html.WriteAsync("</tbody></table></main></body></html>\n".AsMemory(), ct);
        await html.FlushAsync(ct);
    }

    private string Head()
    {
        var html = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"<!doctype html><html lang=\"{words.Language}\"><head><meta charset=\"utf-8\">")
            .Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">")
            .Append("<meta name=\"viewport\" content=\"width=device-width\">")
            .Append(CultureInfo.InvariantCulture, $"<title>{Text(words.Title)}</title><style>{Style}</style></head><body><main>")
            .Append(CultureInfo.InvariantCulture, $"<h1>{Text(words.Title)}</h1><p>{Text(words.AsOf)} {Instant(now)}</p><h2>{Text(words.Classes)}</h2>")
            .Append("<table><tbody>");
        foreach (var c in policy.Classes)
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{Text(c.Class)}</th><td>{Text(c.What)}</td><td>{Text(c.Purpose)}</td>")
                .Append(CultureInfo.InvariantCulture, $"<td>{Text(c.LegalBasis)}</td><td>{Text(c.Retention)}</td></tr>");
        }

        return html.Append(CultureInfo.InvariantCulture, $"</tbody></table><h2>{Text(words.Events)}</h2><table><thead><tr>")
            .Append(CultureInfo.InvariantCulture, $"<th>{Text(words.When)}</th><th>{Text(words.What)}</th><th>{Text(words.Details)}</th>")
            .Append("</tr></thead><tbody>").ToString();
    }

    private string Row(SubjectEvent e)
    {
        var html = new StringBuilder().Append(
            CultureInfo.InvariantCulture, $"<tr><td>{Instant(e.Event.At)}</td><td>{Text(e.Event.StoredAs.Replace('_', ' '))}</td><td><dl>");
        if (e.Withheld) html.Append(CultureInfo.InvariantCulture, $"<dd><em>{Text(words.Withheld)}</em></dd>");
        foreach (var member in e.Members) html.Append(CultureInfo.InvariantCulture, $"<dt>{Text(member.Name)}</dt><dd>{Value(member)}</dd>");
        foreach (var (name, value) in e.Data ?? []) html.Append(CultureInfo.InvariantCulture, $"<dt>{Text(name)}</dt><dd>{Text(Plain(value))}</dd>");
        return html.Append("</dl></td></tr>\n").ToString();
    }

    private string Value(SubjectMember member) => member.State switch
    {
        MemberState.Known => Text(Plain(member.Value)),
        MemberState.Erased => $"<em>{Text(words.Erased)}</em>",
        _ => $"<em>{Text(words.Withheld)}</em>",
    };

    private static string Plain(JsonNode? value) => value switch
    {
        null => "–",
        JsonArray list => string.Join(", ", list.Select(Plain)),
        _ => value.ToString(),
    };

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static string Text(string text) => HtmlEncoder.Default.Encode(text);
}

/// <summary>The page's own words in the reader's language.</summary>
internal sealed record SummaryWords(
    string Language, string Title, string AsOf, string Classes, string Events, string When, string What, string Details, string Erased,
    string Withheld, string Nothing)
{
    private static readonly SummaryWords English = new(
        "en", "What the network knows about you", "As of", "Kinds of data", "What happened", "When", "What", "Details", "erased",
        "withheld: it belongs to another person", "Nothing yet.");

    private static readonly SummaryWords[] All =
    [
        English,
        new(
            "de", "Was das Netzwerk über Sie weiß", "Stand", "Arten von Daten", "Was geschah", "Wann", "Was", "Einzelheiten", "gelöscht",
            "nicht gezeigt: es gehört einer anderen Person", "Noch nichts."),
        new(
            "fr", "Ce que le réseau sait de vous", "État au", "Types de données", "Ce qui s’est passé", "Quand", "Quoi", "Détails", "effacé",
            "non montré : cela appartient à une autre personne", "Rien encore."),
    ];

    /// <param name="languages">Language tags, the most wanted first.</param>
    public static SummaryWords For(IEnumerable<string> languages) =>
        languages.Select(l => Array.Find(All, w => l == w.Language || l.StartsWith(w.Language + "-", StringComparison.OrdinalIgnoreCase)))
            .FirstOrDefault(w => w is not null) ?? English;
}
