using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax.Inlines;

namespace ClusterNet.Design.Markdown;

/// <summary>An id in a text, <c>@[0198f2c4-…]</c>, that is shown by its name.</summary>
internal sealed class NamedInline(Guid id) : LeafInline
{
    public Guid Id { get; } = id;
}

/// <summary>Reads ids before anything else can make a link of their brackets.</summary>
internal sealed class NamedParser : InlineParser
{
    private const int IdLength = 36;

    public NamedParser() => OpeningCharacters = ['@'];

    public override bool Match(InlineProcessor processor, ref StringSlice slice)
    {
        if (char.IsLetterOrDigit(slice.PeekCharExtra(-1)) || slice.PeekChar() != '[' || slice.PeekChar(IdLength + 2) != ']') return false;
        var text = slice.Text.AsSpan(slice.Start + 2, IdLength);
        if (!Guid.TryParseExact(text, "D", out var id)) return false;
        processor.Inline = new NamedInline(id);
        slice.Start += IdLength + 3;
        return true;
    }
}

/// <summary>Writes the name, linked to its page.</summary>
internal sealed class NamedRenderer(Func<Guid, UserText.Named?> named, string unnamed) : HtmlObjectRenderer<NamedInline>
{
    protected override void Write(HtmlRenderer renderer, NamedInline obj)
    {
        if (named(obj.Id) is not { } name) renderer.WriteEscape($"@{unnamed}");
        else if (name.Href is null || UserText.IsInLink(obj)) renderer.WriteEscape($"@{name.Text}");
        else renderer.Write("<a href=\"").WriteEscapeUrl(name.Href).Write("\">").WriteEscape($"@{name.Text}").Write("</a>");
    }
}
