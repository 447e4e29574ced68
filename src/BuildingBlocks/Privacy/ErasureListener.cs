using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ClusterNet.Privacy;

/// <summary>Hears from the key database whose keys were destroyed by any Host, and forgets them here. Comes back after a lost connection.</summary>
public sealed class ErasureListener(KeyDatabase database, KeyRing keys, ILogger<ErasureListener> logger) : BackgroundService
{
    internal const string Channel = "clusternet_keys_erased";
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(20), Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Listen(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException or InvalidOperationException)
            {
                logger.LogWarning(
                    "Not heard of erasures for a moment, keys are forgotten after {Minutes} minutes at the latest: {Reason}", KeyRing.CacheFor.TotalMinutes, e.Message);
                await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task Listen(CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        connection.Notification += (_, message) => Forget(message.Payload);
        await Run(connection, $"listen {Channel}", ct);
        // What was said before this Host listened, it did not hear.
        keys.Forget(null);
        while (true)
        {
            // A connection that died in silence shows at the heartbeat.
            if (!await connection.WaitAsync(Heartbeat, ct)) await Run(connection, "select 1", ct);
        }
    }

    private void Forget(string payload) => keys.Forget(Guid.TryParse(payload, out var subject) ? subject : null);

    private static async Task Run(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(ct);
    }
}
