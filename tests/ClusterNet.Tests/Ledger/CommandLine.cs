using System.Diagnostics;
using ClusterNet.Tests.Hosting;

namespace ClusterNet.Tests.Ledger;

/// <summary>The program's command line as a process of its own.</summary>
internal static class CommandLine
{
    public static async Task<Said> Run(params string[] arguments)
    {
        using var process = Begin(arguments);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new(process.ExitCode, await output, await error);
    }

    /// <summary>By which the process opens the same installation as a Host of the tests.</summary>
    public static string[] SettingsOf(RunningHost host) =>
    [
        $"--ConnectionStrings:ClusterNet={host.Settings.ConnectionString}", $"--ConnectionStrings:ClusterNetKeys={host.Settings.KeysConnectionString}",
        $"--ClusterNet:DataDirectory={host.Settings.DataDirectory}", $"--ClusterNet:KeyDirectory={host.Settings.KeyDirectory}", $"--ClusterNet:MirrorDirectory={host.Settings.MirrorDirectory}",
    ];

    public static Process Begin(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "clusternet.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = TestServer.NewFolder(),
        };
        return Process.Start(start) ?? throw new InvalidOperationException("dotnet cannot be started.");
    }
}
