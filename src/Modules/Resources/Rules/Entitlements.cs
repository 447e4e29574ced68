using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Resources.Accounts;
using ClusterNet.Resources.Pool;
using ClusterNet.Resources.Sessions;

namespace ClusterNet.Resources.Rules;

/// <summary>What a firm may use of the pool in a year, and what it uses: for all member firms to see.</summary>
/// <param name="ContributedCents">What it gives in the year: its resources, and money paid in less what was paid out.</param>
/// <param name="EntitledCents">Null while no rule is in force.</param>
/// <param name="UsedCents">Its seats' part of the value of all sessions of the year, coming ones too.</param>
internal sealed record FirmEntitlement(Id<Firm> Firm, string Name, SizeClass? Size, int People, long ContributedCents, Entitlement? Of, long? EntitledCents, long UsedCents)
{
    public long? LeftCents => EntitledCents - UsedCents;
}

/// <param name="PoolCents">What the pool is worth in the year: all that firms give to it.</param>
internal sealed record PoolShares(int Year, long PoolCents, RuleVersion? Rule, IReadOnlyList<FirmEntitlement> Firms);

/// <summary>A firm under another rule.</summary>
/// <param name="NowCents">Under the rule in force; null while there is none.</param>
internal sealed record SimulatedFirm(Id<Firm> Firm, string Name, long UsedCents, long? NowCents, long ThenCents, bool OverNow, bool OverThen);

/// <summary>What each firm of a pool may use, has used, and would have under another rule.</summary>
internal sealed class Entitlements(Database database, IFirmDirectory firms, Streams<PoolRules, PoolRulesEvent> rules, TimeProvider clock)
{
    public async Task<PoolShares> Of(Id<Cluster> cluster, int year, CancellationToken ct) => Shared(year, await RuleOf(cluster, year, ct), await Facts(cluster, year, ct));

    /// <summary>What a firm has in the year of a session; null where no rule is in force.</summary>
    public async Task<Allowance?> For(Id<Firm> firm, SessionRow session, CancellationToken ct)
    {
        if (await RuleOf(session.Cluster, session.StartsAt.Year, ct) is not { } rule) return null;
        var facts = await Facts(session.Cluster, session.StartsAt.Year, ct);
        return Shared(session.StartsAt.Year, rule, facts).Firms.FirstOrDefault(f => f.Firm == firm) is { EntitledCents: { } entitled } mine
            ? new(rule.Rule, entitled, mine.UsedCents, facts.Worth.GetValueOrDefault(session.Id), session.SeatCount, firm == session.Firm) : null;
    }

    private static PoolShares Shared(int year, RuleVersion? rule, YearFacts facts)
    {
        var (members, names, used) = (facts.Members, facts.Names, facts.Used);
        var pool = members.Sum(m => m.ContributedCents);
        var entitled = (rule?.Rule.Of(pool, members) ?? []).ToDictionary(e => e.Firm);
        return new(
            year, pool, rule,
            [
                .. members.Select(m => new FirmEntitlement(
                    m.Firm, names[m.Firm], m.Size, m.People, m.ContributedCents, entitled.GetValueOrDefault(m.Firm), entitled.GetValueOrDefault(m.Firm)?.Cents, used.GetValueOrDefault(m.Firm)))
                    .OrderBy(f => f.Name, StringComparer.CurrentCulture),
            ]);
    }

    /// <summary>A year as it was, under the rule in force and under another one.</summary>
    public static IReadOnlyList<SimulatedFirm> Simulate(PoolShares now, AllocationRule other)
    {
        var then = other.Of(now.PoolCents, [.. now.Firms.Select(f => new Member(f.Firm, f.Size, f.People, f.ContributedCents))]).ToDictionary(e => e.Firm, e => e.Cents);
        return
        [
            .. now.Firms.Select(f => new SimulatedFirm(
                f.Firm, f.Name, f.UsedCents, f.EntitledCents, then.GetValueOrDefault(f.Firm), f.LeftCents < 0, f.UsedCents > then.GetValueOrDefault(f.Firm))),
        ];
    }

    /// <summary>The rule that is in force, or that was when the year ended.</summary>
    private async Task<RuleVersion?> RuleOf(Id<Cluster> cluster, int year, CancellationToken ct)
    {
        var end = new DateTimeOffset(year + 1, 1, 1, 0, 0, 0, TimeSpan.Zero);
        return (await rules.Load(PoolRules.IdOf(cluster), ct)).State.Versions.LastOrDefault(v => v.Since < end);
    }

    /// <param name="Worth">Of each session of the year.</param>
    private sealed record YearFacts(IReadOnlyList<Member> Members, Dictionary<Id<Firm>, string> Names, Dictionary<Id<Firm>, long> Used, Dictionary<Id<Session>, long> Worth);

    private async Task<YearFacts> Facts(Id<Cluster> cluster, int year, CancellationToken ct)
    {
        var cards = await firms.AdmittedTo(cluster, ct);
        var people = (await firms.EmployedBy([.. cards.Select(c => c.Firm)], ct)).GroupBy(e => e.Firm).ToDictionary(f => f.Key, f => f.Select(e => e.Person).Distinct().Count());
        var pool = await database.Query(ResourcesModule.Name, Statement.Of(Pools.Table.Select("where cluster = $1"), cluster.Value), Pools.Table.Read, ct);
        var (from, until) = (new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(year + 1, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var paid = (await database.Query(
            ResourcesModule.Name,
            Statement.Of(
                """
                select l.owner, greatest(-sum(l.cents), 0)::bigint from resources.pool_lines l join resources.pool_entries e on e.id = l.entry
                where l.cluster = $1 and l.kind = 'firm' and e.kind in ('payment-in', 'payment-out') and l.day >= $2 and l.day < $3
                    and not exists (select from resources.pool_entries r where r.reverses = e.id) group by l.owner
                """,
                cluster.Value, new DateOnly(year, 1, 1), new DateOnly(year + 1, 1, 1)),
            r => (Firm: new Id<Firm>(r.GetGuid(0)), Cents: r.GetInt64(1)), ct)).ToDictionary(p => p.Firm, p => p.Cents);
        var given = pool.GroupBy(r => r.Firm).ToDictionary(f => f.Key, f => f.Sum(r => Given(r, new(from, until))));
        var sessions = await database.Query(
            ResourcesModule.Name,
            Statement.Of(Sessions.Sessions.Table.Select("where cluster = $1 and standing = 'booked' and starts_at >= $2 and starts_at < $3"), cluster.Value, from, until),
            Sessions.Sessions.Table.Read, ct);
        var byId = pool.ToDictionary(r => r.Id);
        var worth = sessions.ToDictionary(s => s.Id, s => Worth(s, byId));
        return new(
            [.. cards.Select(c => new Member(c.Firm, c.SizeClass, people.GetValueOrDefault(c.Firm), given.GetValueOrDefault(c.Firm) + paid.GetValueOrDefault(c.Firm)))],
            cards.ToDictionary(c => c.Firm, c => c.Name), Used(sessions, worth, clock.GetUtcNow()), worth);
    }

    /// <summary>
    /// What a resource is worth in a year. One that comes within the year counts whole, for its hours of the year are still to be had; one that is taken back
    /// counts for the whole days that it was there, rounded down to the cent.
    /// </summary>
    private static long Given(PoolRow resource, Slot year)
    {
        var worth = resource.ContributedAt < year.End ? resource.HourlyCents * resource.HoursAYear * Math.Max(resource.Units, 1) : 0;
        if (!(resource.WithdrawnAt < year.End)) return worth;
        var days = (resource.WithdrawnAt.Value - (resource.ContributedAt > year.Start ? resource.ContributedAt : year.Start)).Days;
        return days <= 0 ? 0 : (long)((decimal)worth * days / (year.End - year.Start).Days);
    }

    private static long Worth(SessionRow session, Dictionary<Id<Resource>, PoolRow> pool) => session.Uses.Where(u => pool.ContainsKey(u.Resource)).Sum(u =>
        SessionCosts.Worth(pool[u.Resource].HourlyCents, u.Units.Count, pool[u.Resource].Availability.OpenTime(new(session.StartsAt, session.EndsAt))));

    /// <summary>What firms use of some sessions by the seats that they have in them now, as if all were over.</summary>
    public static IReadOnlyDictionary<Id<Firm>, long> Used(IReadOnlyList<SessionRow> sessions, Dictionary<Id<Resource>, PoolRow> pool) =>
        Used(sessions, sessions.ToDictionary(s => s.Id, s => Worth(s, pool)), DateTimeOffset.MaxValue);

    /// <summary>Each session's value, shared by seats.</summary>
    private static Dictionary<Id<Firm>, long> Used(IReadOnlyList<SessionRow> sessions, Dictionary<Id<Session>, long> worth, DateTimeOffset now)
    {
        var used = new Dictionary<Id<Firm>, long>();
        foreach (var session in sessions)
        {
            var weights = (session.EndsAt > now ? Coming(session) : Settlements.Weights(session)).OrderBy(w => w.Key).ToList();
            foreach (var ((firm, _), part) in weights.Zip(Split.ByWeight(worth[session.Id], [.. weights.Select(w => w.Value)]))) used[firm] = used.GetValueOrDefault(firm) + part;
        }

        return used;
    }

    /// <summary>
    /// Of a session to come, seats that nobody has yet are for whoever called it: so a firm's part does not depend on who reserves after it. What a firm
    /// uses for itself has no seats, and is its own.
    /// </summary>
    private static Dictionary<Id<Firm>, long> Coming(SessionRow session)
    {
        var seats = session.Reservations.Where(r => r.Held).GroupBy(r => r.Firm).ToDictionary(f => f.Key, f => f.Sum(r => (long)r.Count));
        var open = session.SeatCount - seats.Values.Sum();
        if (open > 0 || seats.Count == 0) seats[session.Firm] = seats.GetValueOrDefault(session.Firm) + Math.Max(open, 1);
        return seats;
    }
}
