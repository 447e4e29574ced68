using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using ClusterNet.Postgres;
using Npgsql;
using Shouldly;

namespace ClusterNet.Tests.Postgres;

/// <summary>Plays a Host with an embedded server on a data directory of its own.</summary>
internal sealed class EmbeddedHost(string? dataDirectory = null)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ConcurrentQueue<string> _reports = new();

    public string DataDirectory { get; } = dataDirectory ?? TestServer.NewFolder();
    public ServerFiles Files => ServerFiles.In(DataDirectory);
    public IReadOnlyCollection<string> Reports => _reports;

    public static PostgresOptions Options(string dataDirectory) => new(null, dataDirectory, TestServer.HostDirectory(), null)
    {
        Settings = new Dictionary<string, string> { ["fsync"] = "off", ["shared_buffers"] = "16MB", ["max_connections"] = "20" },
    };

    public Task<PostgresServer> Start(Func<PostgresOptions, PostgresOptions>? change = null)
    {
        var options = Options(DataDirectory);
        return PostgresServer.Find(change?.Invoke(options) ?? options, _reports.Enqueue, TestContext.Current.CancellationToken);
    }

    public async Task<string> Refusal(Func<PostgresOptions, PostgresOptions>? change = null)
    {
        var refusal = await Should.ThrowAsync<PostgresUnavailableException>(async () => await (await Start(change)).DisposeAsync());
        refusal.Message.ShouldNotContain('\n');
        return refusal.Message;
    }

    public int ServerProcess() => Postmaster.Running(Files).ShouldNotBeNull().ProcessId;

    /// <summary>As kill -9 does: nothing is tidied up.</summary>
    public void KillServer()
    {
        using var process = Process.GetProcessById(ServerProcess());
        process.Kill();
    }

    public static Task Note(PostgresServer server, string text) =>
        Run(server, $"create table if not exists notes (text text); insert into notes values ('{text}')");

    public static async Task<string?> Noted(PostgresServer server) => (string?)await Run(server, "select string_agg(text, ' ') from notes");

    public static async Task<object?> Run(PostgresServer server, string sql)
    {
        await using var connection = ConnectionStrings.Once(server.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    public static async Task<T> Eventually<T>(Func<Task<T>> attempt, Func<T, bool> good)
    {
        var started = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                if (await attempt() is var result && (good(result) || started.Elapsed > Patience))
                    return result;
            }
            catch (Exception e) when (e is NpgsqlException or SocketException && started.Elapsed < Patience)
            {
                // Not yet.
            }
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
