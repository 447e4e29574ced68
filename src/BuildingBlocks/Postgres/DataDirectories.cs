namespace ClusterNet.Postgres;

/// <summary>Where a Host keeps its data when nobody said so.</summary>
public static class DataDirectories
{
    internal const string ForRoot = "/var/lib/clusternet";

    /// <summary>
    /// <c>data</c> below the content root where it can be written (and, for root, passed through by the server's user),
    /// else a folder of the system (root) or of the user.
    /// </summary>
    public static string Default(string contentRoot)
    {
        var beside = Path.Combine(Path.GetFullPath(contentRoot), "data");
        var root = !OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess;
        if (Writable(beside) && (!root || OpenToAll(beside)))
            return beside;
        if (root)
            return ForRoot;
        var own = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return Path.Combine(own.Length > 0 ? own : Path.GetTempPath(), "clusternet");
    }

    private static bool Writable(string folder)
    {
        // Only the nearest existing folder is asked: looking for a place should not leave one behind.
        var nearest = folder;
        while (!Directory.Exists(nearest) && Path.GetDirectoryName(nearest) is { } parent)
            nearest = parent;
        try
        {
            var probe = Path.Combine(nearest, $".clusternet-{Guid.NewGuid():n}");
            using (new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose))
                return true;
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            return false;
        }
    }

    private static bool OpenToAll(string folder)
    {
        for (var here = Path.GetDirectoryName(folder); here is not null; here = Path.GetDirectoryName(here))
        {
            if (!OperatingSystem.IsWindows() && Directory.Exists(here) && !File.GetUnixFileMode(here).HasFlag(UnixFileMode.OtherExecute))
                return false;
        }
        return true;
    }
}
