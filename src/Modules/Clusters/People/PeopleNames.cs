using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Search;

namespace ClusterNet.Clusters.People;

/// <summary>The port that modules above use.</summary>
internal sealed class PeopleNames(Database database, IAccounts accounts, Viewers viewers) : IPeopleNames
{
    private const int ShortestName = 3, MostWords = 100, MostNamed = 100;

    private const string Columns = "select p.person, p.given_name, p.family_name from clusters.people p where p.family_name is not null and p.person = any";

    public async Task<IReadOnlyDictionary<Id<Person>, string>> SeenBy(Caller caller, IReadOnlyCollection<Id<Person>> persons, CancellationToken ct) =>
        persons.Count == 0 ? new Dictionary<Id<Person>, string>() : await Query(
            $"{Columns}($5) and {Viewer.SeesPerson}", [.. (await viewers.Of(caller, ct)).Values, Values(persons)], ct);

    public async Task<IReadOnlyDictionary<Id<Person>, string>> Known(IReadOnlyCollection<Id<Person>> persons, CancellationToken ct)
    {
        if (persons.Count == 0) return new Dictionary<Id<Person>, string>();
        var names = await Query($"{Columns}($1)", [Values(persons)], ct);
        // Who works in no firm and has told nothing is called what the account says.
        foreach (var card in (await accounts.Cards([.. persons.Where(p => !names.ContainsKey(p))], ct)).Values)
            if (card.Name.TryGet(out var name)) names[card.Person] = name;
        return names;
    }

    public async Task<IReadOnlySet<Id<Person>>> ProfilesSeenBy(Caller caller, IReadOnlyCollection<Id<Person>> persons, CancellationToken ct) => persons.Count == 0
        ? new HashSet<Id<Person>>()
        : (await Query($"{Columns}($5) and {Viewer.SeesProfile}", [.. (await viewers.Of(caller, ct)).Values, Values(persons)], ct)).Keys.ToHashSet();

    public async Task<IReadOnlyList<NamedPerson>> NamedIn(Caller caller, string text, CancellationToken ct)
    {
        var words = Folding.ForIndex(text).Split(' ').Where(w => w.Length >= ShortestName).Distinct().Take(MostWords).ToArray();
        if (words.Length == 0) return [];
        var found = await Query(
            $"select p.person, p.given_name, p.family_name from clusters.people p where {PersonRows.NameWords} && $5 and {Viewer.SeesPerson} limit {MostNamed}",
            [.. (await viewers.Of(caller, ct)).Values, words], ct);
        return
        [
            .. found.Where(p => p.Key != caller.Person).Select(p =>
            {
                var (name, forms) = (Folding.Of(p.Value).Split(' '), Folding.ForIndex(p.Value).Split(' '));
                var met = words.Intersect(forms).ToList();
                return new NamedPerson(p.Key, p.Value, name.All(met.Contains), met);
            }).OrderByDescending(p => p.Whole).ThenBy(p => p.Name, StringComparer.CurrentCulture).ThenBy(p => p.Person.Value),
        ];
    }

    private static Guid[] Values(IReadOnlyCollection<Id<Person>> persons) => [.. persons.Select(p => p.Value).Distinct()];

    private async Task<Dictionary<Id<Person>, string>> Query(string sql, object[] values, CancellationToken ct) => (await database.Query(
        ClustersModule.Name, Statement.Of(sql, values), r => (Person: new Id<Person>(r.GetGuid(0)), Name: $"{r.GetString(1)} {r.GetString(2)}".Trim()), ct))
        .ToDictionary(p => p.Person, p => p.Name);
}
