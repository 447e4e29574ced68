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

    /// <summary>
    /// Ends what a killed server left running. Its children go by themselves once they look up, but one that counts to a billion
    /// does not look up, and no server starts beside it.
    /// </summary>
    public static void KillOrphans(ServerFiles files)
    {
        if (!OperatingSystem.IsLinux())
            return;
        foreach (var pid in LinuxProcesses.Of(files.Cluster))
        {
            try
            {
                using var process = Process.GetProcessById(pid);
                process.Kill();
            }
            catch (Exception e) when (e is ArgumentException or InvalidOperationException)
            {
                // Gone by itself.
            }
        }
    }

    private static string[] Lines(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(file);
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
            return LinuxProcesses.MayBeServer(pid, cluster);
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
}
