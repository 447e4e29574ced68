using ClusterNet.Accreditation.Applications;
using ClusterNet.Accreditation.Standards;
using ClusterNet.Learning.Contracts;
using Shouldly;
using static ClusterNet.Tests.Accreditation.Scene;

namespace ClusterNet.Tests.Accreditation;

public sealed class EvidenceRulesTests
{
    private static readonly EvidenceItem One = EvidenceItem.Of(Fair, ["N1", "N2"]);
    private static readonly EvidenceItem Two = EvidenceItem.Of(Mistake, ["N2"]);

    /// <summary>What is changed about two sufficient items, and the only rule that then falls short.</summary>
    public static TheoryData<string, string, int, int> Table => new()
    {
        { "one item fewer", "minItems", 1, 2 },
        { "the same kind twice", "minKinds", 1, 2 },
        { "half the time", "minMinutes", 40, 60 },
        { "nobody confirmed", "minConfirmed", 0, 1 },
        { "confirmed by oneself", "minConfirmed", 0, 1 },
        { "confirmed within the firm", "minFromOtherFirms", 0, 1 },
        { "a criterion without evidence", "criteriaCovered", 1, 2 },
        { "a day too old", "minItems", 1, 2 },
        { "disputed", "minItems", 1, 2 },
        { "in the future", "minItems", 1, 2 },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Every_rule_names_what_counts_and_what_is_needed(string change, string rule, int have, int need)
    {
        EvidenceItem[] items = change switch
        {
            "one item fewer" or "half the time" => [One],
            "the same kind twice" => [One, Two with { Kind = One.Kind }],
            "nobody confirmed" => [One with { ConfirmedBy = [] }, Two],
            "confirmed by oneself" => [One with { ConfirmedBy = [new(Paula, Dyer)] }, Two],
            "confirmed within the firm" => [One with { ConfirmedBy = [new(Witness, Baker)] }, Two],
            "a criterion without evidence" => [One with { Criteria = ["N2"] }, Two],
            "a day too old" => [One, Two with { HappenedAt = Now.AddMonths(-24).AddDays(-1) }],
            "disputed" => [One, Two with { Disputed = true }],
            _ => [One, Two with { HappenedAt = Now.AddDays(1) }],
        };
        EvidenceVerdict.Of(Paula, items, Terms, Now).Shortfalls.ShouldContain(new Shortfall(rule, have, need));
    }

    [Fact]
    public void What_satisfies_every_rule_is_sufficient()
    {
        var verdict = EvidenceVerdict.Of(Paula, [One, Two], Terms, Now);
        verdict.Sufficient.ShouldBeTrue();
        verdict.Shortfalls.ShouldBeEmpty();
    }

    [Fact]
    public void Evidence_as_old_as_the_limit_counts() =>
        EvidenceVerdict.Of(Paula, [One, Two with { HappenedAt = Now.AddMonths(-24) }], Terms, Now).Sufficient.ShouldBeTrue();

    [Fact]
    public void Old_and_disputed_records_are_named()
    {
        var old = Two with { HappenedAt = Now.AddYears(-3) };
        var verdict = EvidenceVerdict.Of(Paula, [One with { Disputed = true }, old], Terms, Now);
        verdict.Disputed.ShouldBe([One.Record]);
        verdict.TooOld.ShouldBe([old.Record]);
        verdict.Uncovered.ShouldBe(["N1", "N2"]);
        verdict.Shortfalls.Count.ShouldBe(6);
    }

    [Fact]
    public void A_rule_of_nought_asks_for_nothing()
    {
        var lenient = Terms with { EvidenceRules = new EvidenceRules(1, 0, 24, 0, 0, 0) };
        EvidenceVerdict.Of(Paula, [Two with { Criteria = ["N1", "N2"], Kind = LearningKind.Webinar }], lenient, Now)
            .Sufficient.ShouldBeTrue();
    }

    public static TheoryData<string> Later => ["kind", "kinds that count", "recent", "share", "per criterion", "kinds per criterion", "optional"];

    /// <summary>Of two items that satisfy all that was asked before: Fair shows N1 and N2 and was confirmed by another firm, Mistake shows N2.</summary>
    [Theory]
    [MemberData(nameof(Later))]
    public void Every_rule_that_came_later_counts_and_says_what_it_is_about(string rule)
    {
        var rules = Terms.EvidenceRules;
        var (asked, short1) = rule switch
        {
            "kind" => (rules with { Kinds = [new(LearningKind.EventOrFair, 2), new(LearningKind.MistakeReflected)] }, new Shortfall("minOfKind", 1, 2, Kind: LearningKind.EventOrFair)),
            "kinds that count" => (rules with { MinMinutes = 0, MinKinds = 0, Kinds = [new(LearningKind.EventOrFair)] }, new Shortfall("minItems", 1, 2)),
            "recent" => (rules with { Recent = new(1, 2) }, new Shortfall("minRecent", 0, 1)),
            "share" => (rules with { OtherFirmsPercent = 51 }, new Shortfall("otherFirmsPercent", 50, 51)),
            "per criterion" => (rules with { MinPerCriterion = 2 }, new Shortfall("minPerCriterion", 1, 2, "N1")),
            "kinds per criterion" => (rules with { MinKindsPerCriterion = 2 }, new Shortfall("minKindsPerCriterion", 1, 2, "N1")),
            _ => (rules with { MinOptional = 1 }, new Shortfall("minOptional", 0, 1)),
        };
        var two = Two with { ConfirmedBy = [new(Witness, Baker)] };
        var terms = Terms with { EvidenceRules = asked, Criteria = [.. Terms.Criteria, new Criterion("N3", "teaches") { Optional = true }] };
        EvidenceVerdict.Of(Paula, [One, two], terms, Now).Shortfalls.ShouldBe([short1]);
    }

    [Fact]
    public void Records_of_kinds_that_do_not_count_are_named() =>
        EvidenceVerdict.Of(Paula, [One, Two], Terms with { EvidenceRules = Terms.EvidenceRules with { Kinds = [new(LearningKind.EventOrFair)] } }, Now)
            .OtherKinds.ShouldBe([Two.Record]);

    [Fact]
    public void An_optional_criterion_counts_once_it_has_as_much_evidence_as_the_others()
    {
        var terms = Terms with
        {
            Criteria = [.. Terms.Criteria, new Criterion("N3", "teaches") { Optional = true }],
            EvidenceRules = Terms.EvidenceRules with { MinOptional = 1 },
        };
        EvidenceVerdict.Of(Paula, [One, Two with { Criteria = ["N2", "N3"] }], terms, Now).Sufficient.ShouldBeTrue();
    }

    /// <summary>Of nothing confirmed, nothing is from elsewhere; and a share is cut off, not rounded.</summary>
    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(2, 1, 66)]
    [InlineData(0, 3, 0)]
    [InlineData(3, 0, 100)]
    public void A_share_is_of_what_is_confirmed(int others, int own, int percent)
    {
        var terms = Terms with { EvidenceRules = new(1, 0, 24, 0, 0, 0) { OtherFirmsPercent = 100 } };
        EvidenceItem[] items =
        [
            Two with { Criteria = ["N1", "N2"] }, .. Enumerable.Repeat(One, others), .. Enumerable.Repeat(One with { ConfirmedBy = [new(Witness, Baker)] }, own),
        ];
        var verdict = EvidenceVerdict.Of(Paula, items, terms, Now);
        verdict.Shortfalls.ShouldBe(percent == 100 ? [] : [new Shortfall("otherFirmsPercent", percent, 100)]);
    }
}
