using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.Clusters.Firms;
using ClusterNet.Clusters.Memberships;
using ClusterNet.Csv;
using ClusterNet.EventStore;
using ClusterNet.Projections;

namespace ClusterNet.Clusters.Imports;

/// <summary>What imports of firms work with.</summary>
internal sealed class FirmImports(
    Streams<FirmProfile, FirmProfileEvent> firms, Streams<Membership, MembershipEvent> memberships, FirmQueries queries, Database database,
    TimeProvider clock)
{
    public Streams<FirmProfile, FirmProfileEvent> Firms => firms;

    public Streams<Membership, MembershipEvent> Memberships => memberships;

    public TimeProvider Clock => clock;

    /// <summary>The firms that are registered under these keys, each with the state of its membership in the cluster.</summary>
    public async Task<Dictionary<string, (Id<Firm> Firm, MembershipState? State)>> Find(
        IReadOnlyCollection<string> keys, Id<Cluster> cluster, CancellationToken ct)
    {
        var found = await queries.ByKeys(keys, ct);
        var states = await database.Query(
            ClustersModule.Name,
            Statement.Of(
                "select firm, state from clusters.memberships where cluster = $1 and firm = any($2)", cluster.Value,
                found.Values.Select(f => f.Value).ToArray()),
            r => (Firm: new Id<Firm>(r.GetGuid(0)), State: WireNames.Parse<MembershipState>(r.GetString(1))), ct);
        var byFirm = states.ToDictionary(s => s.Firm, s => (MembershipState?)s.State);
        return found.ToDictionary(f => f.Key, f => (f.Value, byFirm.GetValueOrDefault(f.Value)));
    }
}

/// <summary>Takes a cluster's list of member firms over: each is registered and admitted in one transaction.</summary>
internal sealed class FirmImport(FirmImports imports, Id<Cluster> cluster, Id<Person> by, CommandMetadata metadata, bool dryRun) : ICsvImport
{
    private const int Attempts = 5;
    private const string Reason = "Taken over from the cluster's list of members";
    private readonly HashSet<string> _taken = [];

    public CsvLayout Layout => FirmLine.Layout;

    public async Task Take(IReadOnlyList<CsvRow> rows, ImportTally tally, CancellationToken ct)
    {
        var today = DateOnly.FromDateTime(imports.Clock.GetUtcNow().UtcDateTime);
        var lines = rows.Select(row => FirmLine.Of(row, today)).ToList();
        var known = await imports.Find([.. lines.Where((_, i) => rows[i].IsSound).Select(l => l.Firm.Key)], cluster, ct);
        for (var i = 0; i < rows.Count; i++)
        {
            if (!rows[i].IsSound) tally.Reject(rows[i]);
            else if (_taken.Contains(lines[i].Firm.Key)) tally.FindAlreadyThere();
            else await Take(rows[i], lines[i], known, today, tally, ct);
        }
    }

    private async Task Take(
        CsvRow row, FirmLine line, Dictionary<string, (Id<Firm> Firm, MembershipState? State)> known, DateOnly today, ImportTally tally,
        CancellationToken ct)
    {
        var key = line.Firm.Key;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            switch (known.TryGetValue(key, out var found) ? found : ((Id<Firm> Firm, MembershipState? State)?)null)
            {
                case { State: MembershipState.Admitted }: tally.FindAlreadyThere(); break;
                case { State: null }: Reject(row, tally, Elsewhere); return;
                case { State: not MembershipState.Applied }: Reject(row, tally, Over); return;
                case var there when dryRun || await Write(there?.Firm, line, today, ct): tally.Accept(); break;
                default: // Somebody else was faster: what they left is looked at afresh.
                    foreach (var (again, now) in await imports.Find([key], cluster, ct)) known[again] = now;
                    continue;
            }

            _taken.Add(key);
            return;
        }

        throw new TimeoutException($"The firm of line {row.Line} met another writer {Attempts} times.");
    }

    /// <returns>False when another writer got there first.</returns>
    private async Task<bool> Write(Id<Firm>? applied, FirmLine line, DateOnly today, CancellationToken ct)
    {
        var (firm, now) = (applied ?? Id<Firm>.New(imports.Clock), imports.Clock.GetUtcNow());
        var membership = Membership.IdOf(cluster, firm);
        var enrol = new EnrolFirm(cluster, firm, Reason, line.JoinedOn ?? today, by, now);
        var outcome = applied is not null
            ? await imports.Memberships.Execute(membership, enrol, new(metadata), ct)
            : await imports.Firms.Execute(
                firm.Value, new RegisterFirm(line.Firm, line.Figures, null, by, now),
                new(metadata) { Also = _ => Task.FromResult<IReadOnlyList<Prepared>>([imports.Memberships.PrepareNew(membership, enrol)]) },
                ct);
        return outcome is Outcome.Written { SeqId: not null };
    }

    private static void Reject(CsvRow row, ImportTally tally, (string Code, string Reason, string Remedy) why)
    {
        row.Refuse("registration_no", why.Code, why.Reason, why.Remedy);
        tally.Reject(row);
    }

    // Who admits a firm sees its figures and people. A firm that others registered has to ask for that itself.
    private static readonly (string, string, string) Elsewhere = (
        "firm-known-elsewhere", "This firm is registered here already, but did not apply to this cluster.",
        "Ask the firm's manager to apply to the cluster, then admit it or send the file again.");

    private static readonly (string, string, string) Over = (
        "membership-over", "The firm was rejected, suspended, or has left the cluster.",
        "End the suspension or let the firm apply again; or take the row out of the file.");
}
