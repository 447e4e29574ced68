using ClusterNet.Clusters.Contracts;
using ClusterNet.Clusters.Firms;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;

namespace ClusterNet.Tests.Clusters;

/// <summary>
/// Recommendation 2003/361/EC, Annex, Article 2: fewer persons than the limit, and turnover or balance sheet within the ceiling.
/// </summary>
public class SizeClassTests
{
    [Theory]
    [InlineData(9, 2_000_000_00, 2_000_000_00, SizeClass.Micro)]
    [InlineData(9, 2_000_000_01, 2_000_000_00, SizeClass.Micro)]
    [InlineData(9, 2_000_000_00, 2_000_000_01, SizeClass.Micro)]
    [InlineData(9, 2_000_000_01, 2_000_000_01, SizeClass.Small)]
    [InlineData(10, 0L, 0L, SizeClass.Small)]
    [InlineData(49, 10_000_000_00, 99_000_000_00, SizeClass.Small)]
    [InlineData(49, 10_000_000_01, 10_000_000_01, SizeClass.Medium)]
    [InlineData(50, 0L, 0L, SizeClass.Medium)]
    [InlineData(249, 50_000_000_00, 43_000_000_01, SizeClass.Medium)]
    [InlineData(249, 50_000_000_01, 43_000_000_00, SizeClass.Medium)]
    [InlineData(249, 50_000_000_01, 43_000_000_01, SizeClass.Large)]
    [InlineData(250, 0L, 0L, SizeClass.Large)]
    [InlineData(0, 1_000_000_000_00, 1_000_000_000_00, SizeClass.Large)]
    public void The_limits_are_exact(int headCount, long turnoverCents, long balanceSheetCents, SizeClass expected) =>
        SizeClasses.Of(headCount, turnoverCents, balanceSheetCents).ShouldBe(expected);

    [Fact]
    public void One_of_turnover_and_balance_sheet_is_enough()
    {
        SizeClasses.Of(5, 100, null).ShouldBe(SizeClass.Micro);
        SizeClasses.Of(5, null, 100).ShouldBe(SizeClass.Micro);
        SizeClasses.Of(5, 5_000_000_00, null).ShouldBe(SizeClass.Small);
    }

    [Fact]
    public void Who_grows_in_any_figure_never_falls_into_a_smaller_class()
    {
        var money = Gen.Choose(0, 60_000).Select(thousands => thousands * 1_000_00L);
        var firms = from persons in Gen.Choose(0, 300) from turnover in money from balance in money select (persons, turnover, balance);
        Prop.ForAll(Arb.From(firms), Arb.From(firms), (firm, more) =>
        {
            var before = SizeClasses.Of(firm.persons, firm.turnover, firm.balance);
            var after = SizeClasses.Of(firm.persons + more.persons, firm.turnover + more.turnover, firm.balance + more.balance);
            return after >= before;
        }).QuickCheckThrowOnFailure();
    }
}
