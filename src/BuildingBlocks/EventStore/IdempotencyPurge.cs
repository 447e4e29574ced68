using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ClusterNet.EventStore;

/// <summary>Forgets answers to repeated POSTs after 24 hours.</summary>
public sealed class IdempotencyPurge(Database database, TimeProvider clock, ILogger<IdempotencyPurge> logger) : BackgroundService
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(24), Every = TimeSpan.FromMinutes(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await Tick(timer, stoppingToken))
        {
            try
            {
                await using var delete = database.Source.CreateCommand("delete from http.idempotency where created_at < $1");
                delete.Parameters.Add(new() { Value = clock.GetUtcNow() - Kept });
                await delete.ExecuteNonQueryAsync(stoppingToken);
            }
            catch (NpgsqlException e)
            {
                logger.LogWarning("Old answers could not be forgotten now, the next round does it: {Reason}", e.Message);
            }
        }
    }

    private static async Task<bool> Tick(PeriodicTimer timer, CancellationToken stopping)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stopping);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
