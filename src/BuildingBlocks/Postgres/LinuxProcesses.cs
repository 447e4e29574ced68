using System.Globalization;

namespace ClusterNet.Postgres;

/// <summary>Which processes are servers, or children of servers, and of which data directory.</summary>
internal static class LinuxProcesses
{
    /// <summary>Living PostgreSQL processes whose folder is known to be this one.</summary>
    public static IEnumerable<int> Of(string cluster) => Directory.EnumerateDirectories("/proc")
        .Select(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out var pid) ? pid : 0)
        .Where(pid => pid > 0 && IsPostgres(pid) && FolderOf(pid) is { } folder && SameFolder(folder, cluster));

    /// <summary>A server works in its data directory; where that may not be read, its name has to do.</summary>
    public static bool MayBeServer(int pid, string cluster) =>
        IsPostgres(pid) && (FolderOf(pid) is not { } folder || SameFolder(folder, cluster));

    private static bool IsPostgres(int pid)
    {
        try
        {
            // "4242 (postgres) S ...": a Z or an X is a dead process that nobody has collected yet.
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            var state = stat.IndexOf(") ", StringComparison.Ordinal) + 2;
            return stat.Contains(" (postgres) ", StringComparison.Ordinal) && stat[state] is not ('Z' or 'X');
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            return false;
        }
    }

    private static string? FolderOf(int pid)
    {
        try
        {
            return new FileInfo($"/proc/{pid}/cwd").LinkTarget;
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            return null;
        }
    }

    private static bool SameFolder(string one, string other) => one == other || Resolved(one) == Resolved(other);

    private static string Resolved(string folder) => Path.GetFullPath(folder)
        .Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries)
        .Aggregate("/", (path, part) =>
        {
            var next = Path.Combine(path, part);
            return new DirectoryInfo(next).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? next;
        });
}
