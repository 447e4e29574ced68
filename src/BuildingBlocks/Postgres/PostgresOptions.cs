namespace ClusterNet.Postgres;

/// <summary>How a Host comes by its PostgreSQL: a configured one, or its own below the data directory.</summary>
/// <param name="ConnectionString">Use this server; null or empty starts an embedded one.</param>
/// <param name="DataDirectory">All embedded data, the server's included; see <see cref="DataDirectories"/>.</param>
/// <param name="HostDirectory">Folder of package.json and node_modules; null means beside the program.</param>
/// <param name="Port">Listen on 127.0.0.1 at this port, or at a free one where it is taken.
/// Null listens on a private socket only, or on any free port where sockets cannot be used.</param>
public sealed record PostgresOptions(string? ConnectionString, string DataDirectory, string? HostDirectory, int? Port)
{
    /// <summary>Settings of the embedded server that overrule ours, as in postgresql.conf.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Folders to look for installed binaries; null means the usual places.</summary>
    internal IReadOnlyList<string>? SearchFolders { get; init; }

    // A server that may lose its data need not have it synced while it is set up either.
    internal bool Disposable => Settings.TryGetValue("fsync", out var fsync) && fsync == "off";
}
