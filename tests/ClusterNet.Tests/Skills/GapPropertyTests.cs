using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Skills.Gaps;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;

namespace ClusterNet.Tests.Skills;

/// <summary>The algebra of gaps, and that nothing that is not told can be computed from what is.</summary>
public class GapPropertyTests
{
    private static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> Areas =
        new Dictionary<string, IReadOnlyList<string>> { ["s0"] = ["production"], ["s1"] = ["production", "digital"], ["s2"] = ["marketing"] };

    /// <summary>Firms of one to seven people; each is asked for some skills, and of some nobody said anything.</summary>
    private static readonly Arbitrary<FoundGap[]> Audits = (
        from sizes in Gen.Choose(1, 7).ListOf(6)
        from all in Gen.CollectToList(
            sizes.SelectMany((size, firm) => Enumerable.Range(0, size).SelectMany(person => Enumerable.Range(0, 3).Select(skill => (firm, person, skill)))),
            x => from asked in Gen.Choose(0, 9)
                 from required in Gen.Choose(1, 5)
                 from level in Gen.Choose(-1, 5)
                 select (asked > 1, new FoundGap(Person(x.firm, x.person), Firm(x.firm), $"s{x.skill}", required, level < 0 ? null : level)))
        select all.Where(a => a.Item1).Select(a => a.Item2).ToArray()).ToArbitrary();

    [Fact]
    public void A_gap_is_never_negative_and_shrinks_with_the_level() => Prop.ForAll(
        Gen.Choose(1, 5).ToArbitrary(), Gen.Choose(0, 5).ToArbitrary(),
        (required, level) => Gaps.Of(required, level) is >= 0 and <= 5 && Gaps.Of(required, level + 1) <= Gaps.Of(required, level)
            && Gaps.StateOf(Gaps.Of(required, level)) == GapState.Met == (level >= required)).QuickCheckThrowOnFailure();

    [Fact]
    public void Figures_add_up_in_any_order() => Prop.ForAll(Audits, found =>
    {
        var parts = GapFigures.Sum(found.GroupBy(f => f.Firm).Select(g => GapFigures.Of(g)));
        return parts == GapFigures.Of(found) && GapFigures.Of(found.Reverse()) == parts;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_figure_stands_for_fewer_than_five_people_or_for_two_firms_together() => Prop.ForAll(Audits, found =>
        ShownGaps.Of(found).Cells.All(c =>
        {
            var people = Behind(c, found).Where(f => f.Level is not null).ToList();
            return people.Select(p => p.Person).Distinct().Count() >= 5 && c.Figures == GapFigures.Of(people)
                && (c.Firm is not null || Behind(c, found).Select(p => p.Firm).Distinct().Count() >= 3);
        })).QuickCheckThrowOnFailure();

    /// <summary>
    /// Whatever the levels of those who are not told may be, every figure stays the same: by cell, skill, area, firm and firm and area. So no
    /// computation over all of them, with any filter, says anything about the levels that are not told.
    /// </summary>
    [Fact]
    public void Nothing_that_is_not_told_can_be_computed() => Prop.ForAll(Audits, Gen.Choose(0, 5).ArrayOf(200).ToArbitrary(), (found, others) =>
    {
        var shown = ShownGaps.Of(found);
        var told = shown.Cells.SelectMany(c => Behind(c, found)).ToHashSet();
        var changed = found.Select((f, i) => told.Contains(f) || f.Level is null ? f : f with { Level = others[i % others.Length] }).ToArray();
        return Everything(ShownGaps.Of(changed)) == Everything(shown);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_erasure_takes_figures_away_and_changes_none() => Prop.ForAll(Audits, Gen.Choose(0, 200).ToArbitrary(), (found, at) =>
    {
        if (found.Length == 0) return true;
        var gone = found[at % found.Length].Person;
        var after = ShownGaps.Of([.. found.Select(f => f.Person == gone ? f with { Level = null, Erased = true } : f)]);
        var before = ShownGaps.Of(found);
        return after.Cells.All(before.Cells.Contains) && !after.Cells.Any(c => Behind(c, found).Any(f => f.Person == gone));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Four_people_are_told_of_in_no_way() => ShownGaps.Of([.. Enumerable.Range(0, 4).Select(p => Gap(0, p))]).ShouldBe(0, 1);

    [Fact]
    public void Two_small_firms_together_are_told_of_in_no_way() =>
        ShownGaps.Of([.. Enumerable.Range(0, 3).SelectMany(p => new[] { Gap(0, p), Gap(1, p) })]).ShouldBe(0, 1);

    [Fact]
    public void Three_small_firms_are_told_of_together() =>
        ShownGaps.Of([.. Enumerable.Range(0, 2).SelectMany(p => new[] { Gap(0, p), Gap(1, p), Gap(2, p) })]).Cells.ShouldHaveSingleItem().Firm.ShouldBeNull();

    [Fact]
    public void A_total_leaves_out_what_is_not_told() =>
        ShownGaps.Of([.. Enumerable.Range(0, 5).Select(p => Gap(0, p)), Gap(1, 0)]).BySkill()["s0"].People.ShouldBe(5);

    [Fact]
    public void Means_are_in_hundredths_with_halves_up() => GapFigures.Of([Gap(0, 0) with { Level = 2 }, Gap(0, 1), Gap(0, 2)]).MeanHundredths.ShouldBe(167);

    private static FoundGap Gap(int firm, int person) => new(Person(firm, person), Firm(firm), "s0", 3, 1);

    /// <summary>Those whose levels a cell is made of.</summary>
    private static IEnumerable<FoundGap> Behind(GapCell cell, IReadOnlyCollection<FoundGap> found)
    {
        var ofSkill = found.Where(f => f.SkillUri == cell.SkillUri).ToList();
        return cell.Firm is { } firm
            ? ofSkill.Where(f => f.Firm == firm)
            : ofSkill.GroupBy(f => f.Firm).Where(g => g.Select(f => f.Person).Distinct().Count() < 5).SelectMany(g => g);
    }

    private static string Everything(ShownGaps shown) => string.Join(
        ';', shown.Cells.Select(c => c.ToString()).Concat(shown.BySkill().Select(s => s.ToString())).Concat(shown.ByArea(Areas).Select(a => a.ToString())).Append($"{shown.Hidden}"));

    private static Id<Person> Person(int firm, int person) => new(new Guid(firm, (short)person, 1, [1, 0, 0, 0, 0, 0, 0, 0]));

    private static Id<Firm> Firm(int firm) => new(new Guid(firm, 0, 2, [2, 0, 0, 0, 0, 0, 0, 0]));
}

internal static class ShownGapsAssertions
{
    public static void ShouldBe(this ShownGaps shown, int cells, int hidden) => (shown.Cells.Count, shown.Hidden).ShouldBe((cells, hidden));
}
