using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Resources.Rules;
using RuleSpec = ClusterNet.Tests.Spec<ClusterNet.Resources.Rules.PoolRules, ClusterNet.Resources.Rules.PoolRulesEvent>;

namespace ClusterNet.Tests.Resources.Rules;

public sealed class PoolRulesTests
{
    private static readonly Id<Cluster> Valley = new(Guid.NewGuid());
    private static readonly Id<Person> Cora = new(Guid.NewGuid()), Ada = new(Guid.NewGuid());
    private static readonly Id<Firm> Acme = new(Guid.NewGuid()), Bolt = new(Guid.NewGuid()), Cask = new(Guid.NewGuid()), Stranger = new(Guid.NewGuid());
    private static readonly Id<RuleProposal> First = new(Guid.NewGuid()), Second = new(Guid.NewGuid());
    private static readonly AllocationRule Fair = new(50, 20, 30), Other = new(100, 0, 0);
    private static readonly DateTimeOffset Now = new(2027, 1, 10, 9, 0, 0, TimeSpan.Zero), Until = Now.AddDays(14);

    [Fact]
    public void A_rule_is_proposed_to_the_firms_of_the_pool() => RuleSpec.Given().When(Propose(First, Fair)).Then(Proposed(First, Fair));

    [Fact]
    public void The_same_proposal_again_adds_nothing() => RuleSpec.Given(Proposed(First, Fair)).When(Propose(First, Fair)).Then();

    [Fact]
    public void One_rule_is_voted_on_at_a_time() => RuleSpec.Given(Proposed(First, Fair)).When(Propose(Second, Other)).ThenRefused(ProposeRule.AnotherOpen);

    [Fact]
    public void When_its_time_is_over_another_may_be_proposed() =>
        RuleSpec.Given(Proposed(First, Fair)).When(Propose(Second, Other) with { Now = Until, VotesUntil = Until.AddDays(7) })
            .Then(Proposed(Second, Other) with { At = Until, VotesUntil = Until.AddDays(7) });

    [Fact]
    public void What_is_in_force_is_not_proposed_again() =>
        RuleSpec.Given(Proposed(First, Fair), new PoolRuleAdopted(First, 1, Now)).When(Propose(Second, Fair)).ThenRefused(ProposeRule.InForce);

    [Fact]
    public void A_vote_is_noted() => RuleSpec.Given(Proposed(First, Fair)).When(Vote(Acme, true)).Then(Voted(Acme, true));

    [Fact]
    public void More_than_half_of_all_firms_adopt_it() =>
        RuleSpec.Given(Proposed(First, Fair), Voted(Acme, true)).When(Vote(Bolt, true)).Then(Voted(Bolt, true), new PoolRuleAdopted(First, 1, Now));

    [Fact]
    public void The_second_rule_is_the_second_version() =>
        RuleSpec.Given(Proposed(First, Fair), new PoolRuleAdopted(First, 1, Now), Proposed(Second, Other), Voted(Acme, true) with { Proposal = Second })
            .When(Vote(Bolt, true) with { Proposal = Second }).Then(Voted(Bolt, true) with { Proposal = Second }, new PoolRuleAdopted(Second, 2, Now));

    [Fact]
    public void When_no_majority_is_left_it_is_rejected() =>
        RuleSpec.Given(Proposed(First, Fair), Voted(Acme, false)).When(Vote(Bolt, false)).Then(Voted(Bolt, false), new PoolRuleRejected(First, Now));

    [Fact]
    public void A_firm_changes_its_vote_and_the_last_counts() =>
        RuleSpec.Given(Proposed(First, Fair), Voted(Acme, true), Voted(Acme, false)).When(Vote(Bolt, true)).Then(Voted(Bolt, true));

    [Fact]
    public void The_same_vote_again_adds_nothing() => RuleSpec.Given(Proposed(First, Fair), Voted(Acme, true)).When(Vote(Acme, true)).Then();

    [Fact]
    public void A_firm_that_was_not_admitted_has_no_vote() => RuleSpec.Given(Proposed(First, Fair)).When(Vote(Stranger, true)).ThenRefused(VoteOnRule.NoVote);

    [Fact]
    public void A_firm_that_left_has_no_vote_and_is_not_counted()
    {
        var left = Vote(Bolt, true) with { Members = new HashSet<Id<Firm>> { Bolt, Cask } };
        RuleSpec.Given(Proposed(First, Fair), Voted(Acme, true)).When(left).Then(Voted(Bolt, true));
        RuleSpec.Given(Proposed(First, Fair), Voted(Acme, false)).When(left with { Firm = Acme }).ThenRefused(VoteOnRule.NoVote);
        RuleSpec.Given(Proposed(First, Fair), Voted(Acme, false), Voted(Bolt, true)).When(left with { Firm = Cask }).Then(Voted(Cask, true), new PoolRuleAdopted(First, 1, Now));
    }

    [Fact]
    public void After_its_time_nobody_votes() => RuleSpec.Given(Proposed(First, Fair)).When(Vote(Acme, true) with { Now = Until }).ThenRefused(VoteOnRule.TooLate);

    [Fact]
    public void Nobody_votes_on_what_is_not_proposed() => RuleSpec.Given().When(Vote(Acme, true)).ThenRefused(PoolRules.ProposalUnknown);

    [Fact]
    public void Who_proposed_it_or_the_coordinator_withdraws_it()
    {
        RuleSpec.Given(Proposed(First, Fair)).When(new WithdrawRule(First, Cora, false, Now)).Then(new PoolRuleWithdrawn(First, Cora, Now));
        RuleSpec.Given(Proposed(First, Fair)).When(new WithdrawRule(First, Ada, true, Now)).Then(new PoolRuleWithdrawn(First, Ada, Now));
        RuleSpec.Given(Proposed(First, Fair)).When(new WithdrawRule(First, Ada, false, Now)).ThenRefused(WithdrawRule.NotYours);
        RuleSpec.Given().When(new WithdrawRule(First, Cora, false, Now)).ThenRefused(PoolRules.ProposalUnknown);
    }

    private static ProposeRule Propose(Id<RuleProposal> id, AllocationRule rule) => new(id, Valley, rule, "fair", Until, [Acme, Bolt, Cask], Cora, Now);

    private static PoolRuleProposed Proposed(Id<RuleProposal> id, AllocationRule rule) => new(id, Valley, rule, "fair", Until, [Acme, Bolt, Cask], Cora, Now);

    private static VoteOnRule Vote(Id<Firm> firm, bool inFavour) => new(First, firm, inFavour, new HashSet<Id<Firm>> { Acme, Bolt, Cask, Stranger }, Ada, Now);

    private static PoolRuleVoted Voted(Id<Firm> firm, bool inFavour) => new(First, firm, inFavour, Ada, Now);
}
