namespace ClusterNet.Postgres;

/// <summary>Where an embedded server keeps what; everything lies below one folder that its user owns.</summary>
internal sealed record ServerFiles(string Root)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public string Cluster => Path.Combine(Root, "cluster");
    public string Sockets => Path.Combine(Root, "run");
    public string Log => Path.Combine(Root, "server.log");
    public string Password => Path.Combine(Root, "password");
    public string Settings => Path.Combine(Cluster, "clusternet.conf");
    public string PostmasterPid => Path.Combine(Cluster, "postmaster.pid");
    public string TurnLock => Path.Combine(Root, "turn.lock");
    public string HostsLock => Path.Combine(Root, "hosts.lock");
    public string Version => Path.Combine(Cluster, "PG_VERSION");

    public bool Initialised => File.Exists(Version);

    public static ServerFiles In(string dataDirectory) => new(Path.Combine(Path.GetFullPath(dataDirectory), "postgres"));

    public void Create()
    {
        try
        {
            // The parent is left as wide as the umask says: the server's user has to pass through it.
            Directory.CreateDirectory(Path.GetDirectoryName(Root) ?? Root);
            CreatePrivate(Root);
            CreatePrivate(Sockets);
            var probe = Path.Combine(Root, $"probe-{Guid.NewGuid():n}");
            using var written = new FileStream(
                probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new PostgresUnavailableException(
                $"The data directory {Path.GetDirectoryName(Root)} cannot be written ({e.Message.TrimEnd('.')}): " +
                "make it writable for this user, or name another one in ClusterNet__DataDirectory.", e);
        }
    }

    public static void CreatePrivate(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, OwnerOnly);
    }

    /// <summary>The end of the server's log, on one line.</summary>
    public string LastLogLines(int count = 5)
    {
        if (!File.Exists(Log))
            return "it left no log";
        using var log = new StreamReader(new FileStream(Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        var lines = new Queue<string>();
        while (log.ReadLine() is { } line)
        {
            if (line.Length > 0)
                lines.Enqueue(line.Trim());
            if (lines.Count > count)
                lines.Dequeue();
        }
        return string.Join(" | ", lines);
    }

    public void RotateLog(long limitBytes = 10_000_000)
    {
        if (File.Exists(Log) && new FileInfo(Log).Length > limitBytes)
            File.Move(Log, Log + ".1", overwrite: true);
    }
}
