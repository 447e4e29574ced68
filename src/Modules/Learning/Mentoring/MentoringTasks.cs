using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Resources;
using Microsoft.Extensions.Localization;

namespace ClusterNet.Learning.Mentoring;

/// <summary>Who asks one for mentoring, sessions to log and to confirm, rhythms that were missed; for coordinators, calls for help.</summary>
internal sealed class MentoringTasks(Database database, IStringLocalizer<MentoringTexts> text, TimeProvider clock) : IHomeTasks
{
    private const string Sql = """
        select p.id, $1 = any(p.waits), coalesce(p.next_at < $2, false), p.missed > 0 and p.next_at is null,
            exists (select from learning.mentoring_sessions s where s.pair = p.id and s.status = 'held' and not s.confirmed and s.by <> $1)
        from learning.mentoring_pairs p where (p.mentor = $1 or p.mentee = $1) and p.status in ('asked', 'active') order by p.asked_at
        """;

    private const string Calls = "select cluster, count(*) from learning.mentoring_help where cluster = any($1) and settled_at is null group by cluster";

    public async Task<IReadOnlyList<HomeTask>> Of(Caller caller, CancellationToken ct)
    {
        if (caller.IsAuditorOnly) return [];
        var pairs = await database.Query(
            LearningModule.Name, Statement.Of(Sql, caller.Person.Value, clock.GetUtcNow()),
            r => (Page: $"/mentoring/pairs/{r.GetGuid(0)}", Asked: r.GetBoolean(1), ToLog: r.GetBoolean(2), Missed: r.GetBoolean(3), ToConfirm: r.GetBoolean(4)), ct);
        var tasks = new List<HomeTask>();
        foreach (var (page, asked, toLog, missed, toConfirm) in pairs)
        {
            if (asked) tasks.Add(new("mentoring-asked", text["TaskAsked"], page));
            if (toConfirm) tasks.Add(new("mentoring-to-confirm", text["TaskConfirm"], page));
            if (toLog) tasks.Add(new("mentoring-to-log", text["TaskLog"], page));
            else if (missed) tasks.Add(new("mentoring-missed", text["TaskMissed"], page));
        }

        return [.. tasks, .. await Help(caller, ct)];
    }

    private async Task<IReadOnlyList<HomeTask>> Help(Caller caller, CancellationToken ct)
    {
        if (caller.ScopesOf(ScopeKind.Cluster, Role.Coordinator) is not { Count: > 0 } clusters) return [];
        var calls = await database.Query(LearningModule.Name, Statement.Of(Calls, [clusters.ToArray()]), r => (Cluster: r.GetGuid(0), Count: r.GetInt64(1)), ct);
        return [.. calls.Select(c => new HomeTask("mentoring-help", c.Count == 1 ? text["TaskHelpOne"] : text["TaskHelpMany", c.Count], $"/mentoring/clusters/{c.Cluster}/help"))];
    }
}
