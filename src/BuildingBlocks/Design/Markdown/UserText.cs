using System.Text.RegularExpressions;
using Markdig;
using Markdig.Parsers;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Microsoft.AspNetCore.Components;

namespace ClusterNet.Design.Markdown;

/// <summary>
/// Markdown that somebody typed, as HTML that can do nothing but be read: no HTML of its own, links to http, https and mailto only, and nothing is
/// loaded from anywhere, for a picture is a link to it. Headings never jump a level, so that they fit below those of any page.
/// </summary>
public static partial class UserText
{
    private const int DeepestHeading = 6;

    private static readonly MarkdownPipeline Pipeline = PipelineOf(new MarkdownPipelineBuilder());

    /// <param name="markdown">As typed; ids of the form <c>@[0198f2c4-…]</c> name things.</param>
    /// <param name="named">What stands for such an id; null for an id that says nothing to the reader.</param>
    /// <param name="unnamed">What stands for those.</param>
    /// <param name="heading">The level of the text's highest heading; 0 where a heading is a line in bold.</param>
    public static MarkupString Html(string markdown, Func<Guid, Named?> named, string unnamed, int heading = 0)
    {
        try
        {
            return new(Rendered(markdown, named, unnamed, heading));
        }
        catch (ArgumentException) // nested more deeply than the parser goes: nobody's text
        {
            return new($"<p>{System.Net.WebUtility.HtmlEncode(markdown)}</p>");
        }
    }

    /// <summary>The ids and names in <c>@[…]</c>, each once, in the order of the text.</summary>
    public static IReadOnlyList<string> Names(string markdown) => [.. Mention().Matches(markdown).Select(m => m.Groups[1].Value).Distinct(StringComparer.Ordinal)];

    /// <summary>Puts something else in the brackets of each <c>@[…]</c>; null leaves it alone.</summary>
    public static string Renamed(string markdown, Func<string, string?> other) =>
        Mention().Replace(markdown, m => other(m.Groups[1].Value) is { } name ? $"@[{name}]" : m.Value);

    /// <summary>The words alone, for search.</summary>
    public static string Words(string markdown) => Mention().Replace(markdown, " ");

    private static string Rendered(string markdown, Func<Guid, Named?> named, string unnamed, int heading)
    {
        var document = MarkdownParser.Parse(markdown, Pipeline);
        Tame(document, heading);
        using var writer = new StringWriter();
        var renderer = new HtmlRenderer(writer);
        Pipeline.Setup(renderer);
        renderer.ObjectRenderers.Insert(0, new NamedRenderer(named, unnamed));
        renderer.Render(document);
        return writer.ToString();
    }

    private static void Tame(MarkdownDocument document, int heading)
    {
        var last = heading - 1;
        foreach (var block in document.Descendants<HeadingBlock>())
        {
            last = Math.Min(Math.Min(Math.Max(heading, heading - 1 + block.Level), last + 1), DeepestHeading);
            block.Level = last;
        }

        if (heading == 0) foreach (var block in document.Descendants<HeadingBlock>().ToList()) Bold(block);
        foreach (var link in document.Descendants<LinkInline>().ToList()) Tame(link);
        foreach (var link in document.Descendants<AutolinkInline>().ToList())
        {
            if (IsInLink(link) || Allowed(link.IsEmail ? $"mailto:{link.Url}" : link.Url) is null) link.ReplaceBy(new LiteralInline(link.Url));
            else Mark(link);
        }
    }

    private static void Tame(LinkInline link)
    {
        if (!IsInLink(link) && Allowed(link.GetDynamicUrl?.Invoke() ?? link.Url) is { } url)
        {
            (link.Url, link.GetDynamicUrl, link.IsImage) = (url, null, false);
            if (link.FirstChild is null) link.AppendChild(new LiteralInline(url));
            Mark(link);
        }
        else
        {
            // The words stay, for they are what was said.
            link.ReplaceBy(new ContainerInline(), true);
        }
    }

    private static void Bold(HeadingBlock heading)
    {
        var parent = heading.Parent!; // a heading stands in a document or in a block of it
        var strong = new EmphasisInline { DelimiterChar = '*', DelimiterCount = 2 };
        while (heading.Inline?.FirstChild is { } child)
        {
            child.Remove();
            strong.AppendChild(child);
        }

        var words = new ContainerInline();
        words.AppendChild(strong);
        parent[parent.IndexOf(heading)] = new ParagraphBlock { Inline = words };
    }

    /// <summary>A link in a link is none: a browser would end the outer one.</summary>
    internal static bool IsInLink(Inline inline)
    {
        for (var parent = inline.Parent; parent is not null; parent = parent.Parent)
            if (parent is LinkInline) return true;
        return false;
    }

    private static void Mark(IMarkdownObject link) => link.GetAttributes().AddProperty("rel", "nofollow noreferrer ugc");

    /// <summary>The address as it may stand in a link; null for none that is allowed.</summary>
    private static string? Allowed(string? url) =>
        url is not null && Scheme().IsMatch(url) && Uri.TryCreate(url, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeMailto || (uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0)) ? uri.AbsoluteUri : null;

    private static MarkdownPipeline PipelineOf(MarkdownPipelineBuilder builder)
    {
        builder.DisableHtml().UseAutoLinks().UseSoftlineBreakAsHardlineBreak().UseEmphasisExtras(Markdig.Extensions.EmphasisExtras.EmphasisExtraOptions.Strikethrough);
        builder.InlineParsers.Insert(0, new NamedParser());
        return builder.Build();
    }

    [GeneratedRegex("^(?:https?://|mailto:)[^\\s\\p{Cc}]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Scheme();

    [GeneratedRegex(@"(?<![\p{L}\p{N}])@\[([^\[\]\r\n]{1,200})\]", RegexOptions.CultureInvariant)]
    internal static partial Regex Mention();

    /// <summary>What stands for an id.</summary>
    /// <param name="Href">The page that shows it; null for none.</param>
    public sealed record Named(string Text, string? Href);
}
