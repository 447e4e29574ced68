using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Skills.Resources;
using Microsoft.Extensions.Localization;

namespace ClusterNet.Skills.Audits;

/// <summary>Colleagues to rate, and audits to join.</summary>
internal sealed class AuditTasks(Database database, AuditReads reads, IStringLocalizer<AuditTexts> text) : IHomeTasks
{
    public async Task<IReadOnlyList<HomeTask>> Of(Caller caller, CancellationToken ct)
    {
        if (caller.IsAuditorOnly) return [];
        var tasks = new List<HomeTask>();
        foreach (var audit in (await reads.ToRate(caller.Person, ct)).Where(t => !t.Sent).GroupBy(t => t.Audit))
        {
            var due = DateOnly.FromDateTime(audit.First().Deadline.UtcDateTime);
            var colleagues = audit.Count(t => t.Kind != RaterKind.Self);
            var key = colleagues == 0 ? "TaskRateSelf" : colleagues == 1 ? "TaskRateOne" : "TaskRateMany";
            tasks.Add(new("skills-to-rate", text[key, colleagues], $"/skills-audits/{audit.Key}", due));
        }

        var asked = await database.Query(
            SkillsModule.Name,
            Statement.Of(
                "select id, deadline from skills.audits where state in ('open', 'running') and invited && $1 order by deadline",
                caller.ScopesOf(ScopeKind.Firm, Role.Manager).ToArray()),
            r => (Id: r.GetGuid(0), Deadline: r.GetFieldValue<DateTimeOffset>(1)), ct);
        tasks.AddRange(asked.Select(a => new HomeTask("audit-to-join", text["TaskJoin"], $"/skills-audits/{a.Id}", DateOnly.FromDateTime(a.Deadline.UtcDateTime))));
        return tasks;
    }
}
