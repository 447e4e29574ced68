using ClusterNet.Access.Contracts;
using ClusterNet.Accreditation.Standards;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Skills.Contracts;

namespace ClusterNet.Accreditation.Applications;

/// <summary>A standard that somebody could go for.</summary>
/// <param name="Level">The best level that the person has in its skill, by whatever source; null for none.</param>
/// <param name="Counting">The records that count already, the newest first.</param>
/// <param name="Open">The person's application by it that is not decided yet.</param>
internal sealed record Proposal(
    Id<Standard> Standard, string Title, int EqfLevel, SkillLevel? Level, IReadOnlyList<RecordFacts> Counting, IReadOnlyList<Shortfall> Lacks, ApplicationRow? Open);

/// <summary>
/// Guidance in stage one, identification: which standards fit what somebody has learnt, what counts already, and what is missing (Council Recommendation
/// 2012/C 398/01, points 2 and 3).
/// </summary>
internal sealed class GuidanceDesk(
    ReadinessDesk readiness, ILearningRecords records, ISkillLevels levels, Streams<Standard, StandardEvent> standards, Database database, TimeProvider clock)
{
    /// <summary>Of the standards of the caller's clusters, those in whose skill there is a record or a level; the nearest ones first.</summary>
    public async Task<IReadOnlyList<Proposal>> Of(Caller caller, CancellationToken ct)
    {
        var rows = await readiness.NewestFor(caller, ct);
        if (rows.Count == 0) return [];
        var all = await records.Touching(caller.Person, [.. rows.Select(r => r.Skill).Distinct()], ct);
        var held = (await levels.SeenBy(caller, [caller.Person], ct)).ToLookup(l => l.SkillUri);
        var open = await database.Query(
            AccreditationModule.Name, Statement.Of(Applications.Table.Select("where candidate = $1 and open"), caller.Person.Value), Applications.Table.Read, ct);
        var proposals = new List<Proposal>();
        foreach (var row in rows)
        {
            RecordFacts[] touching = [.. all.Where(r => r.SkillUris.Contains(row.Skill)).OrderByDescending(r => r.HappenedAt)];
            var level = held[row.Skill].MaxBy(l => l.Counts);
            if ((touching.Length == 0 && level is null) || (await standards.Load(row.Id.Value, ct)).State is not Standard.Existing { Terms: var terms }) continue;
            var now = clock.GetUtcNow();
            proposals.Add(new(
                row.Id, row.Title, row.EqfLevel, level, [.. touching.Where(r => StandardReadiness.Judge(caller.Person, [r], terms, now).Counting > 0)],
                StandardReadiness.Judge(caller.Person, touching, terms, now).Lacks, open.Find(a => a.Lineage == row.Lineage)));
        }

        return [.. proposals.OrderBy(p => p.Lacks.Count).ThenByDescending(p => p.Counting.Count).ThenBy(p => p.Title, StringComparer.CurrentCulture)];
    }
}
