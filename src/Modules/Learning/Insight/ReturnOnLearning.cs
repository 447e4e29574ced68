namespace ClusterNet.Learning.Insight;

/// <summary>What a firm says of its costs and gains, in euro cents; what is not said is nothing.</summary>
/// <param name="HourlyCost">What an hour of work costs, wage and charges.</param>
/// <param name="OtherCost">Fees, travel, material, rooms in the time.</param>
/// <param name="ComparablePrice">What an hour of bought training would cost per person.</param>
/// <param name="Savings">What people's learning saved or earned in the time, by the firm's own account.</param>
internal sealed record ReturnAssumptions(long HourlyCost = 0, long OtherCost = 0, long ComparablePrice = 0, long Savings = 0)
{
    /// <summary>Ten million euro.</summary>
    public const long Most = 1_000_000_000;

    public bool IsSound => new[] { HourlyCost, OtherCost, ComparablePrice, Savings }.All(v => v is >= 0 and <= Most);
}

/// <summary>
/// What learning cost and what it brought, with nothing hidden: the return on investment of training (Phillips, "Return on Investment in Training and
/// Performance Improvement Programs": net benefits over costs, in per cent). Careful on purpose: all recorded hours cost, only confirmed ones are worth
/// what comparable training would have cost.
/// </summary>
/// <param name="ReturnPerCent">Null where nothing was spent: there is nothing to divide by.</param>
internal sealed record ReturnOnLearning(
    ReturnAssumptions Assumed, long Minutes, long ConfirmedMinutes, long WorkCost, long Cost, long Replaced, long Benefit, long Net, decimal? ReturnPerCent)
{
    /// <summary>For machines and people alike.</summary>
    public string Formula { get; } = "returnPerCent = (benefit - cost) / cost x 100; cost = minutes / 60 x hourlyCost + otherCost; benefit = confirmedMinutes / 60 x comparablePrice + savings";

    public static ReturnOnLearning Of(long minutes, long confirmedMinutes, ReturnAssumptions assumed)
    {
        var (work, replaced) = (Hours(minutes, assumed.HourlyCost), Hours(confirmedMinutes, assumed.ComparablePrice));
        var (cost, benefit) = (work + assumed.OtherCost, replaced + assumed.Savings);
        return new(assumed, minutes, confirmedMinutes, work, cost, replaced, benefit, benefit - cost, cost == 0 ? null : decimal.Round((benefit - cost) * 100m / cost, 1));
    }

    private static long Hours(long minutes, long cents) => (long)decimal.Round(minutes * (decimal)cents / 60, MidpointRounding.AwayFromZero);
}
