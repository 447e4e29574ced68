using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Skills.Audits;
using ClusterNet.Skills.Catalogue;
using ClusterNet.Skills.Contracts;
using ClusterNet.Skills.Levels;
using Shouldly;
using Spec = ClusterNet.Tests.Spec<ClusterNet.Skills.Levels.SkillLevels, ClusterNet.Skills.Levels.LevelEvent>;

namespace ClusterNet.Tests.Skills;

/// <summary>Levels from three sources, each told once.</summary>
public class LevelDecisionTests
{
    private const string Weld = "http://data.europa.eu/esco/skill/weld", Sell = "http://data.europa.eu/esco/skill/sell";
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 9, 0, 0, TimeSpan.Zero);
    private static readonly Id<Person> Ben = new(Guid.NewGuid());
    private static readonly Id<Audit> Spring = new(Guid.NewGuid());
    private static readonly Id<Firm> Acme = new(Guid.NewGuid());
    private static readonly Guid Credential = Guid.NewGuid(), Granted = Guid.NewGuid(), Withdrawn = Guid.NewGuid();
    private static readonly SkillEvidence Grant = new(Granted, Credential, EvidenceKind.Credential, Ben, [Weld], 5, Now);
    private static readonly SkillEvidenceShown Shown = new(Ben, Credential, EvidenceKind.Credential, [Weld], 4, Granted, Now);

    [Fact]
    public void A_claim_is_noted_and_taken_back()
    {
        var claimed = new SkillLevelClaimed(Ben, Weld, 3, Now);

        Spec.Given().When(new ClaimLevel(Ben, Weld, 3, Now)).Then(claimed);
        Spec.Given(claimed).When(new WithdrawClaim(Ben, [Weld], Now)).Then(new SkillClaimWithdrawn(Ben, Weld, Now));
        Spec.Given().When(new WithdrawClaim(Ben, [Weld], Now)).Then();
    }

    [Fact]
    public void There_are_only_so_many_claims()
    {
        LevelEvent[] many = [.. Enumerable.Range(0, ClaimLevel.MaxClaims).Select(i => new SkillLevelClaimed(Ben, $"urn:{i}", 3, Now))];

        Spec.Given(many).When(new ClaimLevel(Ben, Weld, 3, Now)).ThenRefused(ClaimLevel.TooMany);
        Spec.Given(many).When(new ClaimLevel(Ben, "urn:7", 4, Now)).Then(new SkillLevelClaimed(Ben, "urn:7", 4, Now));
    }

    [Fact]
    public void A_credential_shows_the_step_in_which_its_level_lies() => Spec.Given().When(new ShowEvidence(Grant)).Then(Shown);

    [Fact]
    public void The_same_event_told_again_adds_nothing()
    {
        Spec.Given(Shown).When(new ShowEvidence(Grant)).Then();
        var ended = new SkillEvidenceEnded(Ben, Credential, Withdrawn, Now);
        Spec.Given(Shown).When(new EndEvidence(Ben, Credential, Withdrawn, Now)).Then(ended);
        Spec.Given(Shown, ended).When(new EndEvidence(Ben, Credential, Withdrawn, Now)).Then();
        Spec.Given(Shown, ended).When(new ShowEvidence(Grant)).Then();
        Spec.Given().When(new EndEvidence(Ben, Credential, Withdrawn, Now)).Then();
    }

    [Fact]
    public void An_audit_is_taken_over_once_with_what_counted()
    {
        ValueList<SkillResult> results =
        [
            new(Ben, Acme, Weld, 5, 5, 2, null, 1), new(Ben, Acme, Sell, 3, 2, null, null, 0), new(Ben, Acme, "urn:third", 3, null, 3, 40, 3), new(Ben, Acme, "urn:fourth", 1, null, null, null, 2),
        ];
        var rate = new RateLevels(Ben, Spring, Acme, results, Succession.None, Now);
        var rated = new SkillLevelsRated(
            Ben, Spring, Acme, [Weld, Sell], ValueList.Of<int>([5, 2]), [Weld, "urn:third"], ValueList.Of<int>([2, 4]),
            [new(Weld, 5), new(Sell, 3), new("urn:third", 3), new("urn:fourth", 1)], ValueList.Of<int>([4, 2, 4, -1]), Now);

        Spec.Given(Shown).When(rate).Then(rated);
        Spec.Given(Shown, rated).When(rate).Then();
        new PublishedGaps().Publish(new(Guid.NewGuid(), 1, Guid.NewGuid(), Now, 1, "", new(null, null, null, null, null, null, 1), rated))
            .ShouldBeOfType<SkillGapsFound>().Gaps.ShouldBe([new(Weld, 5, 4), new(Sell, 3, 2), new("urn:fourth", 1, null)]);
    }
}
