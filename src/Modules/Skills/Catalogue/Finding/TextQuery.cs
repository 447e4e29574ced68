using System.Numerics;
using ClusterNet.Search;

namespace ClusterNet.Skills.Catalogue.Finding;

/// <summary>A label that a text speaks of.</summary>
/// <param name="Score">Of two labels, the higher one is spoken of more surely.</param>
/// <param name="Words">The words of the text that met it, as they were written, in their order.</param>
internal readonly record struct Spoken(int Entry, int Label, float Score, IReadOnlyList<string> Words);

/// <summary>
/// A text in nobody's special words, held against an index: a label is spoken of when the text has most of what it weighs. Rare words weigh more
/// than common ones (inverse document frequency, Spärck Jones 1972), so that no list of stop words is needed for any language. Words of one stem
/// meet by their beginnings, long words with one slip as well.
/// </summary>
internal sealed class TextQuery
{
    public const int LongestText = 4_000;

    private const int MostWords = 400, Exact = 4, SlipsFrom = 7, MostSlipped = 20;
    private const float LeastLikeness = 0.6f, SlippedLikeness = 0.85f, LeastCover = 0.6f, AloneCover = 0.9f, RareAlone = 5f;

    private readonly IReadOnlyList<(string Folded, string Written)> _words;
    private readonly string _language;

    private TextQuery(IReadOnlyList<(string, string)> words, string language) => (_words, _language) = (words, language);

    /// <summary>Null for what has no letter or digit in it.</summary>
    public static TextQuery? Of(string text, string language)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(written => LabelIndex.WordsOf(Folding.Of(written)).Select(folded => (folded, Trimmed(written))))
            .DistinctBy(w => w.folded).Take(MostWords).ToList();
        return words.Count == 0 ? null : new(words, language);
    }

    /// <param name="admits">Which entries may be suggested.</param>
    /// <param name="bonus">From 0 to 1: how much an entry is used.</param>
    public List<Spoken> In(LabelIndex index, int limit, Func<int, bool> admits, Func<int, float> bonus)
    {
        var met = new Dictionary<int, (float Likeness, int Word)>();
        var slipped = 0;
        for (var i = 0; i < _words.Count; i++)
        {
            var before = met.Count;
            Meet(index, _words[i].Folded, i, met);
            if (met.Count == before && _words[i].Folded.Length >= SlipsFrom && slipped++ < MostSlipped) MeetSlipped(index, _words[i].Folded, i, met);
        }

        var sums = new Dictionary<int, (float Sum, int Words)>();
        foreach (var (word, (likeness, _)) in met)
        {
            var weight = index.RarityOf(word) * likeness;
            foreach (var label in index.HoldersOf(word))
            {
                var (sum, words) = sums.GetValueOrDefault(label);
                sums[label] = (sum + weight, words + 1);
            }
        }

        var best = new Dictionary<int, (int Label, float Score)>();
        foreach (var (label, (sum, words)) in sums)
        {
            var (cover, about) = (Math.Min(1, sum / index.RarityAt(label)), index.LabelAt(label));
            // One word alone must be all of the label, and say something.
            if (cover < LeastCover || (words == 1 && (cover < AloneCover || sum < RareAlone)) || !admits(about.Entry)) continue;
            var score = sum * cover * cover * (1 + 0.15f * bonus(about.Entry))
                * about.Kind switch { LabelKind.Preferred => 1.1f, LabelKind.Alternative => 1f, _ => 0.9f } * (about.Language == _language ? 1.1f : 1);
            if (!best.TryGetValue(about.Entry, out var known) || known.Score < score) best[about.Entry] = (label, score);
        }

        return
        [
            .. best.OrderByDescending(b => b.Value.Score).ThenBy(b => index.FoldedAt(b.Value.Label), StringComparer.Ordinal).ThenBy(b => b.Key).Take(limit)
                .Select(b => new Spoken(b.Key, b.Value.Label, b.Value.Score, Reasons(index, b.Value.Label, met))),
        ];
    }

    private List<string> Reasons(LabelIndex index, int label, Dictionary<int, (float Likeness, int Word)> met) =>
    [
        .. LabelIndex.WordsOf(index.FoldedAt(label)).Select(index.Place).OfType<int>().Where(met.ContainsKey).Select(w => met[w].Word).Distinct().Order()
            .Select(w => _words[w].Written),
    ];

    private static void Meet(LabelIndex index, string word, int at, Dictionary<int, (float Likeness, int Word)> met)
    {
        if (word.Length < Exact)
        {
            if (index.Place(word) is { } place) Keep(met, place, 1, at);
            return;
        }

        foreach (var other in index.Beginning(word[..Math.Max(Exact, (int)(word.Length * LeastLikeness))]))
        {
            var (text, common) = (index.Words[other], 0);
            while (common < text.Length && common < word.Length && text[common] == word[common]) common++;
            var likeness = (float)common / Math.Max(text.Length, word.Length);
            if (likeness >= LeastLikeness) Keep(met, other, likeness, at);
        }
    }

    private static void MeetSlipped(LabelIndex index, string word, int at, Dictionary<int, (float Likeness, int Word)> met)
    {
        var (distance, letters) = (new EditDistance(word), LabelIndex.LettersOf(word));
        for (var other = 0; other < index.Words.Length; other++)
        {
            if (Math.Abs(index.Words[other].Length - word.Length) > 1 || BitOperations.PopCount(letters & ~index.LettersAt(other)) > 1) continue;
            if (distance.To(index.Words[other]).Whole == 1) Keep(met, other, SlippedLikeness, at);
        }
    }

    private static void Keep(Dictionary<int, (float Likeness, int Word)> met, int word, float likeness, int at)
    {
        if (met.GetValueOrDefault(word).Likeness < likeness) met[word] = (likeness, at);
    }

    private static string Trimmed(string written) => written.Trim('.', ',', ';', ':', '!', '?', '(', ')', '"', '\'', '“', '”', '„', '«', '»', '–');
}
