using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using ClusterNet.Design.Markdown;
using Shouldly;

namespace ClusterNet.Tests.Web;

/// <summary>Markdown of users: what it may say, and that nothing hostile comes through, whatever is typed.</summary>
public class UserTextTests
{
    private static readonly Guid Known = new("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e5f"), Unknown = new("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e60");

    /// <summary>Pieces of attacks and of Markdown, put together at random.</summary>
    private static readonly string[] Pieces =
    [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "<iframe srcdoc='x'>", "</div>", "</main></body></html>", "<!--", "-->",
        "<![CDATA[", "<plaintext>", "<textarea>", "<title>", "<style>*{display:none}</style>", "<a href=\"javascript:alert(1)\">x</a>", "<base href=//evil>", "<form action=//evil>",
        "[x](javascript:alert(1))", "[x](java\tscript:alert(1))", "[x](JaVaScRiPt:alert(1))", "[x](&#106;avascript:alert(1))", "[x](javascript&colon;alert(1))", "[x](data:text/html,<script>1</script>)",
        "[x](vbscript:msgbox(1))", "[x](file:///etc/passwd)", "[x]( javascript:alert(1))", "[x](<javascript:alert(1)>)", "[x](\\javascript:1)", "[x](//evil.example/)", "[x](/sign-out)",
        "![x](https://evil.example/pixel.png)", "![x](data:image/svg+xml,<svg onload=1>)", "![a](https://a.example \"t\\\" onload=alert(1)\")", "[![a](https://a.example/p)](https://b.example)",
        "![a [b](https://c.example)](https://d.example)", "<javascript:alert(1)>", "<https://ok.example/?a=1&b=\"2\">", "https://ok.example/a_b", "[a]: javascript:alert(1)", "[a]", "[ref]: https://ok.example 'x'", "[ref]",
        "<mailto:a@b.example>", "[m](mailto:a@b.example)", "[u](https://bank.example@evil.example/)", "{onclick=alert(1)}", "# head {#id onclick=x}", "###### deep", "# top", "> ", ">>>>>> ", "- ", "1. ", "    code ",
        "```js\" onmouseover=alert(1)", "```", "~~~ x", "`", "``", "*", "**", "***", "_", "~~", "[", "]", "(", ")", "![", "\\", "&", "&lt;script&gt;", "&#0;", "&#x1F600;", "\n", "\n\n", "  \n", "\t", "|", "---", "===", "+++",
        "@[0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e5f]", "@[0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e60]", "[0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e5f]: https://evil.example", "@[", "a@[b]", "\u202e", "\u0000", "\ud83d\ude00", "é", "words ",
        "<a>", "<b", "<!DOCTYPE html>", "<?php", "=\"", "'", "`<script>`", "[x](https://ok.example \"a\" onclick=1)", "[x](https://ok.example/\"onclick=alert(1)//)", "![", "!", "<x:script xmlns:x=\"http://www.w3.org/1999/xhtml\">",
    ];

    [Fact]
    public void What_people_write_looks_as_they_meant_it()
    {
        Html("**Bend** _test_ pieces\nfirst.").ShouldBe("<p><strong>Bend</strong> <em>test</em> pieces<br />\nfirst.</p>\n");
        Html("- one\n- two").ShouldBe("<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n");
        Html("see [here](https://ok.example/a)").ShouldBe("<p>see <a href=\"https://ok.example/a\" rel=\"nofollow noreferrer ugc\">here</a></p>\n");
        Html("https://ok.example/a").ShouldContain("<a href=\"https://ok.example/a\" rel=\"nofollow noreferrer ugc\">");
        Html("<a@b.example>").ShouldContain("href=\"mailto:a@b.example\"");
        Html("1 < 2 & 3").ShouldBe("<p>1 &lt; 2 &amp; 3</p>\n");
    }

    [Fact]
    public void A_picture_is_a_link_and_nothing_is_loaded() =>
        Html("![plan](https://ok.example/plan.png)").ShouldBe("<p><a href=\"https://ok.example/plan.png\" rel=\"nofollow noreferrer ugc\">plan</a></p>\n");

    [Fact]
    public void Html_is_shown_as_it_was_typed() => Html("<b onclick=x>hi</b>").ShouldBe("<p>&lt;b onclick=x&gt;hi&lt;/b&gt;</p>\n");

    [Fact]
    public void Headings_are_bold_lines_or_follow_each_other()
    {
        Html("# Top\n\ntext").ShouldBe("<p><strong>Top</strong></p>\n<p>text</p>\n");
        var page = UserText.Html("# One\n\n#### Four\n\n## Two", _ => null, "", 2).Value;
        page.ShouldContain("<h2>One</h2>");
        page.ShouldContain("<h3>Four</h3>");
        page.ShouldContain("<h3>Two</h3>");
    }

    [Fact]
    public void Named_things_are_linked_and_cannot_be_turned_into_links_elsewhere()
    {
        Html($"Ask @[{Known}] or @[{Unknown}].").ShouldBe($"<p>Ask <a href=\"/people/{Known}\">@A &lt;b&gt; &amp; C</a> or @somebody.</p>\n");
        Html($"@[{Known}]\n\n[{Known}]: https://evil.example").ShouldNotContain("evil");
        Html($"[@[{Known}]](https://ok.example)").ShouldNotContain("/people/");
        UserText.Names($"a@[b] @[Anna Ahrens] (@[{Known}]) @[Anna Ahrens]").ShouldBe(["Anna Ahrens", Known.ToString()]);
        UserText.Renamed("Ask @[Anna]!", name => name == "Anna" ? "7" : null).ShouldBe("Ask @[7]!");
        UserText.Words("Ask @[Anna]!").ShouldBe("Ask  !");
    }

    [Fact]
    public void Nothing_hostile_comes_through_ten_thousand_texts()
    {
        var random = new Random(20261129);
        var parser = new HtmlParser();
        for (var i = 0; i < 10_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 14)).Select(_ => Pieces[random.Next(Pieces.Length)]));
            Faults(parser, text, i % 2 * 2).ShouldBeEmpty(text);
        }
    }

    /// <summary>The same torn apart: characters left out, doubled, exchanged, and written as HTML and addresses write them.</summary>
    [Fact]
    public void Nothing_hostile_comes_through_ten_thousand_torn_texts_either()
    {
        const string marks = "[]()<>!@#*_~`\\&;:/\"'=|-+.{}01 \t\n\r\0\u000b\u00a0\u200b\u200d\u202e\u2028\ufeff\uff1c\uff1ejJsSoO";
        var random = new Random(20261130);
        var parser = new HtmlParser();
        for (var i = 0; i < 10_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 7)).Select(_ => Pieces[random.Next(Pieces.Length)]));
            for (var changes = random.Next(1, 8); changes > 0 && text.Length > 0; changes--)
            {
                var at = random.Next(text.Length);
                var some = text.Substring(at, Math.Min(random.Next(1, 5), text.Length - at));
                text = random.Next(7) switch
                {
                    0 => text.Remove(at, some.Length),
                    1 => text.Insert(at, some + some),
                    2 => text.Insert(at, $"{marks[random.Next(marks.Length)]}"),
                    3 => text.Remove(at, 1).Insert(at, $"{marks[random.Next(marks.Length)]}"),
                    4 => text.Remove(at, 1).Insert(at, $"&#{(int)text[at]};"),
                    5 => text.Remove(at, 1).Insert(at, $"&#x{(int)text[at]:X}"),
                    _ => text.Remove(at, 1).Insert(at, Uri.HexEscape((char)(text[at] & 0x7F))),
                };
            }

            Faults(parser, text, i % 2 * 2).ShouldBeEmpty(text);
        }
    }

    [Fact]
    public void Each_piece_alone_is_harmless()
    {
        var parser = new HtmlParser();
        foreach (var piece in Pieces) Faults(parser, piece, 2).ShouldBeEmpty(piece);
    }

    [Theory]
    [InlineData(">")]
    [InlineData("[")]
    [InlineData("![")]
    [InlineData("*a ")]
    [InlineData("- ")]
    [InlineData("`")]
    [InlineData("<a ")]
    [InlineData("@[")]
    public void Text_that_is_nested_or_repeated_without_end_is_only_text(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 10_000 / piece.Length));
        Faults(new HtmlParser(), text, 0).ShouldBeEmpty();
    }

    [Fact]
    public void The_test_finds_what_it_looks_for()
    {
        static IReadOnlyList<string> Found(string html) => Faults(new HtmlParser().ParseDocument(Around(html)));
        foreach (var html in (string[])
        [
            "<script>1</script>", "<b onclick=x>", "<a href='javascript:1' rel='nofollow noreferrer ugc'>x</a>", "<a href='https://ok.example'>x</a>", "<img src=x>", "</div></section>", "<textarea>", "<!--", "<b>",
            "<p style='x'>y</p>",
        ]) Found(html).ShouldNotBeEmpty(html);
    }

    private static string Html(string markdown) =>
        UserText.Html(markdown, id => id == Known ? new("A <b> & C", $"/people/{id}") : null, "somebody").Value;

    private static List<string> Faults(HtmlParser parser, string text, int heading) =>
        Faults(parser.ParseDocument(Around(UserText.Html(text, id => id == Known ? new("A <b>", $"/people/{id}") : null, "somebody", heading).Value)));

    private static string Around(string html) => $"<!DOCTYPE html><html><body><section id=around><div id=text>{html}</div><p id=after>after</p></section></body></html>";

    private static List<string> Faults(IDocument page)
    {
        string[] elements = ["p", "br", "strong", "em", "del", "ul", "ol", "li", "a", "blockquote", "pre", "code", "hr", "h2", "h3", "h4", "h5", "h6"], attributes = ["href", "rel", "class", "start", "type", "title"];
        var faults = new List<string>();
        var after = page.GetElementById("after");
        if (after?.ParentElement?.Id != "around" || after.PreviousElementSibling?.Id != "text" || after.InnerHtml != "after") faults.Add("the page after it is not where it was");
        if (page.QuerySelectorAll("#around").Length != 1 || page.QuerySelectorAll("#text").Length != 1) faults.Add("what is around it is broken");
        foreach (var element in page.QuerySelectorAll("#text *"))
        {
            if (!elements.Contains(element.LocalName)) faults.Add($"element {element.LocalName}");
            faults.AddRange(element.Attributes.Where(a => !attributes.Contains(a.Name)).Select(a => $"attribute {a.Name}"));
            if (element.GetAttribute("class") is { } name && (element.LocalName != "code" || !name.StartsWith("language-", StringComparison.Ordinal))) faults.Add($"class {name}");
            if (element.GetAttribute("href") is { } href && Fault(href, element) is { } fault) faults.Add(fault);
            if (element.LocalName == "a" && element.ParentElement?.Closest("a") is not null) faults.Add("a link in a link");
        }

        return faults;
    }

    private static string? Fault(string href, IElement link)
    {
        if (href == $"/people/{Known}") return null;
        if (!(href.StartsWith("https://", StringComparison.Ordinal) || href.StartsWith("http://", StringComparison.Ordinal) || href.StartsWith("mailto:", StringComparison.Ordinal))) return $"link to {href}";
        return link.GetAttribute("rel") == "nofollow noreferrer ugc" ? null : "a link without rel";
    }
}
