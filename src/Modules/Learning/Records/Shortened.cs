using System.Globalization;

namespace ClusterNet.Learning.Records;

/// <summary>The beginning of a long text, for lists; no character is cut in two.</summary>
internal static class Shortened
{
    private const int Longest = 120;

    public static string Of(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        if (line.Length <= Longest) return line;
        var characters = new StringInfo(line);
        return characters.LengthInTextElements <= Longest ? line : $"{characters.SubstringByTextElements(0, Longest - 1).TrimEnd()}…";
    }
}
