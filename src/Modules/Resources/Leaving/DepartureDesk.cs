using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Resources.Accounts;
using ClusterNet.Resources.Sessions;

namespace ClusterNet.Resources.Leaving;

/// <summary>A firm that left a pool.</summary>
/// <param name="BalanceCents">What stands in its favour above zero: pay it out. Below zero it owes that to the pool.</param>
/// <param name="Sessions">Those to come that it organises: give them to another firm, or cancel them.</param>
internal sealed record DepartedFirm(Id<Firm> Firm, string? Name, DateTimeOffset LeftAt, long BalanceCents, IReadOnlyList<BookedSession> Sessions)
{
    public bool IsSettled => BalanceCents == 0 && Sessions.Count == 0;
}

/// <summary>Looks at what is to be settled with firms that left.</summary>
internal sealed class DepartureDesk(Database database, IFirmDirectory directory, Standing standing, Books books, TimeProvider clock)
{
    /// <summary>Firms that left and did not come back, the latest first.</summary>
    public async Task<IReadOnlyList<DepartedFirm>> Of(Id<Cluster> cluster, CancellationToken ct)
    {
        var rows = await database.Query(
            ResourcesModule.Name, Statement.Of(Departures.Table.Select("where cluster = $1 order by left_at desc, id"), cluster.Value), Departures.Table.Read, ct);
        if (rows.Count == 0) return [];
        var back = (await directory.AdmittedTo(cluster, ct)).Select(f => f.Firm).ToHashSet();
        var gone = rows.Where(r => !back.Contains(r.Firm)).ToList();
        var (names, balances) = (await standing.NamesOf(gone.Select(r => r.Firm), ct), await books.Balances(cluster, ct));
        var sessions = (await database.Query(
            ResourcesModule.Name,
            Statement.Of(
                Sessions.Sessions.Table.Select("where cluster = $1 and firm = any($2) and standing = 'booked' and starts_at > $3 order by starts_at, id"),
                cluster.Value, gone.Select(r => r.Firm.Value).ToArray(), clock.GetUtcNow()),
            Sessions.Sessions.Table.Read, ct)).ToLookup(s => s.Firm);
        return
        [
            .. gone.Select(r => new DepartedFirm(
                r.Firm, names.GetValueOrDefault(r.Firm), r.LeftAt, -balances.GetValueOrDefault(Account.Firm(r.Firm.Value)),
                [.. sessions[r.Firm].Select(s => new BookedSession(s.Id, s.Title, s.StartsAt, s.EndsAt, s.Firm, names.GetValueOrDefault(s.Firm)) { BookedAt = s.BookedAt })])),
        ];
    }
}
