using System.Text.RegularExpressions;

namespace ClusterNet.Tests.AccessMatrix;

/// <summary>Pages as their sources say.</summary>
internal static partial class Pages
{
    /// <summary>Paths of pages that send forms back.</summary>
    public static IReadOnlySet<string> WithForms { get; } =
        (from file in Directory.EnumerateFiles(Path.Combine(TestServer.RepositoryRoot(), "src"), "*.razor", SearchOption.AllDirectories)
         let source = File.ReadAllText(file)
         where source.Contains("method=\"post\"", StringComparison.Ordinal)
         from page in Route().Matches(source)
         select Word.Plain(page.Groups[1].Value)).ToHashSet();

    [GeneratedRegex("^@page \"([^\"]+)\"", RegexOptions.Multiline)]
    private static partial Regex Route();
}
