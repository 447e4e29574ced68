using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Projections;
using ClusterNet.Skills.Contracts;

namespace ClusterNet.Skills.Levels;

/// <summary>
/// Who sees which levels: the person all; others what is claimed and evidenced if they see the person's profile; managers of a firm where the person works
/// also what was rated, and what the person said of oneself in an audit.
/// </summary>
internal sealed class LevelDesk(LevelReads reads, IPeopleNames people, IFirmDirectory directory, TimeProvider clock) : ISkillLevels
{
    public async Task<IReadOnlyList<SkillLevel>> SeenBy(Caller caller, IReadOnlyCollection<Id<Person>> persons, CancellationToken ct)
    {
        var profiles = await people.ProfilesSeenBy(caller, persons, ct);
        var firms = await directory.FirmsOf(persons, ct);
        var now = clock.GetUtcNow();
        return
        [
            .. (await reads.Of(persons, ct)).Where(l => MaySee(l)).Select(l => new SkillLevel(
                l.Person, l.SkillUri, WireNames.Of(l.Source), l.Level, Decay.Of(l.Source, l.Level, l.At, now), Decay.IsStale(l.Source, l.At, now), l.At, l.Audit)
            {
                WasUri = l.WasUri,
            }),
        ];

        bool MaySee(HeldLevel level) => level.Person == caller.Person
            || firms.GetValueOrDefault(level.Person, []).Any(f => caller.Is(Role.Manager, RoleScope.Firm(f)))
            || (!IsOfAudit(level) && profiles.Contains(level.Person));

        // What was said in an audit, of oneself too, was said to the firm.
        static bool IsOfAudit(HeldLevel level) => level.Source == LevelSource.Rated || level.Audit is not null;
    }

    public Task<IReadOnlyList<Id<Person>>> Holders(IReadOnlyCollection<string> skillUris, CancellationToken ct) => reads.Holders(skillUris, ct);
}
