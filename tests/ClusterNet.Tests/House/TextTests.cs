using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Shouldly;

namespace ClusterNet.Tests.House;

/// <summary>Every word that readers see is in the resource files, in every language, and every word in them is seen.</summary>
public partial class TextTests
{
    private static readonly string Root = TestServer.RepositoryRoot();
    private static readonly string[] Languages = ["", ".de", ".fr"];

    /// <summary>Names that are the same in every language.</summary>
    private static readonly string[] Names = ["ClusterNet", "UTC"];

    /// <summary>Numbered lines of a list have one name.</summary>
    private static readonly char[] Digits = [.. "0123456789"];

    private static IReadOnlyList<string> Components => Sources("*.razor");

    /// <summary>The resource files without a language in their name.</summary>
    private static IReadOnlyList<string> Neutral => [.. Sources("*.resx").Where(f => Path.GetFileNameWithoutExtension(f).IndexOf('.', StringComparison.Ordinal) < 0)];

    [Fact]
    public void Components_hold_no_words()
    {
        Components.Count.ShouldBeGreaterThan(40);
        var offenders = Components.SelectMany(file => Words(File.ReadAllText(file)).Select(words => $"{Path.GetFileName(file)}: {words}"));
        offenders.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("<p>Save</p>")]
    [InlineData("<p title=\"Save it\">@Text[\"Save\"]</p>")]
    [InlineData("<input placeholder=\"Your name\">")]
    [InlineData("@if (_new)\n{\n  <p>\n    Welcome to us\n  </p>\n}")]
    [InlineData("<Field Label=\"Name\" Name=\"Form.Name\" />")]
    [InlineData("<p>@(Count == 1 ? \"one piece\" : Text[\"Pieces\"])</p>")]
    public void A_word_in_a_component_is_noticed(string razor) => Words(razor).ShouldNotBeEmpty();

    [Fact]
    public void Every_text_exists_in_every_language_and_takes_the_same_values()
    {
        Neutral.Count.ShouldBeGreaterThanOrEqualTo(4);
        var offenders = new List<string>();
        foreach (var file in Neutral)
        {
            var all = Languages.Select(language => Texts(file.Replace(".resx", $"{language}.resx", StringComparison.Ordinal))).ToList();
            foreach (var key in all.SelectMany(texts => texts.Keys).Distinct())
            {
                var values = all.Select(texts => texts.GetValueOrDefault(key)).ToList();
                if (values.Any(string.IsNullOrWhiteSpace)) offenders.Add($"{Short(file)}: {key} is missing in a language");
                else if (values.Select(v => Holes(v ?? "")).Distinct().Count() > 1) offenders.Add($"{Short(file)}: {key} takes different values");
            }
        }

        offenders.ShouldBeEmpty();
    }

    [Fact]
    public void Every_text_is_used_and_every_used_text_exists()
    {
        var everything = string.Join('\n', Sources("*.razor").Concat(Sources("*.cs")).Select(File.ReadAllText));
        // A key made of parts, such as Text["Role-" + role], is used when the code begins or ends it; a page may show another module's refusal.
        var begins = Beginning().Matches(everything).Select(m => m.Groups[1].Value + m.Groups[2].Value).ToHashSet(StringComparer.Ordinal);
        var ends = Ending().Matches(everything).Select(m => m.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
        begins.Count.ShouldBeGreaterThan(5);
        var offenders = new List<string>();
        foreach (var file in Neutral)
        {
            var folder = Path.GetDirectoryName(Path.GetDirectoryName(file)) ?? Root;
            var code = string.Join('\n', Sources("*.razor", folder).Concat(Sources("*.cs", folder)).Select(File.ReadAllText));
            var strings = Literal().Matches(code).Select(m => m.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
            strings.UnionWith(Asked().Matches(code).Select(m => m.Groups[1].Value)); // quotes within quotes of Razor
            var types = Identifier().Matches(code).Select(m => m.Value).ToHashSet(StringComparer.Ordinal);
            offenders.AddRange(Texts(file).Keys.Where(k => !strings.Contains(k.TrimEnd(Digits)) && !strings.Contains(k) && !types.Contains(k)
                && !begins.Any(p => k.StartsWith(p, StringComparison.Ordinal)) && !ends.Any(p => k.EndsWith(p, StringComparison.Ordinal))).Select(k => $"{Short(file)}: {k} is used nowhere"));
            var known = Texts(file).Keys.ToHashSet(StringComparer.Ordinal);
            if (Path.GetFileName(file) != "Texts.resx" || Neutral.Count(f => Path.GetDirectoryName(f) == Path.GetDirectoryName(file)) > 1) continue;
            offenders.AddRange(Asked().Matches(code).Select(m => m.Groups[1].Value).Where(k => !known.Contains(k)).Distinct().Select(k => $"{Short(file)}: {k} is missing"));
        }

        offenders.ShouldBeEmpty();
    }

    /// <summary>A firm, a skill and a learning record each have one word, in the learning network and in the frame around it: another word would be another thing.</summary>
    [Theory]
    [InlineData(".de", @"\bFirm(a|en)\b|Fähigkeit|Lernnachweis")]
    [InlineData(".fr", @"\bgrappes?\b|\btraces? d’apprentissage")]
    public void One_thing_has_one_word(string language, [StringSyntax(StringSyntaxAttribute.Regex)] string others)
    {
        var files = Neutral.Select(Short).Where(f => f.Contains(Path.Combine("Modules", "Learning"), StringComparison.Ordinal) || f == Path.Combine("Host", "Resources", "Texts.resx")).ToList();
        files.Count.ShouldBeGreaterThan(5);
        var offenders = files.SelectMany(f => Texts(Path.Combine(Root, "src", f.Replace(".resx", $"{language}.resx", StringComparison.Ordinal))).Where(t => Regex.IsMatch(t.Value, others)).Select(t => $"{f}: {t.Key}: {t.Value}"));
        offenders.ShouldBeEmpty();
    }

    /// <summary>Text between tags and in attributes that are read, without code and what it names.</summary>
    private static IEnumerable<string> Words(string razor)
    {
        var markup = Comment().Replace(razor, "");
        var code = markup.IndexOf("@code", StringComparison.Ordinal);
        if (code >= 0) markup = markup[..code];
        markup = Directive().Replace(Sample().Replace(markup, ""), "");
        foreach (Match spoken in SpokenAttribute().Matches(markup))
        {
            if (Letters().IsMatch(spoken.Groups[2].Value)) yield return spoken.Value;
        }

        var expressions = markup;
        for (var before = ""; before != expressions;) // the innermost brackets first
        {
            before = expressions;
            expressions = Expression().Replace(expressions, "");
        }

        foreach (Match said in Ternary().Matches(SilentAttribute().Replace(markup, ""))) yield return said.Value;
        var text = Statement().Replace(Tag().Replace(AttributeValue().Replace(expressions, "\"\""), "\n"), "\n");
        foreach (var line in text.Split('\n'))
        {
            var words = Names.Aggregate(Entity().Replace(line, ""), (rest, name) => rest.Replace(name, "", StringComparison.Ordinal));
            if (Letters().IsMatch(words) && !Columns().IsMatch(line.Trim())) yield return line.Trim();
        }
    }

    private static Dictionary<string, string> Texts(string file) => File.Exists(file)
        ? XDocument.Load(file).Descendants("data").ToDictionary(d => d.Attribute("name")?.Value ?? "", d => d.Element("value")?.Value ?? "", StringComparer.Ordinal)
        : [];

    private static string Holes(string text) => string.Join(',', Numbered().Matches(text).Select(m => m.Value).Distinct().Order(StringComparer.Ordinal));

    private static string Short(string file) => Path.GetRelativePath(Path.Combine(Root, "src"), file);

    /// <summary>Files that people write, those of src unless told.</summary>
    internal static IReadOnlyList<string> Sources(string pattern, string? folder = null) =>
    [
        .. Directory.GetFiles(folder ?? Path.Combine(Root, "src"), pattern, SearchOption.AllDirectories)
            .Where(f => !f.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin" or "node_modules")).Order(StringComparer.Ordinal),
    ];

    [GeneratedRegex(@"@\*[\s\S]*?\*@|<!--[\s\S]*?-->")]
    private static partial Regex Comment();

    // Commands to type are the same in every language.
    [GeneratedRegex(@"<(code|kbd|svg)\b[\s\S]*?</\1>")]
    private static partial Regex Sample();

    [GeneratedRegex(@"^\s*@(page|attribute|using|inject|inherits|typeparam|layout|implements|namespace)\b.*$", RegexOptions.Multiline)]
    private static partial Regex Directive();

    [GeneratedRegex("\\s(title|alt|placeholder|aria-label|aria-description|Label|Title|Intro|Hint|Summary|Caption|Trigger|Button|Error|Text)=\"([^\"@]+)\"")]
    private static partial Regex SpokenAttribute();

    [GeneratedRegex(@"@?\((?:[^()""]|""[^""]*"")*\)|\[(?:[^\[\]""]|""[^""]*"")*\]")]
    private static partial Regex Expression();

    // A choice between two words inside an expression.
    [GeneratedRegex("[?:] \"[^\"]*\\p{L}+ \\p{L}+[^\"]*\"")]
    private static partial Regex Ternary();

    // Names of classes, ids and media, chosen between.
    [GeneratedRegex("""\s(content|media|class|aria-describedby|aria-labelledby)="@\((?:[^()"]|"[^"]*"|\([^()]*\))*\)["]""")]
    private static partial Regex SilentAttribute();

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex AttributeValue();

    [GeneratedRegex(@"</?[A-Za-z!][^<>]*>")]
    private static partial Regex Tag();

    // Statements of Razor and what is written after an @.
    [GeneratedRegex(@"^\s*(@?(if|else|else if|foreach|for|switch|while|case|default|break|var)\b.*)$|@[\w.?!]+|\b(else|if)\b\s*\{?", RegexOptions.Multiline)]
    private static partial Regex Statement();

    [GeneratedRegex(@"&\w+;|&#\w+;")]
    private static partial Regex Entity();

    [GeneratedRegex(@"\p{L}{2,}")]
    private static partial Regex Letters();

    [GeneratedRegex(@"\{\d+[^}]*\}")]
    private static partial Regex Numbered();

    [GeneratedRegex("\"((?:[^\"\\\\\n]|\\\\.)*)\"")]
    private static partial Regex Literal();

    // "Role-" + role, $"Help{part}Title", Named("Store-", …)
    [GeneratedRegex("\"([\\w-]{2,})(?:\\{|\"\\s*\\+)|\"([\\w-]+-)\"")]
    private static partial Regex Beginning();

    [GeneratedRegex("(?:\\+\\s*\"|\\})([\\w-]{3,})\"")]
    private static partial Regex Ending();

    [GeneratedRegex("\\bText\\[\"([\\w-]+)\"[\\],]")]
    private static partial Regex Asked();

    // Heads of columns in a file are names too.
    [GeneratedRegex("^[a-z_]+(,[a-z_]+)+$")]
    private static partial Regex Columns();

    [GeneratedRegex(@"\b[A-Z]\w+\b")]
    private static partial Regex Identifier();
}
