using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Resources.Pool;

namespace ClusterNet.Resources.Accounts;

/// <summary>A resource as a session used it.</summary>
/// <param name="Firm">Who gave it.</param>
/// <param name="Cents">What that is worth.</param>
internal sealed record Given(Id<Resource> Resource, Id<Firm> Firm, long Cents);

/// <summary>What a session cost in money.</summary>
/// <param name="PaidBy">The firm that paid it; null for the pool's bank account.</param>
internal sealed record OutsideCost(long Cents, Id<Firm>? PaidBy = null);

internal sealed record Grant(Id<Funder> Funder, long Cents);

/// <summary>A firm's part in a session's costs.</summary>
/// <param name="Weight">Of all weights, such as its seats.</param>
/// <param name="Cents">To the cent: <see cref="Split.ByWeight"/> says how.</param>
internal sealed record Share(Id<Firm> Firm, long Weight, long Cents);

/// <summary>What a session cost and who bears it: what firms gave is worth what it is worth, funders bear what they grant, firms the rest.</summary>
/// <param name="TotalCents">Of everything given and paid.</param>
/// <param name="Shares">In the order in which cents left over were given out: firms by their weight, the lower id first of two of the same.</param>
internal sealed record SessionCosts(IReadOnlyList<Given> Given, IReadOnlyList<OutsideCost> Outside, IReadOnlyList<Grant> Grants, long TotalCents, IReadOnlyList<Share> Shares)
{
    public static readonly Refusal TooMuchGranted = new("granted-too-much", "The grants are more than what the session cost. Lower them.", 422);

    public static readonly Refusal NothingToShare = new("nothing-to-share", "The session cost nothing: its resources are worth nothing, and nothing was paid. Enter what it cost, or leave it.", 422);

    /// <param name="weights">Of the firms that share, at least one above zero.</param>
    /// <returns>The costs, or why there are none.</returns>
    public static (SessionCosts? Costs, Refusal? Refusal) Of(
        IReadOnlyList<Given> given, IReadOnlyList<OutsideCost> outside, IReadOnlyList<Grant> grants, IReadOnlyDictionary<Id<Firm>, long> weights)
    {
        var total = given.Sum(g => g.Cents) + outside.Sum(o => o.Cents);
        var rest = total - grants.Sum(g => g.Cents);
        if (total == 0) return (null, NothingToShare);
        if (rest < 0) return (null, TooMuchGranted);
        var firms = weights.Where(w => w.Value > 0).OrderByDescending(w => w.Value).ThenBy(w => w.Key).ToList();
        var cents = Split.ByWeight(rest, [.. firms.Select(f => f.Value)]);
        return (new(given, outside, grants, total, [.. firms.Zip(cents, (f, c) => new Share(f.Key, f.Value, c))]), null);
    }

    /// <summary>As lines of an entry.</summary>
    public ValueList<Line> Lines =>
    [
        .. new[]
        {
            Given.Select(g => Line.Credit(Account.Firm(g.Firm.Value), g.Cents, g.Resource.Value)),
            Outside.Select(o => Line.Credit(o.PaidBy is { } firm ? Account.Firm(firm.Value) : Account.Bank, o.Cents)),
            Grants.Select(g => Line.Debit(Account.Funder(g.Funder.Value), g.Cents)),
            Shares.Select(s => Line.Debit(Account.Firm(s.Firm.Value), s.Cents)),
        }.SelectMany(l => l).Where(l => l.Cents != 0),
    ];

    /// <summary>What a resource is worth for a time: its value an hour for each of its units, rounded to the cent, halves up.</summary>
    public static long Worth(long hourlyCents, int units, TimeSpan time) =>
        (long)(((((Int128)hourlyCents * units * (long)time.TotalMinutes) * 2) + 60) / 120);
}
