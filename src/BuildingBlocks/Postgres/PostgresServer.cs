namespace ClusterNet.Postgres;

/// <summary>
/// The PostgreSQL of this Host. An embedded one is shared by all Hosts on its data directory: the first starts it, the others
/// join, each restarts it when it dies, and the last to leave stops it. A killed Host counts as left.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private readonly Func<Task> _leave;
    private int _left;

    private PostgresServer(string connectionString, bool owned, Func<Task> leave) =>
        (ConnectionString, Owned, _leave) = (connectionString, owned, leave);

    /// <summary>To the database of ClusterNet, which exists.</summary>
    public string ConnectionString { get; }

    /// <summary>Embedded: Hosts start, watch and stop it. False for a configured server, which is left alone.</summary>
    public bool Owned { get; }

    /// <summary>Uses the configured server, or starts or joins the embedded one; ready when it returns.</summary>
    /// <exception cref="PostgresUnavailableException">With one line for the operator.</exception>
    public static async Task<PostgresServer> Find(PostgresOptions options, Action<string> report, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(options.ConnectionString))
            return await Embedded(options, report, ct);
        var connectionString = await ConnectionStrings.Checked(options.ConnectionString, ct);
        return new PostgresServer(connectionString, owned: false, () => Task.CompletedTask);
    }

    /// <summary>Creates a database on this server unless it is there, and says how to connect to it.</summary>
    public Task<string> EnsureDatabase(string name, CancellationToken ct) => ConnectionStrings.Ensure(ConnectionString, name, ct);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _left, 1) == 0)
            await _leave();
    }

    private static async Task<PostgresServer> Embedded(PostgresOptions options, Action<string> report, CancellationToken ct)
    {
        var files = ServerFiles.In(options.DataDirectory);
        try
        {
            files.Create();
            var locks = new HostLocks(files);
            using var turn = await locks.Turn(ct);
            var server = await EmbeddedServer.Prepare(options, files, report, ct);
            var share = locks.Join();
            try
            {
                return await Ready(server, files, locks, share, report, ct);
            }
            catch
            {
                share.Dispose();
                if (locks.NobodyIsIn())
                    await server.Stop(CancellationToken.None);
                throw;
            }
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new PostgresUnavailableException(
                $"The embedded PostgreSQL cannot use {files.Root} ({e.Message.TrimEnd('.')}): " +
                "start the Host as the user whom it belongs to, or name another ClusterNet__DataDirectory.", e);
        }
    }

    private static async Task<PostgresServer> Ready(
        EmbeddedServer server, ServerFiles files, HostLocks locks, IDisposable share, Action<string> report, CancellationToken ct)
    {
        var address = await server.StartOrJoin(ct);
        var connectionString = ConnectionStrings.WithDefaults(server.ConnectionString(address));
        await ConnectionStrings.Ensure(connectionString, ConnectionStrings.Database, ct);
        var supervisor = new Supervisor(files, server, locks, address, report);
        return new PostgresServer(connectionString, owned: true, Leave);

        async Task Leave()
        {
            await supervisor.DisposeAsync();
            using var turn = await locks.Turn(CancellationToken.None);
            share.Dispose();
            if (locks.NobodyIsIn())
                await server.Stop(CancellationToken.None);
        }
    }
}
