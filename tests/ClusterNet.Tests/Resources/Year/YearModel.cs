using System.Numerics;

namespace ClusterNet.Tests.Resources.Year;

/// <summary>A member firm as the year knows it.</summary>
/// <param name="Weight">In solidarity: 4 of a micro firm, 2 of a small one, 1 of a medium one.</param>
internal sealed record YearFirm(string Id, string Name, int Weight, HttpClient Manager)
{
    public int People { get; set; } = 1;
}

/// <param name="Units">That can be had at the same time.</param>
/// <param name="Places">Of a room; null of all else.</param>
/// <param name="Office">Open on workdays from 8 to 18 on the clocks of Berlin; else always.</param>
internal sealed record YearResource(string Id, string Firm, int Units, int? Places, bool Office, long HourlyCents, int HoursAYear);

internal sealed record YearUse(YearResource Resource, int Units);

internal sealed class YearSeats(string id, string firm, int count, bool held)
{
    public string Id { get; } = id;

    public string Firm { get; } = firm;

    public int Count { get; } = count;

    public bool Held { get; set; } = held;
}

/// <summary>A session as it should be, by rules written down here once more.</summary>
internal sealed class YearSession(string id, string firm, int seatCount, DateTimeOffset start, DateTimeOffset end, IReadOnlyList<YearUse> uses)
{
    public string Id { get; } = id;

    public string Firm { get; } = firm;

    public int SeatCount { get; } = seatCount;

    public DateTimeOffset Start { get; set; } = start;

    public DateTimeOffset End { get; set; } = end;

    public IReadOnlyList<YearUse> Uses { get; } = uses;

    public List<YearSeats> Seats { get; } = [];

    public bool Cancelled { get; set; }

    public bool Settled { get; set; }

    public int Free => SeatCount - Seats.Where(s => s.Held).Sum(s => s.Count);

    /// <summary>Nobody overtakes those who wait.</summary>
    public bool WouldHold(int count) => Free >= count && Seats.TrueForAll(s => s.Held);

    /// <summary>Takes seats back; those who wait move up in their order, as far as what is free reaches.</summary>
    public void GiveBack(YearSeats seats)
    {
        Seats.Remove(seats);
        foreach (var next in Seats.Where(s => !s.Held).ToList())
        {
            if (Free < next.Count) break;
            next.Held = true;
        }
    }

    /// <summary>Seats that each firm held, or the organiser where nobody did.</summary>
    public Dictionary<string, long> Weights() => Seats.Exists(s => s.Held)
        ? Seats.Where(s => s.Held).GroupBy(s => s.Firm).ToDictionary(f => f.Key, f => f.Sum(s => (long)s.Count))
        : new() { [Firm] = 1 };

    /// <summary>Value by the hour, for each unit, to the cent with halves up.</summary>
    public long Worth(YearUse use) => (long)Math.Floor(((decimal)use.Resource.HourlyCents * use.Units * (decimal)(End - Start).TotalMinutes / 60m) + 0.5m);
}

/// <summary>The year's books, and what the pool's rule gives to whom: worked out from what was done, not from what the product says.</summary>
internal sealed class YearModel
{
    private readonly List<(string Month, long Debits)> _entries = [];

    public List<YearFirm> Firms { get; } = [];

    public List<YearResource> Resources { get; } = [];

    public List<YearSession> Sessions { get; } = [];

    /// <summary>In favour of its owner above zero; <c>bank</c> is what is there.</summary>
    public Dictionary<string, long> Accounts { get; } = [];

    /// <summary>What firms paid in, and was not taken back.</summary>
    /// <summary>In less out.</summary>
    public Dictionary<string, long> Paid { get; } = [];

    public string? LastClosed { get; set; }

    public long Balance(string account) => Accounts.GetValueOrDefault(account);

    /// <summary>An entry: what each account gains. The bank gains what the others are owed.</summary>
    public void Enter(DateTimeOffset day, params IEnumerable<(string Account, long Cents)> gains)
    {
        var month = Month(day);
        if (LastClosed is not null && string.CompareOrdinal(month, LastClosed) <= 0) month = Next(LastClosed);
        var debits = 0L;
        foreach (var (account, cents) in gains)
        {
            Accounts[account] = Balance(account) + cents;
            // A debit is what the bank gains, or what somebody else loses.
            if (account == "bank") debits += Math.Max(cents, 0);
            else debits += Math.Max(-cents, 0);
        }

        _entries.Add((month, debits));
    }

    public (int Entries, long Debits) Totals(string month) => (_entries.Count(e => e.Month == month), _entries.Where(e => e.Month == month).Sum(e => e.Debits));

    public static string Month(DateTimeOffset day) => day.UtcDateTime.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture);

    public static string Next(string month) =>
        Month(DateTimeOffset.ParseExact(month + "-01Z", "yyyy-MM-ddK", System.Globalization.CultureInfo.InvariantCulture).AddMonths(1));

    /// <summary>Whether every resource has the units free for all of that time, counted at each instant where something begins.</summary>
    public bool HasFree(IReadOnlyList<YearUse> uses, DateTimeOffset start, DateTimeOffset end, YearSession? but = null) => uses.All(use => Busiest(use.Resource, start, end, but) + use.Units <= use.Resource.Units);

    /// <summary>The most units of a resource that are taken at one instant of a time.</summary>
    public int Busiest(YearResource resource, DateTimeOffset start, DateTimeOffset end, YearSession? but = null)
    {
        var lying = Sessions.Where(s => !s.Cancelled && s != but && s.Start < end && start < s.End)
            .SelectMany(s => s.Uses.Where(u => u.Resource == resource).Select(u => (s.Start, s.End, u.Units))).ToList();
        return lying.Select(l => l.Start < start ? start : l.Start).Distinct().Select(at => lying.Where(l => l.Start <= at && at < l.End).Sum(l => l.Units)).DefaultIfEmpty(0).Max();
    }

    /// <summary>Open on the clocks of Berlin, summer time and all.</summary>
    public static bool IsOpen(YearResource resource, DateTimeOffset start, DateTimeOffset end)
    {
        if (!resource.Office) return true;
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        var (from, until) = (TimeZoneInfo.ConvertTime(start, zone), TimeZoneInfo.ConvertTime(end, zone));
        return from.Date == until.Date && from.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && from.TimeOfDay >= TimeSpan.FromHours(8) && until.TimeOfDay <= TimeSpan.FromHours(18);
    }

    /// <summary>Largest remainders, by exact fractions: parts in the order given, cents left over to the largest fractions, the earlier of two.</summary>
    public static long[] Divide(long cents, IReadOnlyList<long> weights)
    {
        var total = weights.Aggregate(BigInteger.Zero, (sum, w) => sum + w);
        var exact = weights.Select(w => BigInteger.DivRem(new BigInteger(cents) * w, total, out var over) is var whole ? (Whole: (long)whole, Over: over) : default).ToArray();
        var parts = exact.Select(e => e.Whole).ToArray();
        foreach (var index in Enumerable.Range(0, parts.Length).OrderByDescending(i => exact[i].Over).ThenBy(i => i).Take((int)(cents - parts.Sum()))) parts[index]++;
        return parts;
    }

    /// <summary>What a session's firms bear of a sum: who had more seats first, of two the one with the lower id.</summary>
    public static IEnumerable<(string Firm, long Cents)> Shares(YearSession session, long cents)
    {
        var firms = session.Weights().OrderByDescending(w => w.Value).ThenBy(w => w.Key, StringComparer.Ordinal).ToList();
        return firms.Zip(Divide(cents, [.. firms.Select(f => f.Value)]), (f, part) => (f.Key, part));
    }

    /// <summary>What each firm gave, may use under a rule in per cent, and used, in cents.</summary>
    public Dictionary<string, (long Contributed, long Entitled, long Used)> Entitlements(int byContribution, int byHead, int solidarity)
    {
        var firms = Firms.OrderBy(f => f.Id, StringComparer.Ordinal).ToList();
        var given = firms.ConvertAll(f => Resources.Where(r => r.Firm == f.Id).Sum(r => r.HourlyCents * r.HoursAYear * r.Units) + Math.Max(0, Paid.GetValueOrDefault(f.Id)));
        var ways = Divide(given.Sum(), [byContribution, byHead, solidarity]);
        var parts = new[] { Divide(ways[0], given), Divide(ways[1], firms.ConvertAll(f => (long)f.People)), Divide(ways[2], firms.ConvertAll(f => (long)f.Weight)) };
        var used = new Dictionary<string, long>();
        foreach (var session in Sessions.Where(s => !s.Cancelled))
        {
            var weights = session.Weights().OrderBy(w => w.Key, StringComparer.Ordinal).ToList();
            foreach (var (firm, part) in weights.Zip(Divide(session.Uses.Sum(session.Worth), [.. weights.Select(w => w.Value)]), (w, part) => (w.Key, part))) used[firm] = used.GetValueOrDefault(firm) + part;
        }

        return firms.Select((f, i) => (f.Id, Value: (given[i], parts.Sum(p => p[i]), used.GetValueOrDefault(f.Id)))).ToDictionary(f => f.Id, f => f.Value);
    }
}
