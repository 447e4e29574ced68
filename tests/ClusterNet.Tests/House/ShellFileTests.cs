using System.Text.RegularExpressions;
using Shouldly;

namespace ClusterNet.Tests.House;

/// <summary>What browsers load of us stays small, and every icon that pages name is there.</summary>
public partial class ShellFileTests
{
    private const long ScriptBudget = 40 * 1024;
    private static readonly string Root = TestServer.RepositoryRoot();
    private static readonly string Site = Path.Combine(Root, "src", "Host", "wwwroot");

    [Fact]
    public void Our_own_script_is_under_40_kB()
    {
        var others = Path.Combine(Site, "vendor");
        var scripts = Directory.GetFiles(Site, "*.js", SearchOption.AllDirectories).Where(f => !f.StartsWith(others, StringComparison.Ordinal)).ToList();
        scripts.Count.ShouldBeGreaterThan(3);
        scripts.Sum(f => new FileInfo(f).Length).ShouldBeLessThan(ScriptBudget);
    }

    [Fact]
    public void Colours_are_named_in_the_tokens_only()
    {
        var sheets = Directory.GetFiles(Path.Combine(Site, "css"), "*.css").Where(f => Path.GetFileName(f) is not ("tokens.css" or "dark.css" or "print.css")).ToList();
        sheets.Count.ShouldBeGreaterThanOrEqualTo(3);
        sheets.SelectMany(f => Colour().Matches(File.ReadAllText(f)).Select(m => $"{Path.GetFileName(f)}: {m.Value}")).ShouldBeEmpty();
    }

    [Fact]
    public void Every_icon_that_a_page_names_is_in_the_set()
    {
        var known = File.ReadAllLines(Path.Combine(Root, "src", "Host", "icons.txt")).ToHashSet(StringComparer.Ordinal);
        var sources = new[] { "*.razor", "*.cs" }.SelectMany(p => Directory.GetFiles(Path.Combine(Root, "src"), p, SearchOption.AllDirectories))
            .Where(f => !f.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin" or "node_modules"));
        var named = sources.SelectMany(f => Icon().Matches(File.ReadAllText(f)).Select(m => (File: Path.GetFileName(f), Name: m.Groups.Values.Skip(1).First(g => g.Success).Value))).ToList();
        named.Count.ShouldBeGreaterThan(30);
        named.Where(n => !known.Contains(n.Name)).Select(n => $"{n.File}: {n.Name}").ShouldBeEmpty();
    }

    [GeneratedRegex(@"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsl\(")]
    private static partial Regex Colour();

    [GeneratedRegex("<Icon Name=\"([a-z0-9-]+)\"|\\bIcon=\"([a-z0-9-]+)\"|new NavigationEntry\\(\\s*\"[^\"]*\",\\s*\"([a-z0-9-]+)\"")]
    private static partial Regex Icon();
}
