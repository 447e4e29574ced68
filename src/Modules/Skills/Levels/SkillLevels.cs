using System.Diagnostics;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Skills.Contracts;

namespace ClusterNet.Skills.Levels;

internal abstract record LevelEvent;

[StoredAs("skill_level_claimed")]
internal sealed record SkillLevelClaimed(
    Id<Person> Person, string SkillUri, [PersonalData(nameof(SkillLevelClaimed.Person), KeyClass.Learning)] Personal<int> Level,
    DateTimeOffset At) : LevelEvent;

[StoredAs("skill_claim_withdrawn")]
internal sealed record SkillClaimWithdrawn(Id<Person> Person, string SkillUri, DateTimeOffset At) : LevelEvent;

/// <summary>What an audit found out about a person when it was closed.</summary>
/// <param name="ClaimedUris">Skills that the person rated; their levels in the same order.</param>
/// <param name="RatedUris">Skills that others rated; their levels in the same order.</param>
/// <param name="Required">What the person's profiles asked for in the audit.</param>
/// <param name="Effective">For each of <paramref name="Required"/> the level that counted; -1 where nothing was known.</param>
[StoredAs("skill_levels_rated")]
internal sealed record SkillLevelsRated(
    Id<Person> Person, Id<Audit> Audit, Id<Firm> Firm, ValueList<string> ClaimedUris,
    [PersonalData(nameof(SkillLevelsRated.Person), KeyClass.Learning)] Personal<ValueList<int>> ClaimedLevels,
    ValueList<string> RatedUris, [PersonalData(nameof(SkillLevelsRated.Person), KeyClass.Learning)] Personal<ValueList<int>> RatedLevels,
    ValueList<RequiredSkill> Required, [PersonalData(nameof(SkillLevelsRated.Person), KeyClass.Learning)] Personal<ValueList<int>> Effective,
    DateTimeOffset At) : LevelEvent
{
    public const int Unknown = -1;
}

/// <param name="Source">The credential or learning record.</param>
/// <param name="Level">The step; 0 where the evidence speaks of no level, as a learning record's.</param>
/// <param name="EventId">The event of the module above that brought it, so that telling it again adds nothing.</param>
[StoredAs("skill_evidence_shown")]
internal sealed record SkillEvidenceShown(
    Id<Person> Person, Guid Source, EvidenceKind Kind, ValueList<string> SkillUris,
    [PersonalData(nameof(SkillEvidenceShown.Person), KeyClass.Learning)] Personal<int> Level, Guid EventId, DateTimeOffset At) : LevelEvent;

/// <summary>A credential was suspended or withdrawn, a record disputed: it counts no more.</summary>
[StoredAs("skill_evidence_ended")]
internal sealed record SkillEvidenceEnded(Id<Person> Person, Guid Source, Guid EventId, DateTimeOffset At) : LevelEvent;

/// <summary>A skill with the step that a role needs.</summary>
internal sealed record RequiredSkill(string SkillUri, int Level);

/// <summary>The levels of one person's skills from three sources, kept apart: what the person claims, what others rated, what is evidenced.</summary>
internal sealed record SkillLevels(
    ValueList<SkillLevels.Claim> Claims, ValueList<SkillLevels.Evidence> Evidences, ValueList<Guid> Told, ValueList<Id<Audit>> Audits)
    : IState<SkillLevels, LevelEvent>
{
    public static SkillLevels Initial { get; } = new([], [], [], []);

    public static Guid IdOf(Id<Person> person) => NamedGuid.Of("skill-levels", person.ToString());

    public static SkillLevels Evolve(SkillLevels state, LevelEvent fact) => fact switch
    {
        SkillLevelClaimed e => state.Claimed(e.SkillUri, e.Level, e.At),
        SkillClaimWithdrawn e => state with { Claims = [.. state.Claims.Where(c => c.SkillUri != e.SkillUri)] },
        SkillLevelsRated e => e.ClaimedUris.Index()
            .Aggregate(state, (s, u) => s.Claimed(u.Item, e.ClaimedLevels.Select(l => l[u.Index]), e.At)) with
        {
            Audits = [.. state.Audits, e.Audit],
        },
        SkillEvidenceShown e => state with
        {
            Evidences = [.. state.Evidences.Where(x => x.Source != e.Source), new(e.Source, e.Kind, e.SkillUris, e.Level, e.At)],
            Told = [.. state.Told, e.EventId],
        },
        SkillEvidenceEnded e => state with
        {
            Evidences = [.. state.Evidences.Where(x => x.Source != e.Source)],
            Told = [.. state.Told, e.EventId],
        },
        _ => throw new UnreachableException(fact.GetType().Name),
    };

    private SkillLevels Claimed(string skill, Personal<int> level, DateTimeOffset at) =>
        this with { Claims = [.. Claims.Where(c => c.SkillUri != skill), new(skill, level, at)] };

    internal sealed record Claim(string SkillUri, Personal<int> Level, DateTimeOffset At);

    internal sealed record Evidence(Guid Source, EvidenceKind Kind, ValueList<string> SkillUris, Personal<int> Level, DateTimeOffset At);
}
