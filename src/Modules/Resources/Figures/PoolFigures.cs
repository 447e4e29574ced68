using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Resources.Accounts;
using ClusterNet.Resources.Pool;
using ClusterNet.Resources.Rules;
using ClusterNet.Resources.Sessions;

namespace ClusterNet.Resources.Figures;

/// <summary>How much of the hours in which a resource was open it was booked; units count each for itself.</summary>
/// <param name="Months">From January to December.</param>
internal sealed record ResourceUse(Id<Resource> Id, Id<Firm> Firm, ResourceKind Kind, Personal<string> Name, IReadOnlyList<MonthUse> Months, long BookedMinutes, long OpenMinutes, int? PerCent);

internal sealed record MonthUse(long BookedMinutes, long OpenMinutes, int? PerCent);

/// <summary>Who gives and who takes, for all member firms to see: the value of what a firm's resources gave to sessions, and of its seats in them.</summary>
/// <param name="CostCents">What the firm bears of the sessions that are over; null for those whom it is no business of.</param>
/// <param name="PerHourCents">That for an hour that one of its people learns.</param>
internal sealed record FirmBalance(Id<Firm> Firm, string? Name, long GivenCents, long TakenCents, long BalanceCents, long? LearningMinutes, long? CostCents, long? PerHourCents);

/// <summary>What learning cost in sessions that are over: an hour of one seat is an hour of learning.</summary>
/// <param name="PooledCents">Of all sessions together, as they were settled; by the value of what they used where they were not.</param>
/// <param name="AloneCents">As it would have been had every firm with seats run the session for itself.</param>
/// <param name="OutsidePerHourCents">What an hour costs elsewhere, as far as somebody said it.</param>
/// <param name="SavedCents">Against the cheaper of the two.</param>
internal sealed record LearningCosts(
    int Sessions, int Settled, long LearningMinutes, long PooledCents, long AloneCents, long? PooledPerHourCents, long? AlonePerHourCents, long? OutsidePerHourCents, long? SavedCents);

/// <summary>From asking for seats to having them, of the requests that had to wait.</summary>
/// <param name="AtOnce">Requests that got their seats at once.</param>
/// <param name="Seated">Those that waited and got them; half of them within <paramref name="MedianMinutes"/>, nine in ten within <paramref name="NinetiethMinutes"/>.</param>
/// <param name="Waiting">They wait still.</param>
/// <param name="Never">They left the list, or the session began or was cancelled, before.</param>
internal sealed record WaitFigures(int AtOnce, int Seated, long? MedianMinutes, long? NinetiethMinutes, int Waiting, int Never);

internal sealed record SeatFigures(int Sessions, int Cancelled, int Offered, int Held, int Free, int? PerCent);

/// <summary>The figures of a pool in a year: of all sessions that begin in it, coming ones too, unless it is said otherwise.</summary>
internal sealed record PoolFigures(int Year, IReadOnlyList<ResourceUse> Resources, IReadOnlyList<FirmBalance> Firms, LearningCosts Costs, WaitFigures Waits, SeatFigures Seats);

/// <summary>What figures are made of.</summary>
/// <param name="Pool">Withdrawn resources too.</param>
/// <param name="Entries">Those that settle one of the sessions and were not taken back, by session.</param>
internal sealed record FigureFacts(
    int Year, DateTimeOffset Now, IReadOnlyList<PoolRow> Pool, IReadOnlyList<SessionRow> Sessions, IReadOnlyDictionary<Guid, EntryRow> Entries, IReadOnlyList<SeatWaitRow> Waits);

internal static class FigureMaker
{
    private const int MonthsOfYear = 12;

    public static IReadOnlyList<ResourceUse> Use(FigureFacts facts)
    {
        var booked = Booked(facts).SelectMany(s => s.Uses.Select(u => (u.Resource, Units: u.Units.Count, Slot: new Slot(s.StartsAt, s.EndsAt)))).ToLookup(u => u.Resource);
        return [.. facts.Pool.Where(r => r.Kind.IsBookable()).Select(r => UseOf(r, facts.Year, [.. booked[r.Id].Select(b => (b.Units, b.Slot))])).Where(u => u.OpenMinutes + u.BookedMinutes > 0)];
    }

    private static ResourceUse UseOf(PoolRow row, int year, IReadOnlyList<(int Units, Slot Slot)> booked)
    {
        var there = new Slot(row.ContributedAt, row.WithdrawnAt ?? DateTimeOffset.MaxValue);
        var months = new List<MonthUse>();
        for (var month = 1; month <= MonthsOfYear; month++)
        {
            var first = new DateOnly(year, month, 1);
            var whole = row.Availability.Days(first, first.AddMonths(1).AddDays(-1));
            var within = Common(whole, there);
            var open = within is { } slot ? Minutes(row.Availability.OpenTime(slot)) * row.Units : 0;
            var used = booked.Sum(b => Common(whole, b.Slot) is { } part ? Minutes(part.End - part.Start) * b.Units : 0);
            months.Add(new(used, open, PerCent(used, open)));
        }

        var (sum, all) = (months.Sum(m => m.BookedMinutes), months.Sum(m => m.OpenMinutes));
        return new(row.Id, row.Firm, row.Kind, row.Name, months, sum, all, PerCent(sum, all));
    }

    /// <summary>What each firm's resources gave, and what its seats took; both add up to the same.</summary>
    public static (IReadOnlyDictionary<Id<Firm>, long> Given, IReadOnlyDictionary<Id<Firm>, long> Taken) Sharing(FigureFacts facts)
    {
        var (pool, booked, given) = (facts.Pool.ToDictionary(r => r.Id), Booked(facts).ToList(), new Dictionary<Id<Firm>, long>());
        foreach (var (firm, cents) in booked.SelectMany(s => Worth(s, pool))) given[firm] = given.GetValueOrDefault(firm) + cents;
        return (given, Entitlements.Used(booked, pool));
    }

    /// <summary>What each firm bears of the sessions that are over, and how long its people learnt in them.</summary>
    public static IReadOnlyDictionary<Id<Firm>, (long Cents, long Minutes)> Borne(FigureFacts facts)
    {
        var borne = new Dictionary<Id<Firm>, (long Cents, long Minutes)>();
        foreach (var cost in Costs(facts))
        {
            foreach (var (firm, cents) in cost.Shares) borne[firm] = borne.GetValueOrDefault(firm) is var so ? (so.Cents + cents, so.Minutes) : default;
            foreach (var seats in cost.Session.Reservations.Where(r => r.Held))
                borne[seats.Firm] = borne.GetValueOrDefault(seats.Firm) is var so ? (so.Cents, so.Minutes + (seats.Count * LengthOf(cost.Session))) : default;
        }

        return borne;
    }

    /// <param name="outside">What an hour costs elsewhere; null where nobody said it.</param>
    public static LearningCosts Learning(FigureFacts facts, long? outside)
    {
        var costs = Costs(facts).ToList();
        var minutes = costs.Sum(c => c.Session.Reservations.Where(r => r.Held).Sum(r => r.Count) * LengthOf(c.Session));
        var (pooled, alone) = (costs.Sum(c => c.Cents), costs.Sum(c => c.Cents * Math.Max(1, c.Session.Reservations.Where(r => r.Held).Select(r => r.Firm).Distinct().Count())));
        var elsewhere = outside is { } price ? (long)Math.Round(price * minutes / 60m, MidpointRounding.AwayFromZero) : alone;
        return new(
            costs.Count, costs.Count(c => facts.Entries.ContainsKey(c.Session.Id.Value)), minutes, pooled, alone, PerHour(pooled, minutes), PerHour(alone, minutes), outside,
            minutes == 0 ? null : Math.Min(alone, elsewhere) - pooled);
    }

    public static WaitFigures Waiting(FigureFacts facts)
    {
        var sessions = facts.Sessions.ToDictionary(s => s.Id);
        var waited = facts.Waits.Where(w => w.Waited).ToList();
        var times = waited.Where(w => w.SeatAt is not null).Select(w => Minutes((w.SeatAt ?? w.AskedAt) - w.AskedAt)).Order().ToList();
        var open = waited.Count(w => w is { SeatAt: null, LeftAt: null } && sessions.TryGetValue(w.Session, out var s) && s.Standing == SessionStanding.Booked && s.StartsAt > facts.Now);
        return new(facts.Waits.Count(w => !w.Waited), times.Count, Rank(times, 50), Rank(times, 90), open, waited.Count - times.Count - open);
    }

    public static SeatFigures Seats(FigureFacts facts)
    {
        var booked = Booked(facts).ToList();
        var (offered, free) = (booked.Sum(s => s.SeatCount), booked.Sum(s => Math.Max(0, s.SeatsFree)));
        var held = booked.Sum(s => s.Reservations.Where(r => r.Held).Sum(r => r.Count));
        return new(booked.Count, facts.Sessions.Count(s => s.Standing == SessionStanding.Cancelled), offered, held, free, PerCent(held, offered));
    }

    private sealed record Cost(SessionRow Session, long Cents, IReadOnlyList<(Id<Firm> Firm, long Cents)> Shares);

    private static IEnumerable<Cost> Costs(FigureFacts facts)
    {
        var pool = facts.Pool.ToDictionary(r => r.Id);
        foreach (var session in Booked(facts).Where(s => s.EndsAt <= facts.Now))
        {
            if (facts.Entries.TryGetValue(session.Id.Value, out var entry))
            {
                var debits = entry.Lines.Where(l => l.Cents > 0).ToList();
                yield return new(session, debits.Sum(l => l.Cents), [.. debits.Where(l => l.Account.FirmId is not null).Select(l => (l.Account.FirmId ?? default, l.Cents))]);
                continue;
            }

            var (value, weights) = (Worth(session, pool).Sum(w => w.Cents), Settlements.Weights(session).OrderBy(w => w.Key).ToList());
            yield return new(session, value, [.. weights.Zip(Split.ByWeight(value, [.. weights.Select(w => w.Value)]), (w, cents) => (w.Key, cents))]);
        }
    }

    private static IEnumerable<SessionRow> Booked(FigureFacts facts) => facts.Sessions.Where(s => s.Standing == SessionStanding.Booked);

    private static IEnumerable<(Id<Firm> Firm, long Cents)> Worth(SessionRow session, Dictionary<Id<Resource>, PoolRow> pool)
    {
        var slot = new Slot(session.StartsAt, session.EndsAt);
        return session.Uses.Where(u => pool.ContainsKey(u.Resource)).Select(u => pool[u.Resource] is var row
            ? (row.Firm, SessionCosts.Worth(row.HourlyCents, u.Units.Count, row.Availability.OpenTime(slot))) : default);
    }

    private static long LengthOf(SessionRow session) => Minutes(session.EndsAt - session.StartsAt);

    private static long Minutes(TimeSpan time) => (long)time.TotalMinutes;

    private static Slot? Common(Slot one, Slot other) => (one.Start > other.Start ? one.Start : other.Start, one.End < other.End ? one.End : other.End) is var (start, end) && start < end ? new(start, end) : null;

    private static int? PerCent(long part, long whole) => whole == 0 ? null : (int)Math.Round(100m * part / whole, MidpointRounding.AwayFromZero);

    internal static long? PerHour(long cents, long minutes) => minutes == 0 ? null : (long)Math.Round(60m * cents / minutes, MidpointRounding.AwayFromZero);

    /// <summary>The least value that so many per cent do not exceed (nearest rank).</summary>
    private static long? Rank(List<long> ordered, int perCent) => ordered.Count == 0 ? null : ordered[(((ordered.Count * perCent) + 99) / 100) - 1];
}
