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
}
