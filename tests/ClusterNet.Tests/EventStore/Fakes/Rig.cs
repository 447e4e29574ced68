using ClusterNet.EventStore;
using ClusterNet.Ledger;
using ClusterNet.Postgres;
using ClusterNet.Privacy;
using ClusterNet.Projections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace ClusterNet.Tests.EventStore.Fakes;

/// <summary>One Host's store on databases of its own.</summary>
internal sealed class Rig : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly string _database;
    private readonly string _keyDatabase;

    private Rig(string database, string keyDatabase, string keyDirectory, ServiceProvider services, TestClock clock) =>
        (_database, _keyDatabase, KeyDirectory, _services, Clock) = (database, keyDatabase, keyDirectory, services, clock);

    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    public TestClock Clock { get; }

    public string KeyDirectory { get; }

    /// <summary>With the password, which a data source does not tell.</summary>
    public string ConnectionString => _database;

    public Database Database => Get<Database>();

    public NpgsqlDataSource Source => Database.Source;

    public NpgsqlDataSource Keys => Get<KeyDatabase>().Source;

    public IEventStore Store => Get<IEventStore>();

    public Streams<Tally, TallyFact> Tallies => Get<Streams<Tally, TallyFact>>();

    public Streams<Visit, VisitFact> Visits => Get<Streams<Visit, VisitFact>>();

    public LogWorker Log => Get<LogWorker>();

    public Listener Listener => (Listener)Get<ISubscription>();

    public UnitTotals Totals => (UnitTotals)Get<LedgerProjection>();

    public static async Task<Rig> Start()
    {
        var server = await TestServer.Instance();
        var template = await server.Template("fake_store", Install);
        return await On(await server.CreateDatabase(template), await server.CreateDatabase(), TestServer.NewFolder());
    }

    /// <summary>Another Host on the same databases.</summary>
    public Task<Rig> SecondHost() => On(_database, _keyDatabase, KeyDirectory);

    /// <summary>A Host of a newer program, before it has set anything up.</summary>
    public Task<Rig> NewerHost() => On(_database, _keyDatabase, KeyDirectory, services => services.AddNewerTallies());

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public Task CatchUp() => Log.CatchUp(Ct);

    /// <summary>Gives everything committed so far its position, and signs it.</summary>
    public async Task Sign()
    {
        await CatchUp();
        Clock.Now += TimeSpan.FromSeconds(1);
        await Get<CheckpointPublisher>().Step(Ct);
    }

    public async Task<T> Scalar<T>(string sql, params object[] parameters)
    {
        await using var command = Source.CreateCommand(sql);
        foreach (var parameter in parameters) command.Parameters.Add(new() { Value = parameter });
        return (T)(await command.ExecuteScalarAsync(Ct))!; // asked for what is there
    }

    public async Task Execute(string sql, params object[] parameters)
    {
        await using var command = Source.CreateCommand(sql);
        foreach (var parameter in parameters) command.Parameters.Add(new() { Value = parameter });
        await command.ExecuteNonQueryAsync(Ct);
    }

    /// <summary>Waits for a condition that the database will meet.</summary>
    public async Task Until(string sql, params object[] parameters)
    {
        while (!await Scalar<bool>(sql, parameters)) await Task.Yield();
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private static async Task Install(string database)
    {
        await using var rig = await On(database, await (await TestServer.Instance()).CreateDatabase(), TestServer.NewFolder());
        await rig.Get<Installation>().Apply(CancellationToken.None);
    }

    private static async Task<Rig> On(string database, string keyDatabase, string keyDirectory, Action<IServiceCollection>? change = null)
    {
        var keys = new KeyDatabase(NpgsqlDataSource.Create(ConnectionStrings.WithDefaults(keyDatabase)));
        var vault = new ClusterNet.Privacy.KeyDirectory(keyDirectory);
        var clock = new TestClock();
        await KeyEpochs.Open(keys, vault, clock, CancellationToken.None);
        var services = new ServiceCollection()
            .AddSingleton(typeof(Microsoft.Extensions.Logging.ILogger<>), typeof(NullLogger<>))
            .AddSingleton<TimeProvider>(clock)
            .AddSingleton(_ => new Database(NpgsqlDataSource.Create(ConnectionStrings.WithDefaults(database))))
            .AddSingleton(_ => keys)
            .AddSingleton<IKeyVault>(vault)
            .AddSingleton(new MirrorDirectory(Path.Combine(keyDirectory, "mirror")))
            .AddSingleton(new LogSettings(keyDirectory, null, Path.Combine(keyDirectory, "log-policy")))
            .AddEventStore()
            .AddFake();
        change?.Invoke(services);
        return new(database, keyDatabase, keyDirectory, services.BuildServiceProvider(), clock);
    }
}

/// <summary>A clock that the test sets.</summary>
internal sealed class TestClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;
}
