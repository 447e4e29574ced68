using System.Globalization;
using System.Text;

namespace ClusterNet.Search;

/// <summary>Text as search compares it: lower case, without accents, words separated by single spaces.</summary>
public static class Folding
{
    private static readonly Dictionary<char, string> Letters = new()
    {
        ['ß'] = "ss",
        ['æ'] = "ae",
        ['œ'] = "oe",
        ['ø'] = "o",
        ['ł'] = "l",
        ['đ'] = "d",
        ['ð'] = "d",
        ['þ'] = "th",
        ['ı'] = "i",
    };

    /// <summary>Holds letters, digits, + and # only, so that nothing in it means anything to <c>like</c>.</summary>
    public static string Of(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in WithoutSurrogates(text).Normalize(NormalizationForm.FormD))
        {
            var lower = char.ToLowerInvariant(c);
            if (CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark) continue;
            if (Letters.TryGetValue(lower, out var letters)) folded.Append(letters);
            // C++ and C# are words of catalogues.
            else if (char.IsLetterOrDigit(c) || c is '+' or '#') folded.Append(lower);
            else if (folded.Length > 0 && folded[^1] != ' ') folded.Append(' ');
        }

        return folded.ToString().TrimEnd();
    }

    /// <summary>
    /// Text to be found in: every word follows a blank, and words with umlauts stand there as people type them without such keys as well
    /// (ä as a and as ae).
    /// </summary>
    public static string ForIndex(string text)
    {
        var (plain, spelt) = (Of(text), Spelt(text));
        return plain.Length == 0 ? "" : plain == spelt ? $" {plain}" : $" {plain} {spelt}";
    }

    /// <summary>Folded with ä, ö, ü, å and ø written out.</summary>
    public static string Spelt(string text) => Of(WithoutSurrogates(text).Normalize(NormalizationForm.FormC).ToLowerInvariant()
        .Replace("ä", "ae", StringComparison.Ordinal).Replace("ö", "oe", StringComparison.Ordinal).Replace("ü", "ue", StringComparison.Ordinal)
        .Replace("å", "aa", StringComparison.Ordinal).Replace("ø", "oe", StringComparison.Ordinal));

    /// <summary>A lone surrogate cannot be normalised, and no pair of them is compared.</summary>
    private static string WithoutSurrogates(string text) =>
        text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') ? string.Concat(text.Select(c => char.IsSurrogate(c) ? ' ' : c)) : text;
}
