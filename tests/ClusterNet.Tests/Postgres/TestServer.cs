using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using ClusterNet.Postgres;
using Npgsql;

[assembly: AssemblyFixture(typeof(ClusterNet.Tests.TestServer.Lifetime))]

namespace ClusterNet.Tests;

/// <summary>
/// The PostgreSQL of this test run: its own, in a temporary folder, started on first use and gone after the last test.
/// What a killed run leaves behind, the next one sweeps.
/// It may lose data in a power cut, which no test would notice.
/// </summary>
internal sealed class TestServer
{
    private static readonly string Home = Path.Combine(Path.GetTempPath(), "clusternet-tests-" + Environment.UserName);
    private static readonly Lazy<Task<TestServer>> Shared = new(Start);

    private readonly PostgresServer _server;
    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> _templates = new();
    private int _databases;

    private TestServer(PostgresServer server) => _server = server;

    public static Task<TestServer> Instance() => Shared.Value;

    /// <summary>A new database, empty or a copy of a template; the answer is its connection string.</summary>
    public async Task<string> CreateDatabase(string? template = null)
    {
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        await Execute($"create database {name} template {ConnectionStrings.Quoted(template ?? "template0")} strategy file_copy");
        return ConnectionTo(name);
    }

    /// <summary>A template that is filled once per run, however many classes ask for it; the answer is its name.</summary>
    /// <param name="fill">Gets the connection string of a new, empty database.</param>
    public Task<string> Template(string name, Func<string, Task> fill) =>
        _templates.GetOrAdd(name, key => new(() => Fill(key, fill))).Value;

    public static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ClusterNet.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside the repository.");
    }

    public static string HostDirectory() => Path.Combine(RepositoryRoot(), "src", "Host");

    /// <summary>A folder of this run, swept with it.</summary>
    public static string NewFolder() => Directory.CreateDirectory(Path.Combine(RunFolder(), Guid.NewGuid().ToString("n")[..8])).FullName;

    private static string RunFolder() => Path.Combine(Home, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));

    private static async Task<TestServer> Start()
    {
        var options = new PostgresOptions(null, RunFolder(), HostDirectory(), null)
        {
            Settings = new Dictionary<string, string>
            {
                ["fsync"] = "off",
                ["full_page_writes"] = "off",
                ["max_connections"] = "500",
                ["shared_buffers"] = "128MB",
            },
        };
        return new TestServer(await PostgresServer.Find(options, _ => { }, CancellationToken.None));
    }

    /// <summary>Begins before the first test and ends after the last.</summary>
    internal sealed class Lifetime : IAsyncDisposable
    {
        public Lifetime() => SweepDeadRuns();

        public async ValueTask DisposeAsync()
        {
            if (Shared.IsValueCreated && Shared.Value.IsCompletedSuccessfully)
                await (await Shared.Value)._server.DisposeAsync();
            if (Directory.Exists(RunFolder()))
                Sweep(RunFolder());
        }
    }

    private async Task<string> Fill(string name, Func<string, Task> fill)
    {
        await Execute($"create database {ConnectionStrings.Quoted(name)} template template0");
        var database = ConnectionTo(name);
        await fill(database);
        // PostgreSQL copies no database that somebody is connected to.
        await Execute($"alter database {ConnectionStrings.Quoted(name)} allow_connections false");
        await Execute($"select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = '{name}'");
        return name;
    }

    private string ConnectionTo(string database) =>
        new NpgsqlConnectionStringBuilder(_server.ConnectionString) { Database = database, MaxPoolSize = 20 }.ConnectionString;

    private async Task Execute(string sql)
    {
        await using var connection = ConnectionStrings.Once(_server.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static void SweepDeadRuns()
    {
        if (!Directory.Exists(Home))
            return;
        foreach (var run in Directory.EnumerateDirectories(Home).Where(run => run != RunFolder() && !IsAlive(Path.GetFileName(run))))
            Sweep(run);
    }

    private static bool IsAlive(string processId)
    {
        try
        {
            using var process = Process.GetProcessById(int.Parse(processId, CultureInfo.InvariantCulture));
            return !process.HasExited;
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            return false;
        }
    }

    private static void Sweep(string run)
    {
        try
        {
            foreach (var pid in Directory.EnumerateFiles(run, "postmaster.pid", SearchOption.AllDirectories).ToList())
            {
                var root = Path.GetDirectoryName(Path.GetDirectoryName(pid));
                if (root is not null && Postmaster.Running(new ServerFiles(root)) is { } orphan)
                    Process.GetProcessById(orphan.ProcessId).Kill();
            }
            Directory.Delete(run, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // Another run sweeps at the same time, or the orphan is still on its way out: the next run has another go.
        }
    }
}
