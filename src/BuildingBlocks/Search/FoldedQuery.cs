using System.Globalization;

namespace ClusterNet.Search;

/// <summary>What somebody typed, to be looked for in a column that <see cref="Folding.ForIndex"/> filled: all its words, in any order.</summary>
public sealed class FoldedQuery
{
    private const int LongestQuery = 200, LongestWord = 60, MaxWords = 6, ShortestInside = 3;

    private readonly string[] _plain;
    private readonly string[] _spelt;

    private FoldedQuery(string text, string[] plain, string[] spelt) => (Text, _plain, _spelt) = (text, plain, spelt);

    /// <summary>Folded, with all its words.</summary>
    public string Text { get; }

    /// <summary>Null for what has no letter or digit in it: nothing is found by that.</summary>
    public static FoldedQuery? Of(string? typed)
    {
        var cut = typed is { Length: > LongestQuery } ? typed[..LongestQuery] : typed ?? "";
        var text = Folding.Of(cut);
        var (plain, spelt) = (Words(text), Words(Folding.Spelt(cut)));
        return plain.Length == 0 ? null : new(text, plain, spelt.Length == 0 ? plain : spelt);
    }

    /// <summary>How many parameters <see cref="BeginsWords"/> and <see cref="Inside"/> take each.</summary>
    public const int ParameterCount = 4;

    /// <summary>The condition over a column, for parameters from <paramref name="first"/> on. The first word of each pair drives a trigram index.</summary>
    public static string Condition(string column, int first) => string.Create(
        CultureInfo.InvariantCulture,
        $"({column} like ${first} and {column} like all(${first + 1}) or {column} like ${first + 2} and {column} like all(${first + 3}))");

    /// <summary>Values for <see cref="Condition"/>: each word of the query begins a word of the text.</summary>
    public IReadOnlyList<object> BeginsWords => Values(word => $"% {word}%");

    /// <summary>Values for <see cref="Condition"/>: each word stands anywhere in the text; words of one or two letters only begin one.</summary>
    public IReadOnlyList<object> Inside => Values(word => word.Length < ShortestInside ? $"% {word}%" : $"%{word}%");

    /// <summary>Values for one parameter: the text is exactly this, before other spellings of it.</summary>
    public string Whole => $" {Text}";

    /// <summary>The rank of a title in which each word begins one of its own.</summary>
    public const int RankOfBeginnings = 1;

    /// <summary>0 when <paramref name="title"/> is what was typed, 1 when each word begins one of the title's, 2 otherwise.</summary>
    public int RankOf(string title)
    {
        if (Folding.Of(title) == Text) return 0;
        var text = Folding.ForIndex(title);
        return Begins(_plain) || Begins(_spelt) ? RankOfBeginnings : RankOfBeginnings + 1;

        bool Begins(string[] words) => words.All(w => text.Contains($" {w}", StringComparison.Ordinal));
    }

    private static string[] Words(string text) =>
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(w => w.Length > LongestWord ? w[..LongestWord] : w).Distinct()
            .OrderByDescending(w => w.Length).Take(MaxWords)];

    private object[] Values(Func<string, string> pattern)
    {
        var (plain, spelt) = (_plain.Select(pattern).ToArray(), _spelt.Select(pattern).ToArray());
        return [plain[0], plain, spelt[0], spelt];
    }
}
