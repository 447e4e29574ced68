using ClusterNet.Accreditation.Applications;
using ClusterNet.Accreditation.Standards;
using ClusterNet.Learning.Contracts;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using static ClusterNet.Tests.Accreditation.Scene;

namespace ClusterNet.Tests.Accreditation;

/// <summary>What holds of every standard's rules and every portfolio.</summary>
public sealed class EvidencePropertyTests
{
    private static readonly LearningKind[] Kinds = [LearningKind.EventOrFair, LearningKind.MistakeReflected, LearningKind.Webinar, LearningKind.Teaching];
    private static readonly string[][] Criteria = [["N1"], ["N2"], ["N3"], ["N1", "N2"], ["N1", "N2", "N3"]];

    private static readonly Gen<EvidenceItem> AnyItem =
        from number in Gen.Choose(1, 1_000_000)
        from kind in Gen.Elements(Kinds)
        from days in Gen.Choose(-5, 900)
        from minutes in Gen.Choose(0, 300)
        from confirmed in Gen.Choose(0, 3)
        from disputed in Gen.Frequency((6, Gen.Constant(false)), (1, Gen.Constant(true)))
        from criteria in Gen.Elements(Criteria)
        select new EvidenceItem(
            new(Number(number)), 1, Baker, kind, Now.AddDays(-days), minutes, [], [],
            confirmed switch { 0 => [], 1 => [new(Witness, Baker)], 2 => [new(Paula, Dyer)], _ => [new(Witness, Dyer)] }, disputed, [.. criteria]);

    private static readonly Gen<StandardTerms> AnyTerms =
        from counts in Gen.Choose(0, 4).ListOf(10)
        from percent in Gen.Elements(0, 0, 30, 50, 100)
        from kinds in Gen.Elements<KindRule[]>([], [new(Kinds[0], 1), new(Kinds[1])], [new(Kinds[0]), new(Kinds[1], 2), new(Kinds[2])])
        from recent in Gen.Elements(0, 1, 2)
        select Terms with
        {
            Criteria = [new("N1", "prepares"), new("N2", "leads"), new Criterion("N3", "teaches") { Optional = true }],
            EvidenceRules = new(1 + counts[0], counts[1], 24, 30 * counts[2], counts[3], counts[4])
            {
                OtherFirmsPercent = percent,
                Kinds = [.. kinds],
                Recent = recent == 0 ? null : new(recent, 6),
                MinPerCriterion = counts[5] / 2,
                MinKindsPerCriterion = counts[6] / 2,
                MinOptional = counts[7] / 4,
            },
        };

    private static readonly Gen<(StandardTerms Terms, EvidenceItem[] Items, EvidenceItem More)> AnyCase =
        from terms in AnyTerms
        from items in AnyItem.ListOf(12)
        from more in AnyItem
        select (terms, items.ToArray(), more);

    [Fact]
    public void A_record_that_counts_never_makes_enough_too_little_by_the_rules_that_count()
    {
        var enough = 0;
        ForAll(c =>
        {
            var terms = c.Terms with { EvidenceRules = c.Terms.EvidenceRules with { OtherFirmsPercent = 0 } };
            if (!Judge(c.Items, terms).Sufficient) return;
            enough++;
            Judge([.. c.Items, c.More], terms).Sufficient.ShouldBeTrue();
        });
        enough.ShouldBeGreaterThan(50);
    }

    [Fact]
    public void By_the_share_only_what_the_own_firm_confirmed_can_make_enough_too_little()
    {
        var enough = 0;
        ForAll(c =>
        {
            var ownFirm = c.More.ConfirmedBy.Any(v => v.Person != Paula && v.Firm == Baker);
            if (ownFirm || !Judge(c.Items, c.Terms).Sufficient) return;
            enough++;
            Judge([.. c.Items, c.More], c.Terms).Sufficient.ShouldBeTrue();
        });
        enough.ShouldBeGreaterThan(20);
    }

    [Fact]
    public void The_order_of_the_records_makes_no_difference() =>
        ForAll(c => Judge([.. c.Items.Reverse()], c.Terms).Shortfalls.ShouldBe(Judge(c.Items, c.Terms).Shortfalls));

    [Fact]
    public void A_record_that_does_not_count_makes_no_difference() => ForAll(c =>
    {
        EvidenceItem[] without = [c.More with { Disputed = true }, c.More with { HappenedAt = Now.AddMonths(-24).AddDays(-1) }, c.More with { HappenedAt = Now.AddDays(1) }];
        foreach (var more in without) Judge([.. c.Items, more], c.Terms).Shortfalls.ShouldBe(Judge(c.Items, c.Terms).Shortfalls);
    });

    [Fact]
    public void A_shortfall_has_less_than_it_needs_and_no_rule_of_nought_is_among_them() =>
        ForAll(c => Judge(c.Items, c.Terms).Shortfalls.ShouldAllBe(s => s.Have >= 0 && s.Have < s.Need));

    [Fact]
    public void Nothing_at_all_is_never_enough() => ForAll(c => Judge([], c.Terms).Sufficient.ShouldBeFalse());

    private static EvidenceVerdict Judge(EvidenceItem[] items, StandardTerms terms) => EvidenceVerdict.Of(Paula, items, terms, Now);

    private static void ForAll(Action<(StandardTerms Terms, EvidenceItem[] Items, EvidenceItem More)> holds) =>
        Prop.ForAll(Arb.From(AnyCase), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(3_000));
}
