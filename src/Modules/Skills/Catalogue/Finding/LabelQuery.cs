using System.Buffers;
using System.Numerics;
using ClusterNet.Search;

namespace ClusterNet.Skills.Catalogue.Finding;

/// <summary>An entry found.</summary>
/// <param name="Label">Its label that fits best.</param>
internal readonly record struct Match(int Entry, int Label, float Score);

/// <summary>
/// What somebody typed, held against an index: first each word against all words, then the labels with the best words against the whole
/// text. Exact matches come before beginnings, these before matches inside, these before slips; then preferred labels before alternative
/// before hidden ones; then the reader's language; then what is used here.
/// </summary>
internal sealed class LabelQuery
{
    private const int MostWords = 8, LongestWord = 40, Reranked = 400, Short = 4, WholeSlips = 2;
    private const float Whole = 40, Beginning = 30, Inside = 22, Slips = 20, Poor = 17;

    private readonly string _text;
    private readonly string[] _words;
    private readonly string _language;
    private readonly EditDistance _whole;

    private LabelQuery(string text, string[] words, string language)
    {
        (_text, _words, _language) = (text, words, language);
        _whole = new(text);
    }

    /// <summary>Null for what has no letter or digit in it.</summary>
    public static LabelQuery? Of(string typed, string language)
    {
        var text = Folding.Of(typed);
        var words = LabelIndex.WordsOf(text).Select(w => w.Length > LongestWord ? w[..LongestWord] : w).Take(MostWords).ToArray();
        return words.Length == 0 ? null : new(text, words, language);
    }

    /// <param name="admits">Which entries may be found.</param>
    /// <param name="bonus">From 0 to 1: how much an entry is used.</param>
    public List<Match> In(LabelIndex index, int limit, Func<int, bool> admits, Func<int, float> bonus)
    {
        var sums = ArrayPool<float>.Shared.Rent(index.Count);
        var now = ArrayPool<float>.Shared.Rent(index.Count);
        Array.Clear(sums, 0, index.Count);
        Array.Clear(now, 0, index.Count);
        try
        {
            var words = Split(index);
            var touched = new List<int>();
            var fitting = new List<int>();
            // What tells most comes first; short words only add to what others found.
            foreach (var i in Enumerable.Range(0, words.Count).OrderByDescending(i => words[i].Length))
            {
                var (weight, adds) = (LabelIndex.Weight(words[i]), fitting.Count > 0 && words[i].Length < Short);
                foreach (var (word, likeness) in Like(index, words, i))
                {
                    foreach (var label in index.HoldersOf(word))
                    {
                        if (adds && sums[label] == 0) continue;
                        if (now[label] == 0) touched.Add(label);
                        if (now[label] < likeness) now[label] = likeness;
                    }
                }

                foreach (var label in touched)
                {
                    if (sums[label] == 0) fitting.Add(label);
                    sums[label] += now[label] * weight;
                    now[label] = 0;
                }

                touched.Clear();
            }

            var asked = words.Sum(LabelIndex.Weight);
            var best = Best(index, fitting, sums, asked, limit, admits, bonus);
            if (best.Count > 0 && best[0].Score >= Poor) return best;
            // A letter in the place of a blank: no word is near, but the whole is.
            var near = Near(index);
            return near.Count == 0 ? best : Best(index, [.. fitting, .. near.Where(label => sums[label] == 0)], sums, asked, limit, admits, bonus);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(sums);
            ArrayPool<float>.Shared.Return(now);
        }
    }

    /// <summary>Words written as one that the index has as two are two.</summary>
    private List<string> Split(LabelIndex index)
    {
        var words = new List<string>();
        foreach (var word in _words)
        {
            var at = word.Length < 6 || index.Begins(word)
                ? 0
                : Enumerable.Range(3, word.Length - 5).FirstOrDefault(i => index.Place(word[..i]) is not null && index.Place(word[i..]) is not null);
            if (at == 0) words.Add(word);
            else words.AddRange([word[..at], word[at..]]);
        }

        return words;
    }

    private static List<(int Word, float Likeness)> Like(LabelIndex index, List<string> words, int i)
    {
        var (word, isLast) = (words[i], i == words.Count - 1);
        var found = new List<(int, float)>();
        // Two words that the index has as one.
        if (i > 0 && index.Place(words[i - 1] + word) is { } before) found.Add((before, 0.9f));
        if (!isLast && index.Place(word + words[i + 1]) is { } after) found.Add((after, 0.9f));
        var (slips, distance, letters) = (Slip(word.Length), new EditDistance(word), LabelIndex.LettersOf(word));
        var isShort = word.Length < Short;
        var all = index.Words;
        for (var w = 0; w < all.Length; w++)
        {
            // What is far shorter, or lacks many of the letters, is not near.
            if (all[w].Length < word.Length - slips || BitOperations.PopCount(letters & ~index.LettersAt(w)) > slips) continue;
            if (isShort && all[w].Length > word.Length + slips && !(isLast && all[w].StartsWith(word, StringComparison.Ordinal))) continue;
            var likeness = Likeness(word, all[w], distance, slips, isLast);
            if (likeness > 0) found.Add((w, likeness));
        }

        return found;
    }

    private static float Likeness(string word, string other, EditDistance distance, int slips, bool isLast)
    {
        var (whole, prefix) = distance.To(other);
        if (whole == 0) return 1;
        var longer = Math.Max(word.Length, other.Length);
        var likeness = whole <= slips ? 1 - 1.2f * whole / longer : 0;
        if (prefix == 0) return Math.Max(likeness, (isLast ? 0.8f : 0.6f) + 0.15f * word.Length / longer);
        // A word that is still being typed may have slips, too.
        if (prefix < slips || (prefix == slips && word.Length > 5))
            likeness = Math.Max(likeness, (isLast ? 0.85f : 0.7f) * (1 - 1.2f * prefix / word.Length));
        if (likeness < 0.55f && word.Length > 3 && other.Length > word.Length && other.Contains(word, StringComparison.Ordinal))
            likeness = Math.Max(likeness, 0.55f + 0.2f * word.Length / longer);
        return likeness;
    }

    private static int Slip(int length) => length switch
    {
        < 3 => 0,
        < 5 => 1,
        < 9 => 2,
        _ => 3,
    };

    /// <summary>Labels that are few letters away as a whole.</summary>
    private List<int> Near(LabelIndex index)
    {
        var near = new List<int>();
        if (_text.Length is < 5 or > EditDistance.Longest) return near;
        for (var label = 0; label < index.Count; label++)
        {
            var folded = index.FoldedAt(label);
            if (Math.Abs(folded.Length - _text.Length) <= WholeSlips && _whole.To(folded).Whole <= WholeSlips) near.Add(label);
        }

        return near;
    }

    private List<Match> Best(
        LabelIndex index, List<int> fitting, float[] sums, float asked, int limit, Func<int, bool> admits, Func<int, float> bonus)
    {
        // Highest first; only so many are looked at closely.
        var near = new PriorityQueue<int, float>();
        foreach (var label in fitting)
        {
            var about = index.LabelAt(label);
            // Found by the whole only: near enough.
            var fit = sums[label] == 0 ? 1 : Fit(sums[label], asked, index.WeightAt(label));
            var score = fit + (about.Kind == LabelKind.Preferred ? 0.04f : 0) + (about.Language == _language ? 0.04f : 0);
            if (near.Count == Reranked && near.TryPeek(out _, out var least) && score <= least) continue;
            if (!admits(about.Entry)) continue;
            if (near.Count < Reranked) near.Enqueue(label, score);
            else near.EnqueueDequeue(label, score);
        }

        var best = new Dictionary<int, Match>();
        while (near.TryDequeue(out var label, out _))
        {
            var entry = index.LabelAt(label).Entry;
            var score = Score(index, label, Fit(sums[label], asked, index.WeightAt(label))) + bonus(entry) * 0.5f;
            if (!best.TryGetValue(entry, out var known) || known.Score < score) best[entry] = new(entry, label, score);
        }

        return [.. best.Values.OrderByDescending(m => m.Score).ThenBy(m => index.FoldedAt(m.Label), StringComparer.Ordinal).ThenBy(m => m.Entry).Take(limit)];
    }

    /// <summary>How much of what was asked the label holds, and a little how much of the label was asked for.</summary>
    private static float Fit(float sum, float asked, float weight) => 0.75f * (sum / asked) + 0.25f * Math.Min(1, sum / weight);

    private float Score(LabelIndex index, int label, float fit)
    {
        var (folded, about) = (index.FoldedAt(label), index.LabelAt(label));
        var score = folded.Length == _text.Length && folded == _text ? Whole
            : folded.StartsWith(_text, StringComparison.Ordinal) ? Beginning
            : folded.Contains($" {_text}", StringComparison.Ordinal) ? Inside
            : Slips * Slipped(folded, fit);
        return score + 2f * Math.Min(1, (float)_text.Length / folded.Length)
            + about.Kind switch { LabelKind.Preferred => 1.2f, LabelKind.Alternative => 0.5f, _ => 0 }
            + (about.Language == _language ? 0.8f : 0);
    }

    private float Slipped(string folded, float fit)
    {
        var (whole, prefix) = _whole.To(folded);
        var length = Math.Min(_text.Length, EditDistance.Longest);
        var likeness = Math.Max(1 - (float)whole / Math.Max(length, folded.Length), 0.95f * (1 - (float)prefix / length));
        return 0.5f * fit + 0.5f * Math.Max(likeness, 0.9f * fit);
    }
}
