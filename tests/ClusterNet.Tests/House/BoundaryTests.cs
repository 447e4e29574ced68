using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.AspNetCore.Components;
using Shouldly;

namespace ClusterNet.Tests.House;

/// <summary>Modules are found from the folder, so a new one is held to the rules without being listed here.</summary>
public partial class BoundaryTests
{
    private static readonly string Root = TestServer.RepositoryRoot();

    private static IReadOnlyList<string> Modules =>
        [.. Directory.GetDirectories(Path.Combine(Root, "src", "Modules")).Select(d => Path.GetFileName(d)).Order(StringComparer.Ordinal)];

    [Fact]
    public void A_module_shows_only_its_door_its_contracts_and_its_components()
    {
        Modules.Count.ShouldBeGreaterThanOrEqualTo(6);
        var offenders = Modules.SelectMany(module => Assembly.Load($"ClusterNet.{module}").GetExportedTypes()
            .Where(type => !IsDoor(type, module) && !IsContract(type, module) && !typeof(IComponent).IsAssignableFrom(type) && type.DeclaringType is null)
            .Where(type => type.Name != "_Imports") // what Razor makes of a file of usings
            .Select(type => type.FullName));
        offenders.ShouldBeEmpty();
    }

    [Fact]
    public void Modules_know_each_other_as_the_readme_draws_it()
    {
        var drawn = Graph().Order(StringComparer.Ordinal).ToList();
        drawn.ShouldNotBeEmpty();
        var referenced = Modules.SelectMany(from => References(from).Select(to => $"{from} --> {to}")).Order(StringComparer.Ordinal).ToList();
        referenced.ShouldBe(drawn);
    }

    [Fact]
    public void Building_blocks_name_no_business_word()
    {
        string[] words = ["Firm", "Credential", "LearningRecord", "Assessor", "Coordinator", "Booking", "Skill"];
        var files = Directory.GetFiles(Path.Combine(Root, "src", "BuildingBlocks"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)).ToList();
        files.Count.ShouldBeGreaterThan(50);
        var offenders = files.SelectMany(file => File.ReadLines(file)
            .Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal) && words.Any(w => Regex.IsMatch(line, $@"\b{w}\b")))
            .Select(line => $"{Path.GetFileName(file)}: {line.Trim()}"));
        offenders.ShouldBeEmpty();
    }

    [Fact]
    public void No_sql_names_another_modules_schema()
    {
        var schemas = Modules.Select(m => m.ToLowerInvariant()).ToList();
        var files = Modules.SelectMany(m => Directory.GetFiles(Path.Combine(Root, "src", "Modules", m), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)).Select(f => (Module: m, File: f))).ToList();
        files.Count.ShouldBeGreaterThan(50);
        var offenders = files.SelectMany(f => Regex.Matches(File.ReadAllText(f.File), @"\b(?:from|join|into|update)\s+([a-z]+)\.[a-z_]+")
            .Select(match => match.Groups[1].Value).Where(schema => schemas.Contains(schema) && !schema.Equals(f.Module, StringComparison.OrdinalIgnoreCase))
            .Select(schema => $"{Path.GetFileName(f.File)} reads {schema}"));
        offenders.ShouldBeEmpty();
    }

    private static bool IsDoor(Type type, string module) => type.FullName == $"ClusterNet.{module}.{module}Module";

    private static bool IsContract(Type type, string module) => type.Namespace == $"ClusterNet.{module}.Contracts";

    private static IEnumerable<string> References(string module) =>
        XDocument.Load(Path.Combine(Root, "src", "Modules", module, $"ClusterNet.{module}.csproj")).Descendants("ProjectReference")
            .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/'))["ClusterNet.".Length..]) // a reference always includes something
            .Where(name => name != "BuildingBlocks");

    private static IEnumerable<string> Graph() =>
        Arrow().Matches(File.ReadAllText(Path.Combine(Root, "README.md"))).Select(m => $"{m.Groups[1].Value} --> {m.Groups[2].Value}");

    [GeneratedRegex(@"^\s*(\w+) --> (\w+)\s*$", RegexOptions.Multiline)]
    private static partial Regex Arrow();
}
