using ClusterNet.Search;

namespace ClusterNet.Skills.Catalogue.Finding;

internal enum LabelKind
{
    Preferred,
    Alternative,
    Hidden,
}

/// <summary>A label of an entry, to be found.</summary>
/// <param name="Entry">The place of what it names, among the entries that the index was made of.</param>
internal readonly record struct Label(int Entry, string Language, LabelKind Kind, string Text);

/// <summary>
/// Labels that never change, and for each of their words the labels that hold it. Few tens of thousands of words stand for hundreds of
/// thousands of labels, so that what was typed is held against every word, and slips cost no more than letters that are right.
/// </summary>
internal sealed class LabelIndex
{
    private const int CountedLetters = 8;

    private readonly Label[] _labels;
    private readonly string[] _folded;
    private readonly float[] _weights;
    private readonly float[] _rarities;
    private readonly string[] _words;
    private readonly int[] _starts;
    private readonly int[] _holders;
    private readonly Dictionary<string, int> _places;
    private readonly uint[] _letters;

    public LabelIndex(IEnumerable<Label> labels)
    {
        _labels = [.. labels];
        _folded = new string[_labels.Length];
        _weights = new float[_labels.Length];
        var holders = new SortedDictionary<string, List<int>>(StringComparer.Ordinal);
        var seen = new Dictionary<string, List<int>>();
        for (var i = 0; i < _labels.Length; i++)
        {
            _folded[i] = Folding.Of(_labels[i].Text);
            var words = WordsOf(_folded[i]);
            _weights[i] = words.Sum(Weight);
            // As people type umlauts without such keys, too.
            var spelt = Folding.Spelt(_labels[i].Text);
            foreach (var word in spelt == _folded[i] ? words.Distinct() : words.Concat(WordsOf(spelt)).Distinct())
            {
                if (!seen.TryGetValue(word, out var list)) seen[word] = list = [];
                list.Add(i);
            }
        }

        foreach (var (word, list) in seen) holders[word] = list;
        _words = [.. holders.Keys];
        _starts = new int[_words.Length + 1];
        _holders = new int[holders.Values.Sum(h => h.Count)];
        var at = 0;
        for (var w = 0; w < _words.Length; w++)
        {
            _starts[w] = at;
            var list = holders[_words[w]];
            list.CopyTo(_holders, at);
            at += list.Count;
        }

        _starts[^1] = at;
        _letters = [.. _words.Select(w => LettersOf(w))];
        _places = new(_words.Length);
        for (var w = 0; w < _words.Length; w++) _places[_words[w]] = w;
        _rarities = new float[_labels.Length];
        for (var i = 0; i < _labels.Length; i++) _rarities[i] = WordsOf(_folded[i]).Distinct().Sum(word => RarityOf(_places[word]));
    }

    public int Count => _labels.Length;

    public ReadOnlySpan<string> Words => _words;

    public Label LabelAt(int label) => _labels[label];

    public string FoldedAt(int label) => _folded[label];

    /// <summary>What the words of a label weigh together.</summary>
    public float WeightAt(int label) => _weights[label];

    /// <summary>Which letters a word has, a bit each: what lacks too many letters of another is not near it.</summary>
    public uint LettersAt(int word) => _letters[word];

    public static uint LettersOf(string word)
    {
        var letters = 0u;
        foreach (var c in word) letters |= 1u << (c is >= 'a' and <= 'z' ? c - 'a' : 26 + c % 6);
        return letters;
    }

    /// <summary>How much a word tells: the fewer labels hold it, the more.</summary>
    public float RarityOf(int word) => MathF.Log(1 + (float)_labels.Length / HoldersOf(word).Length);

    /// <summary>How much the words of a label tell together.</summary>
    public float RarityAt(int label) => _rarities[label];

    /// <summary>The words that begin so.</summary>
    public IEnumerable<int> Beginning(string start)
    {
        var at = Array.BinarySearch(_words, start, StringComparer.Ordinal);
        for (var word = at < 0 ? ~at : at; word < _words.Length && _words[word].StartsWith(start, StringComparison.Ordinal); word++) yield return word;
    }

    public int? Place(string word) => _places.TryGetValue(word, out var place) ? place : null;

    /// <summary>Whether any word begins so.</summary>
    public bool Begins(string start)
    {
        var at = Array.BinarySearch(_words, start, StringComparer.Ordinal);
        return at >= 0 || (~at < _words.Length && _words[~at].StartsWith(start, StringComparison.Ordinal));
    }

    /// <summary>The labels that hold a word.</summary>
    public ReadOnlySpan<int> HoldersOf(int word) => _holders.AsSpan(_starts[word], _starts[word + 1] - _starts[word]);

    public static string[] WordsOf(string folded) => folded.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Long words tell more than short ones.</summary>
    public static float Weight(string word) => Math.Min(word.Length, CountedLetters) + 1;
}
