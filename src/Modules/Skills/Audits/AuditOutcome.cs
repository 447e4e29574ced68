using ClusterNet.EventStore;
using ClusterNet.Projections;
using ClusterNet.Skills.Catalogue;
using ClusterNet.Skills.Contracts;
using ClusterNet.Skills.Levels;

namespace ClusterNet.Skills.Audits;

/// <summary>When an audit closes, everybody's levels take over what it found; modules above are told that it closed.</summary>
internal sealed class AuditOutcome(AuditReads reads, Streams<SkillLevels, LevelEvent> levels, Successions successions) : IFactSource, ISubscription
{
    public string Name => "skills-audit-outcome";

    public string Module => SkillsModule.Name;

    public Type Family => typeof(CampaignEvent);

    public object? Publish(Recorded recorded) => recorded.Fact is AuditClosed e ? new SkillsAuditClosed(new(recorded.Stream), e.Cluster, e.Firms, e.At) : null;

    public bool Wants(IFactSource source) => source == this;

    public async Task Handle(PublishedFact fact, CancellationToken ct)
    {
        if (fact.Fact is not SkillsAuditClosed closed) return;
        foreach (var person in (await reads.Results(closed.Audit, ct)).GroupBy(r => (r.Person, r.Firm)))
        {
            var shown = (await levels.Load(SkillLevels.IdOf(person.Key.Person), ct)).State.Evidences.SelectMany(e => e.SkillUris);
            var names = await successions.Of(person.Select(r => r.SkillUri).Concat(shown), ct);
            var command = new RateLevels(person.Key.Person, closed.Audit, person.Key.Firm, [.. person], names, closed.At);
            var outcome = await levels.Execute(SkillLevels.IdOf(person.Key.Person), command, new(CommandMetadata.System("skills-audit")), ct);
            if (outcome is not Outcome.Written) throw new InvalidOperationException($"Results of audit {closed.Audit} could not be taken over: {outcome}.");
        }
    }
}
