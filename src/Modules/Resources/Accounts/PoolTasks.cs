using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Resources.Resources;
using Microsoft.Extensions.Localization;

namespace ClusterNet.Resources.Accounts;

/// <summary>For coordinators: sessions that are over, used something of value, and are not settled yet.</summary>
internal sealed class PoolTasks(Database database, IStringLocalizer<AccountTexts> text, TimeProvider clock) : IHomeTasks
{
    private const int Days = 60, Most = 3;

    private const string ToSettle = """
        select s.id from resources.sessions s
        where s.cluster = any($1) and s.standing = 'booked' and s.ends_at < $2 and s.ends_at > $3
            and exists (select from jsonb_array_elements(s.uses) u join resources.pool p on p.id = (u->>'resource')::uuid where p.hourly_cents > 0)
            and not exists (
                select from resources.pool_entries e where e.source = s.id and e.kind = 'session' and not exists (select from resources.pool_entries r where r.reverses = e.id))
        order by s.ends_at limit $4
        """;

    public async Task<IReadOnlyList<HomeTask>> Of(Caller caller, CancellationToken ct)
    {
        if (caller.ScopesOf(ScopeKind.Cluster, Role.Coordinator).ToArray() is not { Length: > 0 } clusters) return [];
        var now = clock.GetUtcNow();
        var sessions = await database.Query(ResourcesModule.Name, Statement.Of(ToSettle, clusters, now, now.AddDays(-Days), Most), r => r.GetGuid(0), ct);
        return [.. sessions.Select(id => new HomeTask("session-to-settle", text["TaskSettle"], $"/sessions/{id}/costs", null))];
    }
}
