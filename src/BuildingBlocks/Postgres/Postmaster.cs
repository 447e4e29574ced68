using System.Diagnostics;
using System.Globalization;

namespace ClusterNet.Postgres;

/// <summary>The running server of a data directory, as its postmaster.pid tells.</summary>
internal sealed record Postmaster(int ProcessId, int Port, string SocketFolder)
{
    private const string NoProcess = "2147483647"; // beyond what any system gives out

    /// <summary>None when there is no such file, or when it was left behind by a server that died.</summary>
    public static Postmaster? Running(ServerFiles files)
    {
        var lines = Lines(files.PostmasterPid);
        if (lines.Length == 0 || !int.TryParse(lines[0].Trim(), CultureInfo.InvariantCulture, out var pid) || !IsServer(pid, files.Cluster))
            return null;
        // The lines below the first arrive while the server starts.
        var port = lines.Length > 3 && int.TryParse(lines[3], CultureInfo.InvariantCulture, out var p) ? p : 0;
        return new Postmaster(pid, port, lines.Length > 4 ? lines[4].Trim() : "");
    }

    /// <summary>
    /// Lets a server start over the file that a dead one left, even if its process number is somebody else's by now. The file
    /// itself has to stay: by its other lines the new server finds children of the old one that still write.
    /// </summary>
    public static void MarkDead(ServerFiles files)
    {
        var lines = Lines(files.PostmasterPid);
        if (lines.Length == 0)
            return;
        if (lines.Length > 1)
            File.WriteAllText(files.PostmasterPid, string.Join('\n', [NoProcess, .. lines[1..]]));
        else
            File.Delete(files.PostmasterPid); // cut off while it was written: no server refuses or needs it
    }

    private static string[] Lines(string path)
    {
        try
        {
            using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
            return reader.ReadToEnd().Split('\n');
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
    }

    // The number alone proves nothing: after a reboot it may be anybody's.
    private static bool IsServer(int pid, string cluster)
    {
        if (OperatingSystem.IsLinux())
            return IsLinuxServer(pid, cluster);
        try
        {
            using var process = Process.GetProcessById(pid);
            return !process.HasExited && process.ProcessName.StartsWith("postgres", StringComparison.OrdinalIgnoreCase);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    private static bool IsLinuxServer(int pid, string cluster)
    {
        try
        {
            // "4242 (postgres) S ...": a Z or an X is a dead process that nobody has collected yet.
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            if (!stat.Contains("(postgres) ", StringComparison.Ordinal) || stat.Contains(") Z ", StringComparison.Ordinal) ||
                stat.Contains(") X ", StringComparison.Ordinal))
                return false;
            // A server works in its data directory; where that may not be read, its name has to do.
            return new FileInfo($"/proc/{pid}/cwd").LinkTarget is not { } folder || SameFolder(folder, cluster);
        }
        catch (UnauthorizedAccessException)
        {
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static bool SameFolder(string one, string other) =>
        one == other || File.Exists(Path.Combine(other, "PG_VERSION")) && Resolved(one) == Resolved(other);

    private static string Resolved(string folder)
    {
        var parts = Path.GetFullPath(folder).Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
        return parts.Aggregate("/", (path, part) =>
        {
            var next = Path.Combine(path, part);
            return new DirectoryInfo(next).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? next;
        });
    }
}
