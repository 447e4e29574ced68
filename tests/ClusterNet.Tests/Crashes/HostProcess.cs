using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ClusterNet.Tests.Crashes;

/// <summary>The program itself as a process of its own, with an embedded PostgreSQL in its data directory, and able to die at any moment.</summary>
internal sealed class HostProcess(string dataDirectory, int port) : IDisposable
{
    private const string CodeLine = "Become the first one with the code ";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private readonly ConcurrentQueue<string> _lines = new();
    private Process? _process;

    public Uri Url { get; } = new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));

    /// <summary>All that it has written, for a failing test.</summary>
    public string Said => string.Join('\n', _lines);

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Starts the program; it is ready when this returns.</summary>
    public async Task Start(CancellationToken ct)
    {
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _process = Begin(["--urls", Url.ToString()], line =>
        {
            if (line is null) ready.TrySetException(new InvalidOperationException($"The Host ended instead of serving:\n{Said}"));
            else if (line.StartsWith("Press Ctrl+C", StringComparison.Ordinal)) ready.TrySetResult();
        });
        await ready.Task.WaitAsync(Patience, ct);
    }

    /// <summary>The code that the console shows on a new installation.</summary>
    public string FirstOperatorCode() => _lines.Select(l => l.Split(CodeLine)).First(parts => parts.Length == 2)[1].Trim();

    /// <summary>As kill -9 does: nothing is tidied up.</summary>
    public async Task Kill(CancellationToken ct)
    {
        _process!.Kill(); // started before
        await _process.WaitForExitAsync(ct);
    }

    /// <summary>Runs a verb of the program on the same data.</summary>
    public async Task<int> Verb(CancellationToken ct, params string[] arguments)
    {
        using var process = Begin(arguments, _ => { });
        await process.WaitForExitAsync(ct);
        return process.ExitCode;
    }

    public void Dispose()
    {
        if (_process is null) return;
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }

    private Process Begin(IEnumerable<string> arguments, Action<string?> onLine)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "clusternet.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = dataDirectory,
        };
        foreach (var name in start.Environment.Keys.Where(IsOurs).ToList()) start.Environment.Remove(name);
        foreach (var (name, value) in Settings()) start.Environment[name] = value;
        var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet cannot be started.");
        process.OutputDataReceived += (_, e) => Hear(e.Data, onLine);
        process.ErrorDataReceived += (_, e) => Hear(e.Data, _ => { });
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private void Hear(string? line, Action<string?> onLine)
    {
        if (line is not null) _lines.Enqueue(line);
        onLine(line);
    }

    private IEnumerable<(string Name, string Value)> Settings() =>
    [
        ("DOTNET_ENVIRONMENT", "Production"), ("ClusterNet__DataDirectory", dataDirectory), ("ClusterNet__RateLimits__Enabled", "false"),
        ("Serilog__MinimumLevel__Default", "Warning"),
    ];

    private static bool IsOurs(string variable) =>
        variable.StartsWith("ClusterNet__", StringComparison.OrdinalIgnoreCase)
        || variable.StartsWith("ConnectionStrings__", StringComparison.OrdinalIgnoreCase)
        || variable.StartsWith("ASPNETCORE_", StringComparison.OrdinalIgnoreCase);
}
