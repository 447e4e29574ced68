using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Plans;
using ClusterNet.Resources.Demand;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;

namespace ClusterNet.Tests.Resources.Demand;

/// <summary>How figures of several sources become one, and that they tell of nobody.</summary>
public sealed class NeedsTests
{
    private const string Prices = "urn:prices", Law = "urn:law";
    private static readonly Id<Firm>[] Firms = [.. Enumerable.Range(1, 7).Select(n => new Id<Firm>(NamedGuid.Of("firm", $"{n}")))];

    /// <summary>Any figures that the sources may tell: of a firm, or of several small ones together.</summary>
    private static readonly Arbitrary<Need[]> Told = (
        from skill in Gen.Elements(Prices, Law)
        from source in Gen.Elements(NeedSource.Gap, NeedSource.Wish, NeedSource.Plan)
        from firm in Gen.Choose(source == NeedSource.Wish ? 0 : -1, Firms.Length - 1)
        from people in Gen.Choose(1, 9)
        select Figure(skill, source, firm, people)).ListOf(20).Select(all => all.DistinctBy(n => (n.SkillUri, n.Source, n.Firm)).ToArray()).ToArbitrary();

    private static readonly Arbitrary<Aspirant[]> Plans = (
        from firm in Gen.Choose(0, 5)
        from person in Gen.Choose(0, 7)
        select new Aspirant(new(NamedGuid.Of("person", $"{firm}", $"{person}")), Firms[firm], Prices)).ListOf(24).Select(all => all.Distinct().ToArray()).ToArbitrary();

    private static Need Figure(string skill, NeedSource source, int firm, int people)
    {
        var (least, most) = source == NeedSource.Plan ? (5 * people, (5 * people) + 4) : (people, people);
        return new(skill, source, firm < 0 ? null : Firms[firm], least, most);
    }

    [Fact]
    public void People_in_several_sources_are_counted_between_the_most_of_one_and_the_sum()
    {
        var need = SkillNeed.Of([Figure(Prices, NeedSource.Gap, 0, 6), Figure(Prices, NeedSource.Wish, 0, 2), Figure(Prices, NeedSource.Wish, 1, 3), Figure(Prices, NeedSource.Plan, -1, 1)]).ShouldHaveSingleItem();
        // Six of one firm at least, three of the other; plans of three further firms may be of the same people.
        need.ShouldBe(new SkillNeed(Prices, 3, 9, 6 + 2 + 3 + 9, 6, 5, 5));
    }

    [Fact]
    public void Of_one_source_people_are_counted_exactly() =>
        SkillNeed.Of([Figure(Prices, NeedSource.Wish, 0, 2), Figure(Prices, NeedSource.Wish, 1, 1)]).ShouldBe([new(Prices, 2, 3, 3, 0, 3, 0)]);

    [Fact]
    public void There_are_never_more_firms_than_people_nor_fewer_people_than_at_least() => Prop.ForAll(Told, told =>
        SkillNeed.Of(told).All(n => n.Firms >= 1 && n.Firms <= n.AtLeast && n.AtLeast <= n.AtMost && n.AtLeast >= Math.Max(n.Gaps, Math.Max(n.Wishes, n.PlansAtLeast)))).QuickCheckThrowOnFailure();

    [Fact]
    public void Firms_see_no_figure_of_gaps_or_plans_that_stands_for_fewer_than_three_firms() => Prop.ForAll(Told, told =>
        SkillNeed.ForFirms(told).GroupBy(n => (n.SkillUri, n.Source)).All(g => g.Key.Source == NeedSource.Wish || g.Any(n => n.Firm is null) || g.Count() >= 3)).QuickCheckThrowOnFailure();

    [Fact]
    public void No_figure_of_plans_stands_for_fewer_than_five_people_or_for_two_firms_together() => Prop.ForAll(Plans, plans =>
        PlannedSkillFigures.Of(plans).All(told =>
        {
            var counts = plans.GroupBy(p => p.Firm).Select(f => (Firm: f.Key, People: f.Select(p => p.Person).Distinct().Count())).ToList();
            var behind = counts.Where(c => told.Firm is { } firm ? c.Firm == firm : c.People < 5).ToList();
            return told.AtLeast >= 5 && told.AtLeast % 5 == 0 && behind.Sum(b => b.People) is var people && people >= told.AtLeast && people <= told.AtMost
                && (told.Firm is not null || behind.Count >= 3);
        })).QuickCheckThrowOnFailure();

    [Fact]
    public void One_person_more_in_a_small_firm_moves_no_figure()
    {
        var five = Enumerable.Range(0, 5).Select(n => new Aspirant(new(NamedGuid.Of("person", $"{n}")), Firms[0], Prices)).ToList();
        PlannedSkillFigures.Of(five[..4]).ShouldBeEmpty();
        PlannedSkillFigures.Of(five).ShouldBe([new(Prices, Firms[0], 5)]);
        PlannedSkillFigures.Of([.. five, new(new(NamedGuid.Of("person", "more")), Firms[0], Prices)]).ShouldBe([new(Prices, Firms[0], 5)]);
        PlannedSkillFigures.Of([.. five, new(new(NamedGuid.Of("person", "other")), Firms[1], Prices)]).ShouldBe([new(Prices, Firms[0], 5)]);
    }
}
