using Shouldly;

namespace ClusterNet.Tests.House;

/// <summary>Usings stand in the order that <c>dotnet format style</c> gives them: System first, then by name.</summary>
public sealed class UsingTests
{
    [Fact]
    public void Usings_are_in_order()
    {
        var tests = Path.Combine(TestServer.RepositoryRoot(), "tests");
        string[] sources = [.. TextTests.Sources("*.cs"), .. TextTests.Sources("*.cs", tests)];
        sources.Length.ShouldBeGreaterThan(1_400);
        sources.Where(file => !InOrder(File.ReadLines(file))).ShouldBeEmpty("dotnet format style sorts them");
    }

    [Theory]
    [InlineData("using System;|using System.Net;|using ClusterNet.Web;|using Npgsql;", true)]
    [InlineData("using ClusterNet.Web;|using System.Net;", false)]
    [InlineData("using ClusterNet.Web;|using ClusterNet.Access;", false)]
    [InlineData("using ClusterNet.Web;|using ClusterNet.Web.Forms;|using static System.Math;|using Json = System.Text.Json;", true)]
    public void What_is_out_of_order_is_noticed(string lines, bool inOrder) => InOrder(lines.Split('|')).ShouldBe(inOrder);

    private static bool InOrder(IEnumerable<string> lines)
    {
        var usings = lines.TakeWhile(l => !l.StartsWith("namespace", StringComparison.Ordinal))
            .Where(l => l.StartsWith("using ", StringComparison.Ordinal) && l.EndsWith(';')).Select(Key).ToList();
        return usings.SequenceEqual(usings.Order());
    }

    /// <summary>Aliases after static ones after namespaces; among each, System first.</summary>
    private static (int Kind, int Foreign, string Name) Key(string line)
    {
        var name = line["using ".Length..].TrimEnd(';');
        var kind = name.Contains('=', StringComparison.Ordinal) ? 2 : name.StartsWith("static ", StringComparison.Ordinal) ? 1 : 0;
        name = name.Replace("static ", "", StringComparison.Ordinal);
        return (kind, name == "System" || name.StartsWith("System.", StringComparison.Ordinal) ? 0 : 1, name);
    }
}
