using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Resources.Resources;
using Microsoft.Extensions.Localization;

namespace ClusterNet.Resources.Rules;

/// <summary>For managers: rules that wait for the firm's vote.</summary>
internal sealed class RuleTasks(IFirmDirectory directory, Streams<PoolRules, PoolRulesEvent> rules, IStringLocalizer<RuleTexts> text, TimeProvider clock) : IHomeTasks
{
    public async Task<IReadOnlyList<HomeTask>> Of(Caller caller, CancellationToken ct)
    {
        var firms = caller.ScopesOf(ScopeKind.Firm, Role.Manager).Select(f => new Id<Firm>(f)).ToList();
        if (firms.Count == 0) return [];
        var tasks = new List<HomeTask>();
        foreach (var cluster in await directory.ClustersOf(caller, ct))
        {
            if ((await rules.Load(PoolRules.IdOf(cluster), ct)).State.Proposal is { } open && open.IsOpen(clock.GetUtcNow()) && firms.Any(f => open.Voters.Contains(f) && open.Votes.All(v => v.Firm != f)))
                tasks.Add(new("pool-rule-to-vote", text["TaskVote"], $"/pools/{cluster}/rules", DateOnly.FromDateTime(open.VotesUntil.UtcDateTime)));
        }

        return tasks;
    }
}
