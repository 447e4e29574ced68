using System.Globalization;
using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using Microsoft.Extensions.Localization;
using Words = ClusterNet.Access.Resources.NoticeTexts;

namespace ClusterNet.Access.Notices;

/// <summary>Says notices in the language of the moment. Names are looked up now: who was erased meanwhile is "somebody".</summary>
internal sealed class NoticeTexts(IStringLocalizerFactory texts, NoticeTopics topics, IAccounts accounts)
{
    private readonly IStringLocalizer _own = texts.Create(typeof(Words));

    /// <param name="inMail">Names that look like addresses of the web are left out: a mail of ours must not carry somebody else's link.</param>
    public async Task<IReadOnlyDictionary<Guid, string>> Of(IReadOnlyCollection<NoticeRow> rows, bool inMail, CancellationToken ct)
    {
        var about = rows.Where(r => r.About is not null).Select(r => r.About!.Value).Distinct().ToList(); // filtered: not null
        var cards = about.Count == 0 ? new Dictionary<Id<Person>, AccountCard>() : await accounts.Cards(about, ct);
        return rows.ToDictionary(r => r.Id, r => Say(r, cards, inMail));
    }

    public string Own(string key, params object[] values) => _own[key, values];

    private string Say(NoticeRow row, IReadOnlyDictionary<Id<Person>, AccountCard> cards, bool inMail)
    {
        if (topics.Find(row.Kind) is not { } kind) return _own["NoticeOfOtherProgram"];
        var name = row.About is { } about && cards.TryGetValue(about, out var card) && card.Name.TryGet(out var known) ? Name(known, inMail) : null;
        return texts.Create(kind.Texts)[$"Notice-{kind.Name}", name ?? _own["Somebody"].Value, Name(row.Subject ?? "", inMail) ?? "…"];
    }

    /// <returns>Null for what must not be said.</returns>
    private static string? Name(string text, bool inMail)
    {
        var clean = string.Join(' ', new string([.. text.Select(c => char.IsControl(c) ? ' ' : c).Where(IsShown)]).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return inMail && LooksLikeLink(clean) ? null : clean;
    }

    /// <summary>Marks that change the direction of what follows them would reach beyond the name (CVE-2021-42574).</summary>
    private static bool IsShown(char c) =>
        c is '\u200c' or '\u200d' || CharUnicodeInfo.GetUnicodeCategory(c) is not UnicodeCategory.Format;

    private static bool LooksLikeLink(string text) =>
        text.Contains("://", StringComparison.Ordinal) || text.Contains('@', StringComparison.Ordinal)
        || text.Split(' ').Any(w => w.Contains("www.", StringComparison.OrdinalIgnoreCase) || IsHost(w));

    /// <summary>A dot between letters, and two letters at least behind the last one: mail programs make a link of that.</summary>
    private static bool IsHost(string word)
    {
        var host = word.Split('/', '?', '#')[0].TrimEnd('.', ',', '!', ')');
        var dot = host.LastIndexOf('.');
        return dot > 0 && host.Length - dot > 2 && char.IsLetterOrDigit(host[dot - 1]) && host[(dot + 1)..].All(char.IsLetter);
    }
}
