using System.ComponentModel;
using System.Diagnostics;

namespace ClusterNet.Postgres;

/// <summary>Runs a command line tool to its end.</summary>
internal static class Tool
{
    internal sealed record Result(int ExitCode, string Output)
    {
        public bool Succeeded => ExitCode == 0;
        public string OneLine => string.Join(" | ",
            Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    /// <summary>Both output streams are kept, unless the tool leaves children behind that would hold them open (Windows).</summary>
    public static async Task<Result> Run(
        string program, IEnumerable<string> arguments, CancellationToken ct,
        string? folder = null, string? libraries = null, bool keepOutput = true)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder ?? "",
            RedirectStandardInput = true,
            RedirectStandardOutput = keepOutput,
            RedirectStandardError = keepOutput,
            CreateNoWindow = true,
        };
        start.Environment["LC_MESSAGES"] = "C";
        if (libraries is not null)
            start.Environment["LD_LIBRARY_PATH"] = libraries;
        return await Run(start, ct);
    }

    /// <summary>The full path of a tool on PATH, if there is one.</summary>
    public static string? OnPath(string name) => PathFolders()
        .SelectMany(folder => Names(name).Select(n => Path.Combine(folder, n)))
        .FirstOrDefault(File.Exists);

    public static IEnumerable<string> PathFolders() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);

    private static string[] Names(string name) => OperatingSystem.IsWindows() ? [name + ".exe", name + ".cmd"] : [name];

    private static async Task<Result> Run(ProcessStartInfo start, CancellationToken ct)
    {
        try
        {
            using var process = Process.Start(start) ?? throw new UnreachableException();
            process.StandardInput.Close();
            var output = start.RedirectStandardOutput ? process.StandardOutput.ReadToEndAsync(ct) : Task.FromResult("");
            var errors = start.RedirectStandardError ? process.StandardError.ReadToEndAsync(ct) : Task.FromResult("");
            try
            {
                await process.WaitForExitAsync(ct);
                return new Result(process.ExitCode, await output + await errors);
            }
            catch (OperationCanceledException)
            {
                process.Kill();
                throw;
            }
        }
        catch (Win32Exception e)
        {
            return new Result(-1, e.Message);
        }
    }
}
