using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ClusterNet.Credentials;
using ClusterNet.Tests.House;
using Shouldly;

namespace ClusterNet.Tests.Accreditation.Verifying;

/// <summary>Every code that a check can have has a text; that the other languages have it too is a rule of the house.</summary>
public partial class CheckTextTests
{
    /// <summary>Words with a hyphen in the compiled code that are no codes of checks.</summary>
    private static readonly string[] Others = ["ecdsa-jcs-2019"];

    [Fact]
    public void Every_code_of_a_check_has_a_text()
    {
        const BindingFlags all = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var methods = typeof(Check).Assembly.GetTypes().Where(t => t.Namespace is "ClusterNet.Credentials" or "ClusterNet.Credentials.Baking" && !t.ContainsGenericParameters)
            .SelectMany(t => t.GetMembers(all).OfType<MethodBase>()).Where(m => !m.ContainsGenericParameters);
        var codes = methods.SelectMany(m => MethodCalls.Names(m).Strings).Where(s => Code().IsMatch(s)).Except(Others).ToHashSet(StringComparer.Ordinal);
        codes.UnionWith(["revoked", "suspended", "expired", "empty"]);
        codes.Count.ShouldBeGreaterThan(110);
        var file = Path.Combine(TestServer.RepositoryRoot(), "src", "Modules", "Accreditation", "Resources", "CheckTexts.resx");
        var said = XDocument.Load(file).Descendants("data").Select(d => d.Attribute("name")?.Value).ToHashSet(StringComparer.Ordinal);
        codes.Where(c => !said.Contains($"Check-{c}")).Order(StringComparer.Ordinal).ShouldBeEmpty();
    }

    [GeneratedRegex("^[a-z]+(-[a-z0-9]+)+$")]
    private static partial Regex Code();
}
