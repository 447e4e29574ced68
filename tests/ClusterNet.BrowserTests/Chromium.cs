using Microsoft.Playwright;

namespace ClusterNet.BrowserTests;

/// <summary>The Chromium that is installed on this machine (ops/test installs Debian's); nothing is downloaded.</summary>
internal static class Chromium
{
    /// <summary>The shell goes first: it has no windows of its own to look after, which spares a third of the time.</summary>
    private static readonly string[] Names = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"];

    /// <summary>Where it is; null on a machine without one. CLUSTERNET_CHROMIUM goes first.</summary>
    public static string? Path { get; } = Candidates().FirstOrDefault(File.Exists);

    public static Task<IBrowser> Start(IPlaywright playwright) => playwright.Chromium.LaunchAsync(new()
    {
        ExecutablePath = Path,
        Args =
        [
            "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync",
        ],
        Timeout = Site.PatienceInMilliseconds,
    });

    private static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable("CLUSTERNET_CHROMIUM") is { Length: > 0 } named) yield return named;
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator);
        foreach (var name in Names)
        {
            foreach (var folder in folders) yield return System.IO.Path.Combine(folder, name);
        }
    }
}
