using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Resources;
using Microsoft.Extensions.Localization;

namespace ClusterNet.Learning.Plans;

/// <summary>Plans that wait for one's word, and activities whose day is near.</summary>
internal sealed class PlanTasks(Database database, IStringLocalizer<PlanTexts> text, TimeProvider clock) : IHomeTasks
{
    private const int Most = 5;

    private const string Sql = """
        select id, null::date from learning.plans where status = 'proposed' and by <> $1 and (person = $1 or coach = $1)
        union all (select plan, due_on from learning.plan_steps where person = $1 and due_on <= $2 order by due_on limit $3)
        """;

    public async Task<IReadOnlyList<HomeTask>> Of(Caller caller, CancellationToken ct)
    {
        if (caller.IsAuditorOnly) return [];
        var found = await database.Query(
            LearningModule.Name, Statement.Of(Sql, caller.Person.Value, PlanClock.Horizon(clock.GetUtcNow()), Most),
            r => (Page: $"/plans/{r.GetGuid(0)}", Due: r.IsDBNull(1) ? (DateOnly?)null : r.GetFieldValue<DateOnly>(1)), ct);
        return [.. found.Select(f => f.Due is { } due ? new HomeTask("plan-near", text["TaskNear"], f.Page, due) : new HomeTask("plan-proposed", text["TaskProposed"], f.Page))];
    }
}
