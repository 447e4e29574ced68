using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ClusterNet.Access.Notices;

/// <summary>Keeps mail about notices going, and lets old notices go.</summary>
internal sealed class NoticeWorker(NoticePost post, Notices notices, TimeProvider clock, ILogger<NoticeWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1), PurgeEvery = TimeSpan.FromHours(1), AfterTrouble = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var purged = clock.GetUtcNow();
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = Every;
            try
            {
                await post.Pass(stoppingToken);
                if (clock.GetUtcNow() - purged >= PurgeEvery)
                {
                    purged = clock.GetUtcNow();
                    await notices.Purge(stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                pause = AfterTrouble;
                if (e is NpgsqlException) logger.LogWarning("Mail about notices waits for the database: {Reason}", e.Message);
                else logger.LogError(e, "Mail about notices cannot be made");
            }

            await Task.Delay(pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
