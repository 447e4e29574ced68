using Microsoft.Extensions.Logging;

namespace ClusterNet.EventStore;

/// <summary>Forgets answers to repeated POSTs after 24 hours.</summary>
public sealed class IdempotencyPurge(Database database, TimeProvider clock, ILogger<IdempotencyPurge> logger)
    : Rounds("Old answers to repeated requests", TimeSpan.FromMinutes(30), clock, logger)
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    public override async Task Tick(CancellationToken ct)
    {
        await using var delete = database.Source.CreateCommand("delete from http.idempotency where created_at < $1");
        delete.Parameters.Add(new() { Value = Now - Kept });
        await delete.ExecuteNonQueryAsync(ct);
    }
}
