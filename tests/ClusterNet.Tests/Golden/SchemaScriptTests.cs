using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ClusterNet.EventStore;
using ClusterNet.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace ClusterNet.Tests.Golden;

/// <summary>
/// Scripts that have run in installations stay as they are, each in its place: a Host refuses to start where one was changed. For a new script,
/// which comes after those of its module, run the tests once with CLUSTERNET_WRITE_GOLDEN=1 and commit the file.
/// </summary>
public sealed class SchemaScriptTests(RunningHost host) : IClassFixture<RunningHost>
{
    private static readonly string Known = Path.Combine(TestServer.RepositoryRoot(), "tests", "ClusterNet.Tests", "Golden", "schema-scripts.txt");

    [Fact]
    public void A_script_that_has_run_is_never_changed()
    {
        var scripts = host.Services.GetServices<ModuleSchema>()
            .SelectMany(s => s.Scripts.Select((sql, i) => string.Create(CultureInfo.InvariantCulture, $"{s.Module}/{i + 1} {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql)))}")))
            .Order(StringComparer.Ordinal).ToList();
        scripts.ShouldNotBeEmpty();
        var known = File.Exists(Known) ? File.ReadAllLines(Known) : [];

        known.Except(scripts).ShouldBeEmpty("changed, moved or gone: add a script after the others instead");
        if (Environment.GetEnvironmentVariable("CLUSTERNET_WRITE_GOLDEN") == "1") File.WriteAllText(Known, string.Join('\n', scripts) + "\n");
        scripts.Except(File.ReadAllLines(Known)).ShouldBeEmpty("new: run the tests once with CLUSTERNET_WRITE_GOLDEN=1 and commit the file");
    }
}
