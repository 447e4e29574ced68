using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClusterNet.Tests.Hosting;

namespace ClusterNet.Tests.House;

/// <summary>The program's replay as a process of its own on a running installation, in another language and on the other side of the world.</summary>
internal static class ReplayProcess
{
    /// <returns>The exit code and the report.</returns>
    public static async Task<(int Code, JsonNode Report)> Run(RunningHost host, string language, string zone, params string[] options)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "clusternet.dll"), "replay", "--json", .. options])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in Settings(host, language, zone)) start.Environment[name] = value;
        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet cannot be started.");
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        try
        {
            return (process.ExitCode, JsonNode.Parse(await output) ?? throw new JsonException("nothing"));
        }
        catch (JsonException)
        {
            throw new InvalidOperationException($"The replay said no JSON: {await output} {await error}");
        }
    }

    public static string Digests(JsonNode report) => string.Join('\n', report["tables"]?.AsArray().Select(t => $"{t?["table"]} {t?["rows"]} {t?["digest"]}") ?? []);

    private static IEnumerable<(string Name, string? Value)> Settings(RunningHost host, string language, string zone) =>
    [
        ("DOTNET_ENVIRONMENT", "Production"), ("ClusterNet__DataDirectory", host.Settings.DataDirectory), ("ClusterNet__KeyDirectory", host.Settings.KeyDirectory),
        ("ConnectionStrings__ClusterNet", host.Settings.ConnectionString), ("ConnectionStrings__ClusterNetKeys", host.Settings.KeysConnectionString),
        ("LANG", language), ("LC_ALL", language), ("TZ", zone), ("PGTZ", zone),
    ];
}
