using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ClusterNet.Privacy;

/// <summary>How long an epoch of the key-encryption key may last (<c>ClusterNet:KeyEpochDays</c>): an erasure is final within one.</summary>
public sealed record EpochLength(TimeSpan Value);

/// <summary>Begins a new epoch when the open one is old enough, and finishes rotations that were interrupted.</summary>
public sealed class KeyRotationService(KeyRotation rotation, EpochLength length, TimeProvider clock, ILogger<KeyRotationService> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            await Once(stoppingToken);
            await Task.Delay(Every, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    internal async Task Once(CancellationToken ct)
    {
        try
        {
            if (await rotation.Run(e => e.OpenedAt + length.Value <= clock.GetUtcNow(), ct)) logger.LogInformation("A new key epoch began");
        }
        catch (Exception e) when (e is NpgsqlException or IOException or UnauthorizedAccessException or KeyMissingException or KeyDamagedException)
        {
            logger.LogError("The keys' epoch could not be changed now, the next round tries again: {Reason}", e.Message);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The Host ends; the next one finishes.
        }
    }
}
