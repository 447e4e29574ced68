using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Resources.Accounts;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;

namespace ClusterNet.Tests.Resources.Accounts;

public sealed class SplitTests
{
    private static readonly Gen<(long Cents, long[] Weights)> Splits =
        from cents in Gen.Choose(-1_000_000, 1_000_000)
        from weights in Gen.Choose(0, 50).NonEmptyListOf()
        where weights.Sum() > 0
        select ((long)cents, weights.Select(w => (long)w).ToArray());

    private static readonly Gen<(List<Given> Given, List<OutsideCost> Outside, List<Grant> Grants, Dictionary<Id<Firm>, long> Seats)> Sessions =
        from given in Gen.Choose(0, 50_000).ListOf(4)
        from outside in Gen.Choose(1, 50_000).ListOf(3)
        from grants in Gen.Choose(1, 40_000).ListOf(2)
        from seats in Gen.Choose(1, 12).ListOf(7)
        select (
            given.Select((c, i) => new Given(new(Numbered(90 + i)), new(Numbered(i)), c)).ToList(),
            outside.Select((c, i) => new OutsideCost(c, i == 0 ? null : new Id<Firm>(Numbered(i)))).ToList(),
            grants.Select((c, i) => new Grant(new(Numbered(50 + i)), c)).ToList(),
            seats.Select((s, i) => (Firm: new Id<Firm>(Numbered(i)), s)).ToDictionary(s => s.Firm, s => (long)s.s));

    [Theory]
    [InlineData(100, new long[] { 1, 1, 1 }, new long[] { 34, 33, 33 })]
    [InlineData(1, new long[] { 1, 1 }, new long[] { 1, 0 })]
    [InlineData(-100, new long[] { 1, 1, 1 }, new long[] { -34, -33, -33 })]
    [InlineData(1000, new long[] { 3, 2, 2 }, new long[] { 428, 286, 286 })]
    [InlineData(5, new long[] { 0, 7, 0 }, new long[] { 0, 5, 0 })]
    public void Cents_that_are_left_go_to_who_lost_most(long cents, long[] weights, long[] parts) => Split.ByWeight(cents, weights).ShouldBe(parts);

    [Fact]
    public void Parts_add_up_and_none_is_a_cent_off() => Prop.ForAll(Arb.From(Splits), split =>
    {
        var parts = Split.ByWeight(split.Cents, split.Weights);
        parts.Sum().ShouldBe(split.Cents);
        foreach (var (part, weight) in parts.Zip(split.Weights))
            Math.Abs(part - (decimal)split.Cents * weight / split.Weights.Sum()).ShouldBeLessThan(1);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void More_weight_never_bears_less() => Prop.ForAll(Arb.From(Splits), split =>
    {
        var parts = Split.ByWeight(Math.Abs(split.Cents), split.Weights);
        foreach (var ((weight, part), (otherWeight, otherPart)) in split.Weights.Zip(parts).SelectMany(a => split.Weights.Zip(parts), (a, b) => (a, b)))
            if (weight > otherWeight) part.ShouldBeGreaterThanOrEqualTo(otherPart);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Nobody_shares_nothing() => Should.Throw<ArgumentException>(() => Split.ByWeight(1, [0, 0]));

    [Fact]
    public void What_a_session_cost_always_balances() => Prop.ForAll(Arb.From(Sessions), s =>
    {
        var (costs, refusal) = SessionCosts.Of(s.Given, s.Outside, s.Grants, s.Seats);
        if (costs is null)
        {
            refusal.ShouldNotBeNull();
            return;
        }

        PostEntry.IsBalanced(costs.Lines).ShouldBeTrue();
        costs.Shares.Sum(x => x.Cents).ShouldBe(costs.TotalCents - s.Grants.Sum(g => g.Cents));
        costs.Lines.Where(l => l.Cents < 0).Sum(l => l.Cents).ShouldBe(-costs.TotalCents);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(4_500, 1, 90, 6_750)]
    [InlineData(1, 1, 30, 1)]
    [InlineData(1, 1, 29, 0)]
    [InlineData(3_333, 3, 20, 3_333)]
    public void An_hour_is_worth_what_it_is_for_each_unit(long hourly, int units, int minutes, long cents) =>
        SessionCosts.Worth(hourly, units, TimeSpan.FromMinutes(minutes)).ShouldBe(cents);

    private static Guid Numbered(int number) => new(number + 1, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);
}
