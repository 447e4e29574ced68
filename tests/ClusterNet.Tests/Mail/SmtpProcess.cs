using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using ClusterNet.Mail;
using ClusterNet.Tests.Crashes;
using ClusterNet.Tests.Hosting;
using ClusterNet.Tests.Ledger;
using MailKit.Security;
using MimeKit;

namespace ClusterNet.Tests.Mail;

/// <summary>A mail server that is not ours (npm smtp-server), on loopback; it can go down and come back.</summary>
internal sealed class SmtpProcess(string folder, int port, bool auth) : IDisposable
{
    private static readonly Lazy<Task<string>> Installed = new(() => OthersCode.Node("smtp"));
    private readonly ConcurrentQueue<JsonNode> _taken = new();
    private Process? _process;

    /// <summary>Every mail that it took, in order.</summary>
    public IReadOnlyList<JsonNode> Taken => [.. _taken];

    public static async Task<SmtpProcess> Install(bool auth = false) => new(await Installed.Value, HostProcess.FreePort(), auth);

    public MailSettings Settings(SecureSocketOptions security = SecureSocketOptions.None, string? user = null, string? password = null) =>
        new("ClusterNet <clusternet@network.example>", "", new SmtpServer("127.0.0.1", port, user, password, security));

    public async Task Up()
    {
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _process = Process.Start(new ProcessStartInfo("node", ["server.js", port.ToString(CultureInfo.InvariantCulture), auth ? "auth" : "open"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
        }) ?? throw new InvalidOperationException("node cannot be started.");
        _process.OutputDataReceived += (_, e) =>
        {
            if (e.Data == "ready") ready.TrySetResult();
            else if (e.Data is null) ready.TrySetException(new InvalidOperationException("The mail server ended."));
            else if (JsonNode.Parse(e.Data) is { } mail) _taken.Enqueue(mail);
        };
        _process.BeginOutputReadLine();
        await ready.Task.WaitAsync(TestContext.Current.CancellationToken);
    }

    public async Task Down()
    {
        if (_process is null) return;
        _process.Kill();
        // All that it wrote has been read when this returns.
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        _process.Dispose();
        _process = null;
    }

    public static SentMail Read(JsonNode taken)
    {
        using var stream = new MemoryStream(Encoding.Latin1.GetBytes(taken["raw"]?.ToString() ?? ""));
        return SentMail.Of(MimeMessage.Load(stream));
    }

    public void Dispose()
    {
        if (_process is null) return;
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }
}
