using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;

namespace ClusterNet.Clusters.People;

/// <summary>
/// Who holds an office, such as a cluster's coordinators: named to everybody signed in, so that a firm knows to whom it applies. Their pages are
/// linked for those who may see them.
/// </summary>
internal sealed class Offices(Database database, IAccounts accounts, Viewers viewers)
{
    private const string Sql = $"select p.person, p.given_name, p.family_name, {Viewer.SeesPerson} from clusters.people p where p.person = any($5) and p.family_name is not null";

    public async Task<IReadOnlyList<(Id<Person> Person, string Name, bool Linked)>> Of(IReadOnlyList<Id<Person>> holders, Caller caller, CancellationToken ct)
    {
        var viewer = await viewers.Of(caller, ct);
        var known = (await database.Query(
            ClustersModule.Name, Statement.Of(Sql, [.. viewer.Values, holders.Select(h => h.Value).ToArray()]),
            r => (Person: new Id<Person>(r.GetGuid(0)), Name: $"{r.GetString(1)} {r.GetString(2)}".Trim(), Linked: r.GetBoolean(3)), ct))
            .ToDictionary(k => k.Person);
        // Who works in no firm and has told nothing is called what the account says.
        var cards = await accounts.Cards([.. holders.Where(h => !known.ContainsKey(h))], ct);
        return
        [
            .. holders.Distinct().Select(h => known.TryGetValue(h, out var k) ? k : (Person: h, Name: cards.GetValueOrDefault(h)?.Name.Or("") ?? "", Linked: false))
                .Where(h => h.Name.Length > 0).OrderBy(h => h.Name, StringComparer.CurrentCulture),
        ];
    }
}
