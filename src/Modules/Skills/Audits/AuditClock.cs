using ClusterNet.EventStore;
using Microsoft.Extensions.Logging;

namespace ClusterNet.Skills.Audits;

/// <summary>Closes audits at their deadline and reminds before it. Any number of Hosts may: the audit decides once.</summary>
internal sealed class AuditClock(Database database, Streams<Campaign, CampaignEvent> campaigns, TimeProvider clock, ILogger<AuditClock> logger)
    : Rounds("Audits", TimeSpan.FromMinutes(1), clock, logger)
{
    /// <summary>The earliest reminder: audits whose deadline is further off are not looked at.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(3);

    public override async Task Tick(CancellationToken ct)
    {
        var now = Now;
        var due = await database.Query(
            SkillsModule.Name, Statement.Of("select id from skills.audits where state in ('open', 'running') and deadline <= $1 order by deadline", now + Ahead),
            r => r.GetGuid(0), ct);
        foreach (var audit in due)
        {
            await campaigns.Execute(audit, new CloseAudit(null, now), new(CommandMetadata.System("audit-deadline")), ct);
            await campaigns.Execute(audit, new RemindRaters(null, now), new(CommandMetadata.System("audit-reminder")), ct);
        }
    }
}
