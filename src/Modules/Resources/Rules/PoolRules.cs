using System.Diagnostics;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;

namespace ClusterNet.Resources.Rules;

internal abstract record PoolRulesEvent;

/// <param name="Voters">The firms that were admitted to the cluster then: each has one vote, while it stays.</param>
[StoredAs("pool_rule_proposed")]
internal sealed record PoolRuleProposed(
    Id<RuleProposal> Proposal, Id<Cluster> Cluster, AllocationRule Rule, [PersonalData(nameof(By), KeyClass.FreeText)] Personal<string> Grounds, DateTimeOffset VotesUntil,
    ValueList<Id<Firm>> Voters, Id<Person> By, DateTimeOffset At) : PoolRulesEvent;

[StoredAs("pool_rule_voted")]
internal sealed record PoolRuleVoted(Id<RuleProposal> Proposal, Id<Firm> Firm, bool InFavour, Id<Person> By, DateTimeOffset At) : PoolRulesEvent;

/// <param name="Version">1 for a pool's first rule.</param>
[StoredAs("pool_rule_adopted")]
internal sealed record PoolRuleAdopted(Id<RuleProposal> Proposal, int Version, DateTimeOffset At) : PoolRulesEvent;

[StoredAs("pool_rule_rejected")]
internal sealed record PoolRuleRejected(Id<RuleProposal> Proposal, DateTimeOffset At) : PoolRulesEvent;

[StoredAs("pool_rule_withdrawn")]
internal sealed record PoolRuleWithdrawn(Id<RuleProposal> Proposal, Id<Person> By, DateTimeOffset At) : PoolRulesEvent;

/// <summary>A rule that is voted on.</summary>
/// <param name="Votes">The last vote of each firm that has voted.</param>
internal sealed record RuleProposal(
    Id<RuleProposal> Id, AllocationRule Rule, Personal<string> Grounds, DateTimeOffset VotesUntil, ValueList<Id<Firm>> Voters, ValueList<RuleVote> Votes, Id<Person> By, DateTimeOffset At)
{
    public int InFavour => Votes.Count(v => v.InFavour);

    public int Against => Votes.Count(v => !v.InFavour);

    /// <summary>More than half of all firms, whether they vote or not.</summary>
    public int Needed => (Voters.Count / 2) + 1;

    public bool IsOpen(DateTimeOffset now) => now < VotesUntil;

    /// <summary>As it stands among the firms that are in the cluster now: one that left has no vote any more, and is not counted.</summary>
    public RuleProposal Among(IReadOnlySet<Id<Firm>> members) =>
        this with { Voters = [.. Voters.Where(members.Contains)], Votes = [.. Votes.Where(v => members.Contains(v.Firm))] };
}

internal sealed record RuleVote(Id<Firm> Firm, bool InFavour);

/// <summary>A rule that was adopted.</summary>
internal sealed record RuleVersion(int Version, AllocationRule Rule, DateTimeOffset Since);

/// <summary>How the pool of a cluster is shared out: the rules that its member firms adopted, and the one that they vote on.</summary>
internal sealed record PoolRules(ValueList<RuleVersion> Versions, RuleProposal? Proposal) : IState<PoolRules, PoolRulesEvent>
{
    public static readonly Refusal ProposalUnknown = new("proposal-unknown", "There is no such proposal to vote on. Look at the pool's rules.", 404);

    public static PoolRules Initial { get; } = new([], null);

    /// <summary>Null until a first one is adopted: then nothing is shared out, and everybody books what is free.</summary>
    public RuleVersion? InForce => Versions.Count == 0 ? null : Versions[^1];

    public static Guid IdOf(Id<Cluster> cluster) => NamedGuid.Of("pool-rules", cluster.ToString());

    public static PoolRules Evolve(PoolRules state, PoolRulesEvent fact) => (state.Proposal, fact) switch
    {
        (_, PoolRuleProposed e) => state with { Proposal = new(e.Proposal, e.Rule, e.Grounds, e.VotesUntil, e.Voters, [], e.By, e.At) },
        ({ } p, PoolRuleVoted e) => state with { Proposal = p with { Votes = [.. p.Votes.Where(v => v.Firm != e.Firm), new(e.Firm, e.InFavour)] } },
        ({ } p, PoolRuleAdopted e) => new([.. state.Versions, new(e.Version, p.Rule, e.At)], null),
        (_, PoolRuleRejected or PoolRuleWithdrawn) => state with { Proposal = null },
        _ => throw new UnreachableException(fact.GetType().Name),
    };
}
