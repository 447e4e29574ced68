using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Skills.Catalogue;
using ClusterNet.Skills.Contracts;
using ClusterNet.Skills.Scale;

namespace ClusterNet.Skills.Levels;

/// <summary>The levels of persons: for each skill and source the one that counts, which is the newest (of evidence the highest). Skills are under their names of now.</summary>
internal sealed class LevelReads(Database database, Successions successions)
{
    /// <summary>So many confirmed records of a skill show that somebody does it, with guidance; fewer that the basics are there.</summary>
    private const int RecordsForStepTwo = 3;

    public async Task<IReadOnlyList<HeldLevel>> Of(IReadOnlyCollection<Id<Person>> persons, CancellationToken ct)
    {
        if (persons.Count == 0) return [];
        var rows = await database.Query(
            SkillsModule.Name,
            Statement.Of(LevelRows.Table.Select("where person = any($1)"), persons.Select(p => p.Value).Distinct().ToArray()),
            LevelRows.Table.Read, ct);
        return Of(rows, await successions.Of(rows.Select(r => r.SkillUri), ct));
    }

    /// <summary>Who has a level in one of the skills.</summary>
    public async Task<IReadOnlyList<Id<Person>>> Holders(IReadOnlyCollection<string> skillUris, CancellationToken ct) => await database.Query(
        SkillsModule.Name, Statement.Of("select distinct person from skills.levels where skill_uri = any($1) and level > 0 order by person", [skillUris.ToArray()]),
        r => new Id<Person>(r.GetGuid(0)), ct);

    /// <summary>Of rows those that count. Rows of erased persons say nothing.</summary>
    internal static IReadOnlyList<HeldLevel> Of(IEnumerable<LevelRow> rows, Succession names) =>
    [
        .. rows.Where(r => r.Level.IsKnown).GroupBy(r => (r.Person, Skill: names.Now(r.SkillUri), r.Source))
            .Select(g => g.Key.Source == LevelSource.Evidenced ? Evidenced([.. g], names) : Held(g.OrderByDescending(r => r.At).ThenBy(r => r.Reference).First(), names))
            .OrderBy(l => l.Person).ThenBy(l => l.SkillUri, StringComparer.Ordinal).ThenBy(l => l.Source),
    ];

    private static HeldLevel Held(LevelRow row, Succession names) =>
        new(row.Person, names.Now(row.SkillUri), row.Source, row.Level.Or(SkillScale.NotYet), row.At, row.Audit) { WasUri = names.Was(row.SkillUri) };

    private static HeldLevel Evidenced(IReadOnlyList<LevelRow> rows, Succession names)
    {
        var credential = rows.Where(r => r.Kind == EvidenceKind.Credential).OrderByDescending(r => r.Level.Or(0)).ThenByDescending(r => r.At).FirstOrDefault();
        var records = rows.Where(r => r.Kind == EvidenceKind.Record).DistinctBy(r => r.Reference).ToList();
        var step = records.Count >= RecordsForStepTwo ? 2 : 1;
        if (credential is not null && (records.Count == 0 || credential.Level.Or(0) >= step)) return Held(credential, names);
        return Held(records.MaxBy(r => r.At)!, names) with { Level = step }; // without a credential there are records
    }
}
