using ClusterNet.EventStore;
using ClusterNet.Ledger;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ClusterNet.Projections;

/// <summary>Keeps the log and all that follows it moving: gives positions, then lets every projection and subscription catch up.</summary>
public sealed class LogWorker : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);
    private readonly Sequencer _sequencer;
    private readonly CheckpointPublisher _publisher;
    private readonly FollowerRunner _runner;
    private readonly IReadOnlyList<IFollower> _followers;
    private readonly CommitSignal _signal;
    private readonly ILogger<LogWorker> _logger;

    internal LogWorker(
        Sequencer sequencer, CheckpointPublisher publisher, FollowerRunner runner, IEnumerable<IFollower> followers, CommitSignal signal,
        ILogger<LogWorker> logger) =>
        (_sequencer, _publisher, _runner, _followers, _signal, _logger) = (sequencer, publisher, runner, [.. followers], signal, logger);

    /// <summary>Runs until nothing is left to do: for command-line verbs and tests.</summary>
    public async Task CatchUp(CancellationToken ct)
    {
        while (true)
        {
            while (await _sequencer.Step(ct) > 0) continue;
            await _runner.Look(_followers, ct);
            var aside = new HashSet<IFollower>();
            foreach (var follower in _followers.Where(_runner.IsBehind))
                if (await ToEnd(follower, ct) == Step.Aside) aside.Add(follower);
            if (await _runner.AreDone(_followers.Except(aside), ct)) return;
            // Others are at work on it, or a subscription commanded something.
            await _signal.NextMove(Pause, ct);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        await Task.WhenAll([Forever("sequencer", Sequence, _signal.Next, stoppingToken),
            Forever("signer", _publisher.Sign, Task.Delay, stoppingToken),
            Forever("witnesses", _publisher.AskWitnesses, Task.Delay, stoppingToken),
            .. _followers.Select(f => Forever(f.Name, ct => Follow(f, ct), _signal.NextMove, stoppingToken))]);
    }

    private async Task<Step> ToEnd(IFollower follower, CancellationToken ct)
    {
        while (true)
            if (await _runner.Step(follower, ct) is var step && step != Step.More) return step;
    }

    private async Task<bool> Sequence(CancellationToken ct)
    {
        var placed = await _sequencer.Step(ct);
        await _runner.Look(_followers, ct);
        _signal.Moved();
        return placed > 0;
    }

    private async Task<bool> Follow(IFollower follower, CancellationToken ct) =>
        _runner.IsBehind(follower) && await _runner.Step(follower, ct) == Step.More;

    private async Task Forever(
        string name, Func<CancellationToken, Task<bool>> step, Func<TimeSpan, CancellationToken, Task> wait, CancellationToken ct)
    {
        var pause = Poll;
        while (!ct.IsCancellationRequested)
        {
            try
            {
                if (!await step(ct)) await wait(Poll, ct);
                pause = Poll;
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // A follower that cannot go on stops there, says so, and tries again: nothing is skipped.
                if (e is NpgsqlException) _logger.LogWarning("{Follower} cannot reach the database: {Reason}", name, e.Message);
                else _logger.LogError(e, "{Follower} stands still", name);
                await Task.Delay(pause, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                pause = pause < TimeSpan.FromSeconds(10) ? pause * 2 : pause;
            }
        }
    }
}
