using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.Clusters.People;
using ClusterNet.Csv;
using ClusterNet.EventStore;
using ClusterNet.Privacy;

namespace ClusterNet.Clusters.Imports;

/// <summary>What imports of people work with.</summary>
internal sealed class PeopleImports(
    IFirmDirectory directory, IAccounts accounts, Streams<Employment, EmploymentEvent> employments, Staffing staffing, KeyRing keys,
    Database database, TimeProvider clock)
{
    public IAccounts Accounts => accounts;

    public Streams<Employment, EmploymentEvent> Employments => employments;

    public Staffing Staffing => staffing;

    public TimeProvider Clock => clock;

    public async Task<FirmNames> FirmsOf(Id<Cluster> cluster, CancellationToken ct) => new(await directory.AdmittedTo(cluster, ct));

    /// <summary>Those of the employments that there are, and whether they last.</summary>
    public async Task<Dictionary<Guid, bool>> Find(IReadOnlyCollection<Guid> ids, CancellationToken ct) =>
        (await database.Query(
            ClustersModule.Name, Statement.Of("select id, active from clusters.employments where id = any($1)", [ids.ToArray()]),
            r => (Id: r.GetGuid(0), Active: r.GetBoolean(1)), ct)).ToDictionary(e => e.Id, e => e.Active);

    /// <summary>Makes the keys of new persons, all in one go.</summary>
    public async Task MakeKeys(IEnumerable<Id<Person>> persons, CancellationToken ct) =>
        await keys.FindOrMake(
            persons.SelectMany(p => new[] { new KeyName(p.Value, KeyClass.Identity), new KeyName(p.Value, KeyClass.Contact) }).ToHashSet(),
            ct);
}

/// <summary>
/// Takes a list of the people in a cluster's firms over: account, profile, employment and roles of each in one transaction.
/// </summary>
internal sealed class PeopleImport(PeopleImports imports, FirmNames firms, Id<Person> by, CommandMetadata metadata, bool dryRun) : ICsvImport
{
    private const int Attempts = 5;

    /// <summary>Who is known from before, and who was added by this file.</summary>
    private readonly Dictionary<string, (Id<Person> Person, bool IsNew)> _people = [];

    private readonly HashSet<Guid> _taken = [];

    public CsvLayout Layout => PersonLine.Layout;

    public async Task Take(IReadOnlyList<CsvRow> rows, ImportTally tally, CancellationToken ct)
    {
        var lines = rows.Select(row => PersonLine.Of(row, firms)).ToList();
        var sound = lines.Where((_, i) => rows[i].IsSound).ToList();
        await Meet([.. sound.Select(l => l.Email).Distinct()], ct);
        var known = await imports.Find([.. sound.Select(EmploymentOf)], ct);
        for (var i = 0; i < rows.Count; i++)
        {
            if (!rows[i].IsSound) tally.Reject(rows[i]);
            else await Take(rows[i], lines[i], known, tally, ct);
        }
    }

    /// <summary>Finds out who of these is known; the others get their ids, and their keys when anything will be written.</summary>
    private async Task Meet(List<string> emails, CancellationToken ct)
    {
        emails.RemoveAll(_people.ContainsKey);
        var found = await imports.Accounts.FindByEmails(emails, ct);
        foreach (var email in emails)
            _people[email] = found.TryGetValue(email, out var person) ? (person, false) : (Id<Person>.New(imports.Clock), true);
        if (!dryRun) await imports.MakeKeys(emails.Select(e => _people[e]).Where(p => p.IsNew).Select(p => p.Person), ct);
    }

    private Guid EmploymentOf(PersonLine line) => Employment.IdOf(_people[line.Email].Person, line.Firm);

    private async Task Take(CsvRow row, PersonLine line, Dictionary<Guid, bool> known, ImportTally tally, CancellationToken ct)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var id = EmploymentOf(line);
            if (_people[line.Email].Person == by)
                Reject(row, tally, Oneself);
            else if (_taken.Contains(id) || known.GetValueOrDefault(id))
                tally.FindAlreadyThere();
            else if (known.ContainsKey(id))
                Reject(row, tally, Left);
            else if (dryRun || await Write(line, ct))
                Accept(line, tally);
            else
            {
                await LookAfresh(line, known, ct);
                continue;
            }

            return;
        }

        throw new TimeoutException($"The person of line {row.Line} met another writer {Attempts} times.");
    }

    private void Accept(PersonLine line, ImportTally tally)
    {
        _taken.Add(EmploymentOf(line));
        _people[line.Email] = (_people[line.Email].Person, false);
        tally.Accept();
    }

    /// <returns>False when another writer got there first.</returns>
    private async Task<bool> Write(PersonLine line, CancellationToken ct)
    {
        var ((person, isNew), now) = (_people[line.Email], imports.Clock.GetUtcNow());
        var hire = new Hire(person, isNew, line.Email, line.GivenName, line.FamilyName, line.Language, by);
        var begin = new BeginEmployment(person, line.Firm, line.Position, line.JobTitle, by, false, now);
        var execution = new Execution(metadata) { Also = facts => imports.Staffing.PrepareHire(hire, facts, now, ct) };
        var outcome = await imports.Employments.Execute(EmploymentOf(line), begin, execution, ct);
        return outcome is Outcome.Written { SeqId: not null };
    }

    private async Task LookAfresh(PersonLine line, Dictionary<Guid, bool> known, CancellationToken ct)
    {
        if (await imports.Accounts.FindByEmail(line.Email, ct) is { } person) _people[line.Email] = (person, false);
        foreach (var (id, active) in await imports.Find([EmploymentOf(line)], ct)) known[id] = active;
    }

    private static void Reject(CsvRow row, ImportTally tally, (string Code, string Reason, string Remedy) why)
    {
        row.Refuse("email", why.Code, why.Reason, why.Remedy);
        tally.Reject(row);
    }

    private static readonly (string, string, string) Oneself = (
        "own-employment", "This is your own address, and nobody adds themselves to a firm.",
        "Ask the firm's manager or another coordinator to add you.");

    private static readonly (string, string, string) Left = (
        "employment-ended", "This person has left the firm.", "Take the row out of the file; or add the person to the firm again by hand.");
}
