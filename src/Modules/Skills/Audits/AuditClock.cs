using ClusterNet.EventStore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ClusterNet.Skills.Audits;

/// <summary>Closes audits at their deadline and reminds before it. Any number of Hosts may: the audit decides once.</summary>
internal sealed class AuditClock(Database database, Streams<Campaign, CampaignEvent> campaigns, TimeProvider clock, ILogger<AuditClock> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    /// <summary>The earliest reminder: audits whose deadline is further off are not looked at.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(3);

    /// <summary>One round.</summary>
    public async Task Tick(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var due = await database.Query(
            SkillsModule.Name, Statement.Of("select id from skills.audits where state in ('open', 'running') and deadline <= $1 order by deadline", now + Ahead),
            r => r.GetGuid(0), ct);
        foreach (var audit in due)
        {
            await campaigns.Execute(audit, new CloseAudit(null, now), new(CommandMetadata.System("audit-deadline")), ct);
            await campaigns.Execute(audit, new RemindRaters(null, now), new(CommandMetadata.System("audit-reminder")), ct);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
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
                    logger.LogWarning("Audits could not be looked at now, the next round does it: {Reason}", e.Message);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The Host stops.
        }
    }
}
