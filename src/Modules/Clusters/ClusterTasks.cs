using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.People;
using ClusterNet.Clusters.Resources;
using ClusterNet.EventStore;
using Microsoft.Extensions.Localization;

namespace ClusterNet.Clusters;

/// <summary>What waits for coordinators, for managers, and for whoever has told nothing of themselves yet.</summary>
internal sealed class ClusterTasks(
    Database database, IAccounts accounts, Streams<PersonProfile, PersonProfileEvent> profiles, IStringLocalizer<Texts> text) : IHomeTasks
{
    private const int MostPeople = 1_000;

    public async Task<IReadOnlyList<HomeTask>> Of(Caller caller, CancellationToken ct)
    {
        var clusters = caller.ScopesOf(ScopeKind.Cluster, Role.Coordinator);
        var firms = caller.ScopesOf(ScopeKind.Firm, Role.Manager);
        List<HomeTask> tasks = [];
        if (clusters.Count > 0) tasks.AddRange(await Applications(clusters, ct));
        if (firms.Count > 0) tasks.AddRange([.. await Figures(firms, ct), .. await SignIns(firms, ct)]);
        if (caller.Roles.Any(r => r.Scope.Kind == ScopeKind.Firm) && await HasToldNothing(caller.Person, ct))
            tasks.Add(new("profile-empty", text["TaskProfile"], "/account/profile"));
        return tasks;
    }

    private async Task<IEnumerable<HomeTask>> Applications(IReadOnlyList<Guid> clusters, CancellationToken ct)
    {
        var waiting = await Query(
            "select c.id, c.name, count(*) from clusters.memberships m join clusters.clusters c on c.id = m.cluster " +
            "where m.cluster = any($1) and m.state = 'applied' group by c.id, c.name order by c.name, c.id", clusters, ct);
        return waiting.Select(w => new HomeTask(
            "applications-to-decide", Counted("TaskApplications", w.Name, w.Count), $"/clusters/{w.Id}#applications"));
    }

    private async Task<IEnumerable<HomeTask>> Figures(IReadOnlyList<Guid> firms, CancellationToken ct)
    {
        var without = await Query(
            "select id, name, 1::bigint from clusters.firms where id = any($1) and head_count is null order by name, id", firms, ct);
        return without.Select(f => new HomeTask("figures-missing", text["TaskFigures", f.Name], $"/firms/{f.Id}#figures"));
    }

    private async Task<IEnumerable<HomeTask>> SignIns(IReadOnlyList<Guid> firms, CancellationToken ct)
    {
        var employed = await database.Query(
            ClustersModule.Name,
            Statement.Of(
                "select w.firm, f.name, w.person from clusters.employments w join clusters.firms f on f.id = w.firm " +
                $"where w.firm = any($1) and w.active order by w.firm limit {MostPeople}", [firms.ToArray()]),
            r => (Firm: r.GetGuid(0), Name: r.GetString(1), Person: new Id<Person>(r.GetGuid(2))), ct);
        var cards = await accounts.Cards([.. employed.Select(e => e.Person)], ct);
        return employed.Where(e => cards.TryGetValue(e.Person, out var card) && !card.CanSignIn).GroupBy(e => (e.Firm, e.Name)).Select(
            g => new HomeTask("people-without-sign-in", Counted("TaskSignIn", g.Key.Name, g.Count()), $"/firms/{g.Key.Firm}/people"));
    }

    private async Task<bool> HasToldNothing(Id<Person> person, CancellationToken ct) =>
        (await profiles.Load(PersonProfile.IdOf(person), ct)).State is not PersonProfile.Registered r || r.Content == ProfileContent.Empty;

    private string Counted(string key, string name, long count) => count == 1 ? text[key + "One", name] : text[key + "Many", name, count];

    private Task<List<(Guid Id, string Name, long Count)>> Query(string sql, IReadOnlyList<Guid> ids, CancellationToken ct) =>
        database.Query(ClustersModule.Name, Statement.Of(sql, [ids.ToArray()]), r => (r.GetGuid(0), r.GetString(1), r.GetInt64(2)), ct);
}
