using System.Diagnostics;
using Npgsql;

namespace ClusterNet.Postgres;

/// <summary>Starts, joins and stops the server of one data directory. Every method is called in turn (<see cref="HostLocks"/>).</summary>
internal sealed class EmbeddedServer(
    ServerFiles files, ServerBinaries binaries, ServerUser? user, PostgresOptions options, Action<string> report)
{
    private const string StartSeconds = "300"; // recovery after a crash replays the log since the last checkpoint
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly ServerCommand _command = new(files, binaries, user);

    public static async Task<EmbeddedServer> Prepare(
        PostgresOptions options, ServerFiles files, Action<string> report, CancellationToken ct)
    {
        NewCluster.WritePassword(files);
        var binaries = await ServerBinaries.Find(options, files, report, ct);
        var user = await ServerUser.Find(files, ct);
        if (user is not null)
            await user.TakeOver(files, ct);
        return new EmbeddedServer(files, binaries, user, options, report);
    }

    public async Task<ServerAddress> StartOrJoin(CancellationToken ct)
    {
        if (Postmaster.Running(files) is not null)
            return await Join(ct);
        if (!files.Initialised)
        {
            report($"Laying out a new PostgreSQL {binaries.Version} in {files.Cluster}");
            await new NewCluster(files, binaries, _command, options).Create(ct);
        }
        var address = ServerAddress.Choose(files, options.Port, report);
        await Start(address, ct);
        report($"PostgreSQL {binaries.Version} runs, data in {files.Cluster}");
        return address;
    }

    public async Task Start(ServerAddress address, CancellationToken ct)
    {
        Postmaster.KillOrphans(files);
        Postmaster.MarkDead(files);
        foreach (var socket in Directory.EnumerateFiles(files.Sockets, ".s.PGSQL.*"))
            File.Delete(socket);
        files.RotateLog();
        ServerSettings.Write(files, address, options);
        var waited = Stopwatch.StartNew();
        while (true)
        {
            var started = await _command.Run(
                binaries.PgCtl, ["start", "-w", "-s", "-t", StartSeconds, "-D", files.Cluster, "-l", files.Log], ct,
                keepOutput: !OperatingSystem.IsWindows());
            if (started.Succeeded)
                return;
            var log = files.LastLogLines();
            // The children of a killed server hold its memory until they notice.
            if (!log.Contains("shared memory block", StringComparison.Ordinal) || waited.Elapsed > Patience)
                throw new PostgresUnavailableException(
                    $"PostgreSQL {binaries.Version} does not start on {files.Cluster}: {started.OneLine}; the end of {files.Log}: {log}");
            await Task.Delay(Pause, ct);
        }
    }

    public async Task Stop(CancellationToken ct)
    {
        if (Postmaster.Running(files) is null)
            return;
        var stopped = await _command.Run(binaries.PgCtl, ["stop", "-w", "-s", "-m", "fast", "-t", "60", "-D", files.Cluster], ct);
        if (!stopped.Succeeded && Postmaster.Running(files) is { } running)
            report($"PostgreSQL (process {running.ProcessId}) did not stop in time: {stopped.OneLine}");
    }

    public string ConnectionString(ServerAddress address) => new NpgsqlConnectionStringBuilder
    {
        Host = address.Host,
        Port = address.Port,
        Username = NewCluster.User,
        Password = File.ReadAllText(files.Password).Trim(),
        Database = ConnectionStrings.Database,
    }.ConnectionString;

    /// <summary>The server of another Host, or one whose Host was killed.</summary>
    private async Task<ServerAddress> Join(CancellationToken ct)
    {
        var waited = Stopwatch.StartNew();
        var fault = "it has no port yet";
        while (Postmaster.Running(files) is { } running)
        {
            var address = ServerAddress.Of(running, files);
            if (running.Port > 0)
                fault = await ConnectionStrings.Fault(ConnectionString(address), ct);
            if (fault is null)
            {
                report($"Joined the PostgreSQL that runs on {files.Cluster} (process {running.ProcessId})");
                return address;
            }
            if (waited.Elapsed > Patience)
                throw new PostgresUnavailableException(
                    $"PostgreSQL runs on {files.Cluster} (process {running.ProcessId}) but lets nobody in ({fault}): " +
                    $"stop that process and start again; the end of {files.Log}: {files.LastLogLines()}");
            await Task.Delay(Pause, ct);
        }
        return await StartOrJoin(ct);
    }
}
