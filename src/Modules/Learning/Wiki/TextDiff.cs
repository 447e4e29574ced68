using DiffPlex.Chunkers;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;

namespace ClusterNet.Learning.Wiki;

/// <summary>A piece of two texts put beside each other: it stands in both, in the new one only, or in the old one only.</summary>
/// <param name="Kind">same, added or removed.</param>
internal sealed record DiffPart(string Kind, string Text);

/// <summary>What changed between two texts: word by word, of long ones line by line.</summary>
internal static class TextDiff
{
    public const string Same = "same", Added = "added", Removed = "removed";

    private const int LongestByWords = 12_000;

    private static readonly char[] BetweenWords = [' ', '\t', '\n', '.', ',', ';', ':', '!', '?', '(', ')', '[', ']', '*', '_'];

    public static IReadOnlyList<DiffPart> Of(string before, string after)
    {
        var byWords = before.Length + after.Length <= LongestByWords;
        var model = InlineDiffBuilder.Diff(
            before.ReplaceLineEndings("\n"), after.ReplaceLineEndings("\n"), false, false, byWords ? new DelimiterChunker(BetweenWords) : new LineChunker());
        var parts = new List<DiffPart>();
        foreach (var line in model.Lines)
        {
            var (kind, text) = (KindOf(line.Type), byWords ? line.Text : line.Text + "\n");
            if (parts.Count > 0 && parts[^1].Kind == kind) parts[^1] = parts[^1] with { Text = parts[^1].Text + text };
            else parts.Add(new(kind, text));
        }

        return parts;
    }

    private static string KindOf(ChangeType type) => type switch
    {
        ChangeType.Inserted => Added,
        ChangeType.Deleted => Removed,
        _ => Same,
    };
}
