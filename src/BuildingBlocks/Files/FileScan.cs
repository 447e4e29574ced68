using System.ComponentModel;
using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace ClusterNet.Files;

/// <summary>
/// Runs the configured command on each file that is taken in: it gets the content on its standard input and says with exit code 0 that there is nothing in
/// it, with 1 that there is (as <c>clamdscan --fdpass=no -</c> does); everything else counts as not scanned.
/// </summary>
internal sealed partial class FileScan(IConfiguration configuration, ILogger<FileScan> logger)
{
    public const string Setting = "ClusterNet:FileScan:Command";
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    /// <summary>The command and its arguments, separated by blanks; empty for none.</summary>
    private readonly string[] _command = (configuration[Setting] ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <returns>Null when the file is clean, or nothing scans.</returns>
    public async Task<FileFault?> Scan(Stream content, CancellationToken ct)
    {
        if (_command.Length == 0) return null;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Longest);
        var start = new ProcessStartInfo(_command[0], _command.Skip(1)) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var process = Process.Start(start) ?? throw new Win32Exception("no process");
            try
            {
                return await Answer(process, content, limit.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                ct.ThrowIfCancellationRequested();
                NotScanned(_command[0], "it took too long");
                return FileFault.NotScanned;
            }
        }
        catch (Win32Exception e)
        {
            NotScanned(_command[0], e.Message);
            return FileFault.NotScanned;
        }
    }

    private async Task<FileFault?> Answer(Process process, Stream content, CancellationToken ct)
    {
        var said = Task.WhenAll(process.StandardOutput.ReadToEndAsync(ct), process.StandardError.ReadToEndAsync(ct));
        try
        {
            await content.CopyToAsync(process.StandardInput.BaseStream, ct);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has seen enough.
        }

        await said;
        await process.WaitForExitAsync(ct);
        if (process.ExitCode is not (0 or 1)) NotScanned(_command[0], $"exit code {process.ExitCode}");
        return process.ExitCode switch { 0 => null, 1 => FileFault.Harmful, _ => FileFault.NotScanned };
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A file was not scanned and so not taken: {Command}: {Why}")]
    private partial void NotScanned(string command, string why);
}
