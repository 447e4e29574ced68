using ClusterNet.EventStore;
using ClusterNet.Ledger;
using ClusterNet.Postgres;
using ClusterNet.Privacy;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace ClusterNet.Benchmarks;

/// <summary>A PostgreSQL server of its own with the embedded server's settings, and the store on it. Gone afterwards.</summary>
internal sealed class Bench : IAsyncDisposable
{
    private readonly PostgresServer _server;
    private readonly ServiceProvider _services;
    private readonly string _folder;

    private Bench(PostgresServer server, ServiceProvider services, string folder) => (_server, _services, _folder) = (server, services, folder);

    public string ConnectionString => _server.ConnectionString;

    public string Folder => _folder;

    public string ServerVersion { get; private set; } = "";

    public static async Task<Bench> Start()
    {
        // Not a private temporary folder: as root the server runs as another user.
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"clusternet-bench-{Environment.ProcessId}")).FullName;
        var server = await PostgresServer.Find(new PostgresOptions(null, folder, HostDirectory(), null), _ => { }, CancellationToken.None);
        var keys = new KeyDatabase(NpgsqlDataSource.Create(await server.EnsureDatabase("keys", CancellationToken.None)));
        var vault = new KeyDirectory(Path.Combine(folder, "keys"));
        await KeyEpochs.Open(keys, vault, TimeProvider.System, CancellationToken.None);
        var services = new ServiceCollection()
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddSingleton(_ => new Database(NpgsqlDataSource.Create(server.ConnectionString)))
            .AddSingleton(_ => keys)
            .AddSingleton<IKeyVault>(vault)
            .AddSingleton(new MirrorDirectory(Path.Combine(folder, "mirror")))
            .AddSingleton(new LogSettings(folder, null, Path.Combine(folder, "log-policy")))
            .AddEventStore()
            .AddEvents("bench", typeof(Bench).Assembly, MeterJson.Default)
            .BuildServiceProvider();
        var bench = new Bench(server, services, folder);
        await bench.Get<Installation>().Apply(CancellationToken.None);
        bench.ServerVersion = await bench.Scalar<string>("show server_version");
        await bench.Execute("""
            create schema bare;
            create table bare.mt_streams (like events.mt_streams including all);
            create table bare.mt_events (like events.mt_events including all);
            alter table bare.mt_events add foreign key (stream_id) references bare.mt_streams (id) on delete cascade;
            create sequence bare.mt_events_sequence;
            """);
        return bench;
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Another database of this server.</summary>
    public Task<string> NewDatabase(string name) => _server.EnsureDatabase(name, CancellationToken.None);

    public async Task<T> Scalar<T>(string sql)
    {
        await using var command = Get<Database>().Source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!; // asked for what is there
    }

    public async Task Execute(string sql)
    {
        await using var command = Get<Database>().Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static string HostDirectory()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ClusterNet.sln"))) folder = folder.Parent;
        return Path.Combine(folder?.FullName ?? ".", "src", "Host");
    }
}
