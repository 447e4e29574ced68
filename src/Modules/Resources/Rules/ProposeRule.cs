using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Resources.Rules;

internal sealed record ProposeRule(
    Id<RuleProposal> Proposal, Id<Cluster> Cluster, AllocationRule Rule, string Grounds, DateTimeOffset VotesUntil, ValueList<Id<Firm>> Voters, Id<Person> By, DateTimeOffset Now)
    : ICommand<PoolRules, PoolRulesEvent>
{
    public static readonly Refusal AnotherOpen = new("proposal-open", "Another rule is being voted on. Vote on that one, or wait until its time is over.");

    public static readonly Refusal InForce = new("rule-in-force", "This rule is in force already. Propose another one.");

    private static readonly Refusal WrongTime = new("voting-time", "Firms have an hour at least to vote, and ninety days at most. Correct 'votesUntil'.", 422);

    public Decision<PoolRulesEvent> Decide(PoolRules state) => state switch
    {
        { Proposal: { } open } when open.Id == Proposal => Decision<PoolRulesEvent>.Nothing,
        _ when VotesUntil < Now.AddHours(1) || VotesUntil > Now.AddDays(90) => WrongTime,
        { Proposal: { } open } when open.IsOpen(Now) => AnotherOpen.With("proposal", open.Id),
        _ when state.InForce?.Rule == Rule => InForce,
        _ => new PoolRuleProposed(Proposal, Cluster, Rule, Grounds, VotesUntil, Voters, By, Now),
    };
}

/// <summary>A firm's vote. The vote that makes a majority of all firms adopts the rule; the one after which there can be none rejects it.</summary>
/// <param name="Members">The firms that are in the cluster now.</param>
internal sealed record VoteOnRule(Id<RuleProposal> Proposal, Id<Firm> Firm, bool InFavour, IReadOnlySet<Id<Firm>> Members, Id<Person> By, DateTimeOffset Now) : ICommand<PoolRules, PoolRulesEvent>
{
    public static readonly Refusal NoVote = new("no-vote", "The firm has no vote on this proposal: it was not admitted when it was made, or is not any more.", 403);

    public static readonly Refusal TooLate = new("voting-over", "The time to vote is over. Propose the rule again if it is still wanted.");

    public Decision<PoolRulesEvent> Decide(PoolRules state)
    {
        if (state.Proposal is not { } proposal || proposal.Id != Proposal) return PoolRules.ProposalUnknown;
        if (!proposal.IsOpen(Now)) return TooLate;
        if (!proposal.Among(Members).Voters.Contains(Firm)) return NoVote;
        if (proposal.Votes.Contains(new(Firm, InFavour))) return Decision<PoolRulesEvent>.Nothing;
        var vote = new PoolRuleVoted(Proposal, Firm, InFavour, By, Now);
        var after = (PoolRules.Evolve(state, vote).Proposal ?? proposal).Among(Members);
        if (after.InFavour >= after.Needed) return Decision<PoolRulesEvent>.Of(vote, new PoolRuleAdopted(Proposal, state.Versions.Count + 1, Now));
        return after.Voters.Count - after.Against < after.Needed ? Decision<PoolRulesEvent>.Of(vote, new PoolRuleRejected(Proposal, Now)) : vote;
    }
}

internal sealed record WithdrawRule(Id<RuleProposal> Proposal, Id<Person> By, bool Coordinates, DateTimeOffset Now) : ICommand<PoolRules, PoolRulesEvent>
{
    public static readonly Refusal NotYours = new("not-your-proposal", "Who made the proposal or the cluster's coordinator may withdraw it. Ask one of them.", 403);

    public Decision<PoolRulesEvent> Decide(PoolRules state) => state.Proposal switch
    {
        not { } => PoolRules.ProposalUnknown,
        { } open when open.Id != Proposal => PoolRules.ProposalUnknown,
        { } open when open.By != By && !Coordinates => NotYours,
        _ => new PoolRuleWithdrawn(Proposal, By, Now),
    };
}

internal static class RuleEndpoints
{
    /// <summary>Per cent that add up to a hundred.</summary>
    /// <param name="Limit">What happens when a firm reserves more than it has left: none, warn or refuse.</param>
    /// <param name="FreeDays">With refuse: so many days before a session begins, seats that nobody waits for are for all; 0 for never.</param>
    internal sealed record RuleBody(int ByContribution, int ByHead, int Solidarity, UseLimit Limit = UseLimit.None, int FreeDays = 0)
    {
        public AllocationRule ToRule() => new(ByContribution, ByHead, Solidarity) { Limit = Limit, FreeDays = Limit == UseLimit.Refuse ? FreeDays : 0 };
    }

    /// <param name="Grounds">Why, in a few sentences.</param>
    internal sealed record ProposalBody(RuleBody Rule, string Grounds, DateTimeOffset VotesUntil) : IValidated
    {
        public void Validate(Faults faults)
        {
            faults.Text("grounds", Grounds, 1, 2_000);
            faults.Check(Rule.ToRule().IsSound, "rule", "hundred-per-cent", "The three parts are per cent: none below zero, together a hundred.");
            faults.Whole("rule/freeDays", Rule.FreeDays, 0, 365);
        }
    }

    internal sealed record VoteBody(Id<Firm> Firm, bool InFavour);

    /// <param name="Votes">How each firm voted: member firms vote in the open.</param>
    internal sealed record ProposalView(
        Id<RuleProposal> Id, AllocationRule Rule, Personal<string> Grounds, DateTimeOffset VotesUntil, bool Open, int InFavour, int Against, int Needed, IReadOnlyList<RuleVote> Votes, Id<Person> By);

    /// <param name="InForce">Null until a first rule is adopted.</param>
    internal sealed record RulesView(RuleVersion? InForce, IReadOnlyList<RuleVersion> Versions, ProposalView? Proposal, long Version);

    internal static void MapRules(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/resources/clusters/{cluster}/rules", Show)
            .WithName("ShowPoolRules").WithSummary("How the pool is shared out, by which rules before, and what is voted on")
            .Produces<RulesView>().SignedInMayCall("who belongs to the cluster");
        routes.MapPost("/resources/clusters/{cluster}/rules/proposals", Propose)
            .WithName(nameof(ProposeRule)).WithSummary("Propose how the pool is to be shared out; the firms admitted now vote on it")
            .WithDescription("byContribution, byHead and solidarity are per cent. Adopted as soon as more than half of all firms are in favour.")
            .WithExample(new ProposalBody(new(50, 20, 30), "Who gives much should have more, and nobody is left out.", new(2027, 2, 1, 12, 0, 0, TimeSpan.Zero)))
            .SignedInMayCall("managers of the cluster's firms, and its coordinator");
        routes.MapPost("/resources/clusters/{cluster}/rules/proposals/{proposal}/votes", Vote)
            .WithName(nameof(VoteOnRule)).WithSummary("Vote for a firm; the last vote of a firm counts")
            .WithExample(new VoteBody(new(Guid.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e5f")), true))
            .SignedInMayCall("a manager of the firm");
        routes.MapPost("/resources/clusters/{cluster}/rules/proposals/{proposal}/withdrawal", Withdraw)
            .WithName(nameof(WithdrawRule)).WithSummary("Withdraw a proposal that is voted on")
            .SignedInMayCall("who made it, and the coordinator of the cluster");
    }

    private static async Task<IResult> Show(
        Id<Cluster> cluster, Caller caller, Standing standing, IFirmDirectory firms, Streams<PoolRules, PoolRulesEvent> rules, TimeProvider clock, HttpContext http, CancellationToken ct)
    {
        if (!await standing.MaySee(caller, cluster, ct)) return Problems.From(Standing.ClusterUnknown);
        var loaded = await rules.Load(PoolRules.IdOf(cluster), ct);
        if (loaded.Version > 0) ETags.Set(http, loaded.Version);
        return Results.Ok(new RulesView(loaded.State.InForce, loaded.State.Versions, loaded.State.Proposal is { } p ? Of(p.Among(await MembersOf(firms, cluster, ct)), clock.GetUtcNow()) : null, loaded.Version));
    }

    internal static async Task<IResult> Propose(
        Id<Cluster> cluster, ProposalBody body, Caller caller, Standing standing, IFirmDirectory firms, Streams<PoolRules, PoolRulesEvent> rules, Commands commands, TimeProvider clock,
        CancellationToken ct)
    {
        if (!await standing.MaySee(caller, cluster, ct)) return Problems.From(Standing.ClusterUnknown);
        ValueList<Id<Firm>> voters = [.. (await firms.AdmittedTo(cluster, ct)).Select(f => f.Firm).Order()];
        if (!voters.Any(firm => Standing.IsFor(caller, cluster, firm))) return Problems.From(Standing.NotForFirm);
        var id = Id<RuleProposal>.New(clock);
        var command = new ProposeRule(id, cluster, body.Rule.ToRule(), body.Grounds.Trim(), body.VotesUntil.ToUniversalTime(), voters, caller.Person, clock.GetUtcNow());
        return await commands.Run(rules, PoolRules.IdOf(cluster), command, Reply.Created(Link(cluster), id), ct);
    }

    internal static async Task<IResult> Vote(
        Id<Cluster> cluster, Id<RuleProposal> proposal, VoteBody body, Caller caller, Standing standing, IFirmDirectory firms, Streams<PoolRules, PoolRulesEvent> rules, Commands commands, TimeProvider clock,
        CancellationToken ct)
    {
        if (!await standing.MaySee(caller, cluster, ct)) return Problems.From(Standing.ClusterUnknown);
        if (!caller.Is(Role.Manager, RoleScope.Firm(body.Firm))) return Problems.From(NotYourFirm);
        return await commands.Run(
            rules, PoolRules.IdOf(cluster), new VoteOnRule(proposal, body.Firm, body.InFavour, await MembersOf(firms, cluster, ct), caller.Person, clock.GetUtcNow()), Reply.Changed(Link(cluster), proposal), ct);
    }

    internal static async Task<IResult> Withdraw(
        Id<Cluster> cluster, Id<RuleProposal> proposal, Caller caller, Standing standing, Streams<PoolRules, PoolRulesEvent> rules, Commands commands, TimeProvider clock, CancellationToken ct)
    {
        if (!await standing.MaySee(caller, cluster, ct)) return Problems.From(Standing.ClusterUnknown);
        var command = new WithdrawRule(proposal, caller.Person, caller.Is(Role.Coordinator, RoleScope.Cluster(cluster)), clock.GetUtcNow());
        return await commands.Run(rules, PoolRules.IdOf(cluster), command, Reply.Changed(Link(cluster), proposal), ct);
    }

    private static readonly Refusal NotYourFirm = new("not-for-this-firm", "A firm's vote is for one of its managers to give. Ask one of them.", 403);

    private static string Link(Id<Cluster> cluster) => $"/api/v1/resources/clusters/{cluster}/rules";

    internal static async Task<IReadOnlySet<Id<Firm>>> MembersOf(IFirmDirectory firms, Id<Cluster> cluster, CancellationToken ct) =>
        (await firms.AdmittedTo(cluster, ct)).Select(f => f.Firm).ToHashSet();

    private static ProposalView Of(RuleProposal p, DateTimeOffset now) =>
        new(p.Id, p.Rule, p.Grounds, p.VotesUntil, p.IsOpen(now), p.InFavour, p.Against, p.Needed, p.Votes, p.By);
}
