using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Projections;
using ClusterNet.Resources.Accounts;
using ClusterNet.Resources.Pool;

namespace ClusterNet.Resources.Figures;

/// <summary>A pool's figures of a year, as somebody of its cluster may see them.</summary>
internal sealed class FigureDesk(Database database, IFirmDirectory firms, Standing standing, TimeProvider clock)
{
    /// <param name="outside">What an hour of training costs elsewhere, in cents.</param>
    public async Task<PoolFigures> Of(Id<Cluster> cluster, int year, long? outside, Caller caller, CancellationToken ct)
    {
        var facts = await Facts(cluster, year, ct);
        var ((given, taken), borne) = (FigureMaker.Sharing(facts), FigureMaker.Borne(facts));
        var members = (await firms.AdmittedTo(cluster, ct)).Select(f => f.Firm).Union(given.Keys).Union(taken.Keys).ToList();
        var names = await standing.NamesOf(members, ct);
        return new(
            year, FigureMaker.Use(facts), [.. members.Select(BalanceOf).OrderByDescending(b => b.BalanceCents).ThenBy(b => b.Name, StringComparer.CurrentCulture)],
            FigureMaker.Learning(facts, outside), FigureMaker.Waiting(facts), FigureMaker.Seats(facts));

        // What learning costs a firm is its own business and the coordinator's.
        FirmBalance BalanceOf(Id<Firm> firm)
        {
            var (gave, took) = (given.GetValueOrDefault(firm), taken.GetValueOrDefault(firm));
            (long Cents, long Minutes)? own = Standing.IsFor(caller, cluster, firm) ? borne.GetValueOrDefault(firm) : null;
            return new(firm, names.GetValueOrDefault(firm), gave, took, gave - took, own?.Minutes, own?.Cents, own is { } so ? FigureMaker.PerHour(so.Cents, so.Minutes) : null);
        }
    }

    private async Task<FigureFacts> Facts(Id<Cluster> cluster, int year, CancellationToken ct)
    {
        var (from, until) = (new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(year + 1, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var pool = await Query(Pools.Table, "where cluster = $1 order by lower(name), id", ct, cluster.Value);
        var sessions = await Query(Sessions.Sessions.Table, "where cluster = $1 and starts_at >= $2 and starts_at < $3 order by starts_at, id", ct, cluster.Value, from, until);
        var ids = sessions.Select(s => s.Id.Value).ToArray();
        var entries = await Query(Entries.Table, "where source = any($1)", ct, ids);
        var reversed = entries.Select(e => e.Reverses).OfType<Guid>().ToHashSet();
        var standing = entries.Where(e => e.Kind == EntryKind.Session && e.Source is not null && !reversed.Contains(e.Id.Value)).DistinctBy(e => e.Source).ToDictionary(e => e.Source ?? default);
        return new(year, clock.GetUtcNow(), pool, sessions, standing, await Query(SeatWaits.Table, "where session = any($1)", ct, ids));
    }

    private Task<List<TRow>> Query<TRow>(Table<TRow> table, string where, CancellationToken ct, params object[] values)
        where TRow : class => database.Query(ResourcesModule.Name, Statement.Of(table.Select(where), values), table.Read, ct);
}
