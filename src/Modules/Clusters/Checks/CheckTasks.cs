using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Resources;
using ClusterNet.EventStore;
using ClusterNet.Projections;
using Microsoft.Extensions.Localization;

namespace ClusterNet.Clusters.Checks;

/// <summary>A cluster that was never checked, and a member firm whose profile is half a year old or missing.</summary>
internal sealed class CheckTasks(Database database, TimeProvider clock, IStringLocalizer<CheckTexts> text) : IHomeTasks
{
    private static readonly TimeSpan CultureHolds = TimeSpan.FromDays(183);

    public async Task<IReadOnlyList<HomeTask>> Of(Caller caller, CancellationToken ct)
    {
        var clusters = caller.ScopesOf(ScopeKind.Cluster, Role.Coordinator);
        var firms = caller.ScopesOf(ScopeKind.Firm, Role.Manager);
        List<HomeTask> tasks = [];
        if (clusters.Count > 0)
        {
            var missing = await Query(
                "select c.id, c.name from clusters.clusters c where c.id = any($1) " +
                "and not exists (select 1 from clusters.self_checks s where s.kind = $2 and s.subject = c.id) order by c.name, c.id",
                ct, clusters.ToArray(), WireNames.Of(CheckKind.ClusterReadiness));
            tasks.AddRange(missing.Select(c => new HomeTask("readiness-to-check", text["TaskReadiness", c.Name], $"/clusters/{c.Id}/readiness")));
        }

        if (firms.Count == 0) return tasks;
        var due = await Query(
            "select f.id, f.name from clusters.firms f where f.id = any($1) " +
            "and exists (select 1 from clusters.memberships m where m.firm = f.id and m.state = 'admitted') " +
            "and not exists (select 1 from clusters.self_checks s where s.kind = $2 and s.subject = f.id and s.at > $3) order by f.name, f.id",
            ct, firms.ToArray(), WireNames.Of(CheckKind.FirmCulture), clock.GetUtcNow() - CultureHolds);
        tasks.AddRange(due.Select(f => new HomeTask("culture-to-check", text["TaskCulture", f.Name], $"/firms/{f.Id}/culture")));
        return tasks;
    }

    private Task<List<(Guid Id, string Name)>> Query(string sql, CancellationToken ct, params object[] values) =>
        database.Query(ClustersModule.Name, Statement.Of(sql, values), r => (r.GetGuid(0), r.GetString(1)), ct);
}
