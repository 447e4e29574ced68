namespace ClusterNet.Design;

/// <summary>One of several to choose from.</summary>
/// <param name="Value">What the form sends.</param>
/// <param name="Text">What the reader sees.</param>
/// <param name="Hint">What it means, in a sentence.</param>
public sealed record Choice(string Value, string Text, string? Hint = null)
{
    /// <summary>The languages of the pages, each by its own name.</summary>
    public static IReadOnlyList<Choice> Languages { get; } = [new("en", "English"), new("de", "Deutsch"), new("fr", "Français")];
}

/// <summary>A link with its words: of tabs, breadcrumbs and lists.</summary>
/// <param name="Href">The page; null for the one that is shown.</param>
/// <param name="Count">A number beside the words.</param>
public sealed record PageLink(string Text, string? Href, long? Count = null);
