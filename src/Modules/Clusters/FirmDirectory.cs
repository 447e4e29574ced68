using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.Clusters.Firms;
using ClusterNet.Clusters.People;
using ClusterNet.EventStore;
using Npgsql;

namespace ClusterNet.Clusters;

/// <summary>The port that modules above use.</summary>
internal sealed class FirmDirectory(Database database, FirmQueries firms, IAccounts accounts) : IFirmDirectory
{
    public async Task<IReadOnlyList<EmploymentCard>> EmploymentsOf(Id<Person> person, CancellationToken ct)
    {
        var rows = await Query(EmploymentRows.Table.Select("where person = $1 and active order by firm"), EmploymentRows.Table.Read, ct, person.Value);
        return [.. rows.Select(r => new EmploymentCard(r.Person, r.Firm, r.Position))];
    }

    public async Task<IReadOnlyDictionary<Id<Person>, IReadOnlyList<Id<Firm>>>> FirmsOf(IReadOnlyCollection<Id<Person>> persons, CancellationToken ct)
    {
        var rows = await Query(
            "select person, firm from clusters.employments where person = any($1) and active order by person, firm",
            r => (Person: new Id<Person>(r.GetGuid(0)), Firm: new Id<Firm>(r.GetGuid(1))), ct, Values(persons));
        return rows.GroupBy(r => r.Person).ToDictionary(g => g.Key, IReadOnlyList<Id<Firm>> (g) => [.. g.Select(r => r.Firm)]);
    }

    public async Task<IReadOnlyList<EmploymentCard>> EmployedBy(IReadOnlyCollection<Id<Firm>> ids, CancellationToken ct)
    {
        var rows = await Query(EmploymentRows.Table.Select("where firm = any($1) and active order by firm, person"), EmploymentRows.Table.Read, ct, Values(ids));
        return [.. rows.Select(r => new EmploymentCard(r.Person, r.Firm, r.Position))];
    }

    public async Task<IReadOnlyDictionary<Id<Firm>, FirmCard>> Cards(IReadOnlyCollection<Id<Firm>> ids, CancellationToken ct) =>
        (await firms.Find(ids, ct)).ToDictionary(f => f.Key, f => f.Value.Card);

    public async Task<bool> HasClusters(CancellationToken ct) => (await Query("select 1 from clusters.clusters limit 1", _ => true, ct)).Count > 0;

    public async Task<bool> ClusterExists(Id<Cluster> cluster, CancellationToken ct) =>
        (await Query("select 1 from clusters.clusters where id = $1", _ => true, ct, cluster.Value)).Count > 0;

    public async Task<string?> ClusterName(Id<Cluster> cluster, CancellationToken ct) =>
        (await Query("select name from clusters.clusters where id = $1", r => r.GetString(0), ct, cluster.Value)).FirstOrDefault();

    public async Task<IReadOnlyList<Id<Cluster>>> ClustersOf(Id<Firm> firm, CancellationToken ct) => await Query(
        "select cluster from clusters.memberships where firm = $1 and state = 'admitted' order by cluster",
        r => new Id<Cluster>(r.GetGuid(0)), ct, firm.Value);

    public async Task<IReadOnlyList<Id<Cluster>>> ClustersOf(Caller caller, CancellationToken ct)
    {
        // An auditor reads what the grant names, recorded, and is no member.
        var own = caller.Roles.Where(r => r.Scope.Kind == ScopeKind.Cluster && r.Role != Role.Auditor).Select(r => new Id<Cluster>(r.Scope.Id));
        var firmIds = caller.Roles.Where(r => r.Scope.Kind == ScopeKind.Firm).Select(r => r.Scope.Id).Distinct().ToArray();
        if (firmIds.Length == 0) return [.. own.Distinct()];
        var through = await Query(
            "select distinct cluster from clusters.memberships where firm = any($1) and state = 'admitted'",
            r => new Id<Cluster>(r.GetGuid(0)), ct, firmIds);
        return [.. own.Concat(through).Distinct()];
    }

    public async Task<IReadOnlyList<FirmCard>> AdmittedTo(Id<Cluster> cluster, CancellationToken ct)
    {
        var rows = await Query(
            FirmRows.Table.Select("where id in (select firm from clusters.memberships where cluster = $1 and state = 'admitted') order by id"),
            FirmRows.Table.Read, ct, cluster.Value);
        return [.. rows.Select(r => r.Card)];
    }

    public async Task<IReadOnlyDictionary<string, Id<Person>>> PeopleByEmail(
        Id<Cluster> cluster, IReadOnlyCollection<string> emails, CancellationToken ct)
    {
        var known = await accounts.FindByEmails(emails, ct);
        var inside = await Query(
            "select distinct e.person from clusters.employments e join clusters.memberships m on m.firm = e.firm and m.state = 'admitted' " +
            "where m.cluster = $1 and e.active and e.person = any($2)",
            r => new Id<Person>(r.GetGuid(0)), ct, cluster.Value, Values([.. known.Values]));
        return known.Where(k => inside.Contains(k.Value)).ToDictionary(k => k.Key, k => k.Value);
    }

    private static Guid[] Values<T>(IReadOnlyCollection<Id<T>> ids) => [.. ids.Select(i => i.Value).Distinct()];

    private Task<List<T>> Query<T>(string sql, Func<NpgsqlDataReader, T> map, CancellationToken ct, params object[] values) =>
        database.Query(ClustersModule.Name, Statement.Of(sql, values), map, ct);
}
