using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Resources;
using Microsoft.Extensions.Localization;

namespace ClusterNet.Learning.OnTheJob;

/// <summary>Tasks that wait for one's answer, whose day is near, and reports that wait for what one saw.</summary>
internal sealed class JobHome(Database database, IStringLocalizer<JobTexts> text, TimeProvider clock) : IHomeTasks
{
    private const int Most = 5;

    private const string Sql = """
        (select id, 'asked', null::date from learning.job_tasks where learner = $1 and status = 'asked' order by due_on limit $3)
        union all (select id, 'near', due_on from learning.job_tasks where learner = $1 and status = 'open' and due_on <= $2 order by due_on limit $3)
        union all (select id, 'confirm', null from learning.job_tasks
            where (by = $1 or helper = $1) and learner <> $1 and status in ('reported', 'confirmed') and not $1 = any(confirmed_by) and (helper is null or helper = $1 or status = 'reported')
            order by set_at limit $3)
        """;

    public async Task<IReadOnlyList<HomeTask>> Of(Caller caller, CancellationToken ct)
    {
        if (caller.IsAuditorOnly) return [];
        var found = await database.Query(
            LearningModule.Name, Statement.Of(Sql, caller.Person.Value, JobClock.Horizon(clock.GetUtcNow()), Most),
            r => (Page: $"/tasks/{r.GetGuid(0)}", Why: r.GetString(1), Due: r.IsDBNull(2) ? (DateOnly?)null : r.GetFieldValue<DateOnly>(2)), ct);
        return [.. found.Select(f => new HomeTask($"learning-task-{f.Why}", text[$"Task-{f.Why}"], f.Page, f.Due))];
    }
}
