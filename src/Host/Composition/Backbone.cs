using ClusterNet.EventStore;
using ClusterNet.Ledger;
using ClusterNet.Postgres;
using ClusterNet.Privacy;
using Npgsql;

namespace ClusterNet.Host.Composition;

/// <summary>What must stand before anything else: PostgreSQL, the two databases, the key-encryption keys.</summary>
internal sealed class Backbone : IAsyncDisposable
{
    private readonly PostgresServer _server;

    private Backbone(PostgresServer server, Database database, KeyDatabase keys, IKeyVault vault, HostSettings settings)
    {
        (_server, Database, Keys, Vault) = (server, database, keys, vault);
        Mirror = new(settings.MirrorDirectory);
        Log = new(settings.KeyDirectory, settings.LogOrigin, settings.LogPolicyFile);
    }

    public Database Database { get; }

    public KeyDatabase Keys { get; }

    public IKeyVault Vault { get; }

    public MirrorDirectory Mirror { get; }

    public LogSettings Log { get; }

    /// <param name="report">Told in one line each what is being done.</param>
    public static async Task<Backbone> Open(HostSettings settings, Action<string> report, CancellationToken ct)
    {
        var server = await PostgresServer.Find(
            new(settings.ConnectionString, settings.DataDirectory, settings.HostDirectory, settings.PostgresPort), report, ct);
        var database = new Database(NpgsqlDataSource.Create(server.ConnectionString));
        var keysConnection = settings.KeysConnectionString
            ?? await server.EnsureDatabase($"{new NpgsqlConnectionStringBuilder(server.ConnectionString).Database}_keys", ct);
        var keys = new KeyDatabase(NpgsqlDataSource.Create(keysConnection));
        try
        {
            var vault = new KeyDirectory(settings.KeyDirectory);
            await KeyEpochs.Open(keys, vault, TimeProvider.System, ct);
            return new(server, database, keys, vault, settings);
        }
        catch
        {
            await keys.DisposeAsync();
            await database.DisposeAsync();
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Keys.DisposeAsync();
        await Database.DisposeAsync();
        await _server.DisposeAsync();
    }
}
