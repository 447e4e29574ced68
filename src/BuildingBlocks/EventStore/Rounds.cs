using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ClusterNet.EventStore;

/// <summary>Looks again and again for what has fallen due. Any number of Hosts may: what is decided is decided once by its stream.</summary>
/// <param name="what">What is looked at, as the log names it.</param>
/// <param name="every">Between two rounds.</param>
public abstract class Rounds(string what, TimeSpan every, TimeProvider clock, ILogger logger) : BackgroundService
{
    protected DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>One round.</summary>
    public abstract Task Tick(CancellationToken ct);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(every, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await Tick(stoppingToken);
                }
                catch (Exception e) when (e is NpgsqlException or TimeoutException)
                {
                    logger.LogWarning("{What} could not be looked at now, the next round does it: {Reason}", what, e.Message);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The Host stops.
        }
    }
}
