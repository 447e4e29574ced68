using System.Reflection;
using System.Text.RegularExpressions;

namespace ClusterNet.Tests.Security;

/// <summary>One requirement as docs/security/asvs-5.0.md tells it.</summary>
internal sealed record Requirement(string Id, string Level, string Asks, string Status, string Proof)
{
    public int Chapter => int.Parse(Id.Split('.')[0], null);

    /// <summary>What stands in backticks: paths of this repository, tests, classes of tests.</summary>
    public IReadOnlyList<string> Proofs => [.. Regex.Matches(Proof, "`([^`]+)`").Select(m => m.Groups[1].Value)];
}

/// <summary>The checklist as a table, and where its proofs are looked for.</summary>
internal static class Checklist
{
    public const string Page = "docs/security/asvs-5.0.md";

    private static readonly Dictionary<string, IReadOnlyList<string>> Tests = typeof(Checklist).Assembly.GetTypes()
        .Where(type => !type.IsNested && type.Name.EndsWith("Tests", StringComparison.Ordinal))
        .GroupBy(type => type.Name)
        .ToDictionary(group => group.Key, group => (IReadOnlyList<string>)[.. group.SelectMany(NamesOfTests)]);

    private static DirectoryInfo Root => SharedData.RepositoryRoot() ?? throw new InvalidOperationException("No repository around the tests.");

    public static IReadOnlyList<Requirement> Read() => Parse(File.ReadAllLines(Path.Combine(Root.FullName, Page)));

    public static IReadOnlyList<Requirement> Parse(IEnumerable<string> lines) =>
    [
        .. from line in lines
           where Regex.IsMatch(line, @"^\| *\d")
           let cells = line.Split('|').Select(cell => cell.Trim()).ToArray()
           select new Requirement(cells[1], cells[2], cells[3], cells[4], cells[5]),
    ];

    /// <summary>Whether there is such a file, such a test, or a class of that name with tests in it.</summary>
    public static bool Exists(string proof)
    {
        if (proof.Contains('/', StringComparison.Ordinal) || File.Exists(Path.Combine(Root.FullName, proof)))
            return File.Exists(Path.Combine(Root.FullName, proof));
        var (type, test) = proof.Split('.') is [var one, var two] ? (one, two) : (proof, null);
        return Tests.TryGetValue(type, out var tests) && (test is null ? tests.Count > 0 : tests.Contains(test));
    }

    private static IEnumerable<string> NamesOfTests(Type type) => type
        .GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly)
        .Where(method => method.GetCustomAttribute<FactAttribute>() is { Skip: null })
        .Select(method => method.Name);
}
