using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Skills.Audits;
using ClusterNet.Skills.Catalogue;
using ClusterNet.Skills.Contracts;
using ClusterNet.Skills.Scale;

namespace ClusterNet.Skills.Levels;

/// <summary>Takes over what an audit found: once, however often it is told.</summary>
/// <param name="Names">Evidence of a skill counts for the one that stands in its place.</param>
internal sealed record RateLevels(
    Id<Person> Person, Id<Audit> Audit, Id<Firm> Firm, ValueList<SkillResult> Results, Succession Names, DateTimeOffset Now)
    : ICommand<SkillLevels, LevelEvent>
{
    public Decision<LevelEvent> Decide(SkillLevels state)
    {
        if (state.Audits.Contains(Audit)) return Decision<LevelEvent>.Nothing;
        var (claimed, rated) = (Results.Where(r => r.Self is not null).ToList(), Results.Where(r => r.Rated is not null).ToList());
        return new SkillLevelsRated(
            Person, Audit, Firm, [.. claimed.Select(r => r.SkillUri)], ValueList.Of<int>([.. claimed.Select(r => r.Self!.Value)]), // not null: filtered
            [.. rated.Select(r => r.SkillUri)], ValueList.Of<int>([.. rated.Select(r => r.Rated!.Value)]), // as above
            [.. Results.Select(r => new RequiredSkill(r.SkillUri, r.Required))], ValueList.Of<int>([.. Results.Select(r => Effective(r, state))]), Now);
    }

    /// <summary>What counts for the gap: evidence, else this audit's ratings, else what the person said in it.</summary>
    private int Effective(SkillResult result, SkillLevels state)
    {
        var evidence = state.Evidences.Where(e => e.SkillUris.Any(u => Names.Now(u) == Names.Now(result.SkillUri))).Select(e => new LevelRow(
            Guid.Empty, Person, result.SkillUri, LevelSource.Evidenced, e.Source, null, e.Kind, e.Level, e.At));
        List<HeldLevel> held = [.. LevelReads.Of(evidence, Succession.None)];
        if (result.Rated is { } rated) held.Add(new(Person, result.SkillUri, LevelSource.Rated, rated, Now, Audit));
        if (result.Self is { } self) held.Add(new(Person, result.SkillUri, LevelSource.Claimed, self, Now, Audit));
        return Decay.Effective(held, Now) ?? SkillLevelsRated.Unknown;
    }
}

internal sealed record ClaimLevel(Id<Person> Person, string SkillUri, int Level, DateTimeOffset Now) : ICommand<SkillLevels, LevelEvent>
{
    public const int MaxClaims = 300;

    public static readonly Refusal TooMany = new("too-many-claims", $"One claims {MaxClaims} skills at most. Withdraw what matters least.");

    public Decision<LevelEvent> Decide(SkillLevels state) =>
        state.Claims.Count >= MaxClaims && state.Claims.All(c => c.SkillUri != SkillUri) ? TooMany : new SkillLevelClaimed(Person, SkillUri, Level, Now);
}

internal sealed record WithdrawClaim(Id<Person> Person, ValueList<string> SkillUris, DateTimeOffset Now) : ICommand<SkillLevels, LevelEvent>
{
    public Decision<LevelEvent> Decide(SkillLevels state) =>
        Decision<LevelEvent>.Of([.. state.Claims.Where(c => SkillUris.Contains(c.SkillUri)).Select(c => new SkillClaimWithdrawn(Person, c.SkillUri, Now))]);
}

internal sealed record ShowEvidence(SkillEvidence Told) : ICommand<SkillLevels, LevelEvent>
{
    public Decision<LevelEvent> Decide(SkillLevels state)
    {
        var level = Told.EqfLevel is { } eqf ? SkillScale.OfEqf(eqf) : SkillScale.NotYet;
        ValueList<string> skills = [.. Told.SkillUris.Distinct()];
        return state.Told.Contains(Told.EventId) || state.Evidences.Contains(new(Told.Source, Told.Kind, skills, level, Told.At))
            ? Decision<LevelEvent>.Nothing
            : new SkillEvidenceShown(Told.Person, Told.Source, Told.Kind, skills, level, Told.EventId, Told.At);
    }
}

internal sealed record EndEvidence(Id<Person> Person, Guid Source, Guid EventId, DateTimeOffset Now) : ICommand<SkillLevels, LevelEvent>
{
    public Decision<LevelEvent> Decide(SkillLevels state) => state.Told.Contains(EventId) || state.Evidences.All(e => e.Source != Source)
        ? Decision<LevelEvent>.Nothing
        : new SkillEvidenceEnded(Person, Source, EventId, Now);
}

/// <summary>The port through which modules above tell evidence.</summary>
internal sealed class EvidencePort(Streams<SkillLevels, LevelEvent> levels, TimeProvider clock) : ISkillEvidence
{
    public Task Show(SkillEvidence evidence, CancellationToken ct) => Run(evidence.Person, new ShowEvidence(evidence), ct);

    public Task End(Id<Person> person, Guid source, Guid eventId, CancellationToken ct) =>
        Run(person, new EndEvidence(person, source, eventId, clock.GetUtcNow()), ct);

    private async Task Run(Id<Person> person, ICommand<SkillLevels, LevelEvent> command, CancellationToken ct)
    {
        var outcome = await levels.Execute(SkillLevels.IdOf(person), command, new(CommandMetadata.System("skill-evidence")), ct);
        if (outcome is not Outcome.Written) throw new InvalidOperationException($"Evidence for {person} could not be taken over: {outcome}.");
    }
}
