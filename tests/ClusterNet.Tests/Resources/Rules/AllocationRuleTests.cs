using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Resources.Rules;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;

namespace ClusterNet.Tests.Resources.Rules;

public sealed class AllocationRuleTests
{
    private static readonly Id<Firm> Acme = new(new Guid(1, 0, 0, new byte[8])), Bolt = new(new Guid(2, 0, 0, new byte[8])), Cask = new(new Guid(3, 0, 0, new byte[8]));

    private static readonly IReadOnlyList<Member> Three =
    [
        new(Acme, SizeClass.Micro, 4, 0), new(Bolt, SizeClass.Small, 16, 30_000), new(Cask, SizeClass.Medium, 60, 90_000),
    ];

    private static readonly Gen<(AllocationRule Rule, long Cents, List<Member> Members)> Pools =
        from contribution in Gen.Choose(0, 100)
        from head in Gen.Choose(0, 100 - contribution)
        from cents in Gen.Choose(0, 10_000_000)
        from firms in (
            from size in Gen.Elements<SizeClass?>(null, SizeClass.Micro, SizeClass.Small, SizeClass.Medium, SizeClass.Large)
            from people in Gen.Choose(0, 200)
            from given in Gen.Choose(0, 1_000_000)
            select (size, people, given)).NonEmptyListOf()
        select (
            new AllocationRule(contribution, head, 100 - contribution - head), (long)cents,
            firms.Select((f, i) => new Member(new(new Guid(i + 1, 0, 0, new byte[8])), f.size, f.people, f.given)).ToList());

    [Theory]
    [InlineData(100, 0, 0, new long[] { 0, 30_000, 90_000 })]
    [InlineData(0, 100, 0, new long[] { 6_000, 24_000, 90_000 })]
    [InlineData(0, 0, 100, new long[] { 68_571, 34_286, 17_143 })]
    [InlineData(50, 20, 30, new long[] { 21_771, 30_086, 68_143 })]
    public void Each_way_is_divided_for_itself(int contribution, int head, int solidarity, long[] cents) =>
        new AllocationRule(contribution, head, solidarity).Of(120_000, Three).Select(e => e.Cents).ShouldBe(cents);

    [Fact]
    public void What_is_shared_out_is_all_and_no_more() => Prop.ForAll(Arb.From(Pools), pool =>
    {
        var shares = pool.Rule.Of(pool.Cents, pool.Members);
        shares.Sum(s => s.Cents).ShouldBe(pool.Cents);
        shares.ShouldAllBe(s => s.ByContribution >= 0 && s.ByHead >= 0 && s.Solidarity >= 0);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_order_in_which_firms_come_changes_nothing() => Prop.ForAll(Arb.From(Pools), pool =>
        pool.Rule.Of(pool.Cents, pool.Members).ShouldBe(pool.Rule.Of(pool.Cents, [.. pool.Members.AsEnumerable().Reverse()]))).QuickCheckThrowOnFailure();

    [Fact]
    public void Who_gives_more_is_never_entitled_to_less_than_a_like_firm() => Prop.ForAll(Arb.From(Pools), pool =>
    {
        var shares = pool.Rule.Of(pool.Cents, pool.Members).ToDictionary(s => s.Firm, s => s.Cents);
        foreach (var (one, other) in pool.Members.SelectMany(a => pool.Members, (a, b) => (a, b)))
            if (one.Size == other.Size && one.People == other.People && one.ContributedCents > other.ContributedCents) shares[one.Firm].ShouldBeGreaterThanOrEqualTo(shares[other.Firm] - 2);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void While_nobody_gives_anything_the_other_ways_share_it_out() =>
        new AllocationRule(60, 40, 0).Of(1_000, [new(Acme, null, 1, 0), new(Bolt, null, 3, 0)]).Select(e => e.Cents).ShouldBe([250L, 750]);

    [Fact]
    public void Where_no_way_counts_anybody_all_count_alike() =>
        new AllocationRule(100, 0, 0).Of(101, [new(Acme, null, 0, 0), new(Bolt, null, 0, 0)]).Select(e => e.Cents).ShouldBe([51L, 50]);

    [Fact]
    public void A_pool_without_firms_shares_out_nothing() => new AllocationRule(100, 0, 0).Of(100, []).ShouldBeEmpty();

    [Theory]
    [InlineData(50, 30, 20, true)]
    [InlineData(50, 30, 21, false)]
    [InlineData(-10, 60, 50, false)]
    [InlineData(int.MaxValue, int.MaxValue, 102, false)]
    public void A_rule_is_a_hundred_per_cent(int contribution, int head, int solidarity, bool sound) => new AllocationRule(contribution, head, solidarity).IsSound.ShouldBe(sound);
}
