namespace ClusterNet.Postgres;

/// <summary>Looks whether the server process lives, and starts it again where it was when it does not.</summary>
internal sealed class Supervisor : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _leaving = new();
    private readonly ServerFiles _files;
    private readonly EmbeddedServer _server;
    private readonly HostLocks _locks;
    private readonly ServerAddress _address;
    private readonly Action<string> _report;
    private readonly Task _watch;

    public Supervisor(ServerFiles files, EmbeddedServer server, HostLocks locks, ServerAddress address, Action<string> report)
    {
        (_files, _server, _locks, _address, _report) = (files, server, locks, address, report);
        _watch = Task.Run(() => Watch(_leaving.Token));
    }

    public async ValueTask DisposeAsync()
    {
        await _leaving.CancelAsync();
        try
        {
            await _watch;
        }
        catch (OperationCanceledException)
        {
            // As asked.
        }
        _leaving.Dispose();
    }

    private async Task Watch(CancellationToken ct)
    {
        var failures = 0;
        while (true)
        {
            await Task.Delay(failures == 0 ? Interval : Backoff(failures), ct);
            try
            {
                if (Postmaster.Running(_files) is null)
                    await Restart(ct);
                failures = 0;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // Whatever it is, the next attempt may find it gone; giving up would leave the Host without a database for good.
                failures++;
                _report(e.Message);
            }
        }
    }

    private async Task Restart(CancellationToken ct)
    {
        using var turn = await _locks.Turn(ct);
        if (Postmaster.Running(_files) is not null)
            return;
        _report($"PostgreSQL has died; starting it again. The end of its log: {_files.LastLogLines(2)}");
        await _server.Start(_address, ct);
        _report("PostgreSQL runs again");
    }

    private static TimeSpan Backoff(int failures) =>
        TimeSpan.FromSeconds(Math.Min(Math.Pow(2, failures - 1), LongestBackoff.TotalSeconds));
}
