using System.Globalization;
using System.Text;

namespace ClusterNet.Skills.Catalogue;

/// <summary>Text as search compares it: lower case, without accents, words separated by single spaces.</summary>
internal static class Folding
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

    public static string Of(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormD))
        {
            var lower = char.ToLowerInvariant(c);
            if (CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark) continue;
            if (Letters.TryGetValue(lower, out var letters)) folded.Append(letters);
            // C++ and C# are words of the catalogue.
            else if (char.IsLetterOrDigit(c) || c is '+' or '#') folded.Append(lower);
            else if (folded.Length > 0 && folded[^1] != ' ') folded.Append(' ');
        }

        return folded.ToString().TrimEnd();
    }
}
