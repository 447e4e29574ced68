namespace ClusterNet.EventStore;

/// <summary>Wakes those who wait for the log in this process; others poll.</summary>
public sealed class CommitSignal
{
    private readonly Pulse _committed = new();
    private readonly Pulse _moved = new();

    /// <summary>Ends at the next commit in this process, or after <paramref name="atLatest"/>.</summary>
    public Task Next(TimeSpan atLatest, CancellationToken ct) => _committed.Wait(atLatest, ct);

    /// <summary>Ends when events were given positions or a follower went on in this process, or after <paramref name="atLatest"/>.</summary>
    public Task NextMove(TimeSpan atLatest, CancellationToken ct) => _moved.Wait(atLatest, ct);

    internal void Committed() => _committed.Beat();

    internal void Moved() => _moved.Beat();

    private sealed class Pulse
    {
        private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Beat() => Interlocked.Exchange(ref _next, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

        /// <summary>Nobody throws when nothing happened: dozens wait here, five times a second each.</summary>
        public async Task Wait(TimeSpan atLatest, CancellationToken ct)
        {
            await Volatile.Read(ref _next).Task.WaitAsync(atLatest, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            ct.ThrowIfCancellationRequested();
        }
    }
}
