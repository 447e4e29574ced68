namespace ClusterNet.Tests;

/// <summary>
/// Real data too big or not ours to ship, in a folder <c>shared/data</c> beside the repository or beside a folder above it, or where
/// the environment variable CLUSTERNET_SHARED_DATA says. A test that needs it is skipped, visibly, where it is not.
/// </summary>
internal static class SharedData
{
    /// <summary>The full path of a file or folder of the shared data.</summary>
    internal static string Path(params string[] parts)
    {
        var relative = System.IO.Path.Combine([.. parts]);
        foreach (var path in Folders().Select(folder => System.IO.Path.Combine(folder, relative)))
        {
            if (File.Exists(path) || Directory.Exists(path))
                return path;
        }

        Assert.Skip($"Needs ../shared/data/{relative}, which is not part of the repository.");
        throw new InvalidOperationException("Skipped already.");
    }

    private static IEnumerable<string> Folders()
    {
        if (Environment.GetEnvironmentVariable("CLUSTERNET_SHARED_DATA") is { Length: > 0 } named)
            yield return named;
        for (var folder = RepositoryRoot()?.Parent; folder is not null; folder = folder.Parent)
            yield return System.IO.Path.Combine(folder.FullName, "shared", "data");
    }

    internal static DirectoryInfo? RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "ClusterNet.sln")))
            folder = folder.Parent;
        return folder;
    }
}
