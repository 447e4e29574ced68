using ClusterNet.Csv;
using ClusterNet.EventStore;
using ClusterNet.Skills.Contracts;

namespace ClusterNet.Skills.Catalogue.Intake;

/// <summary>What imports changed, with the names that concepts have now.</summary>
internal sealed class IntakeReports(Database database, ISkillCatalogue catalogue)
{
    public Task<List<IntakeRow>> List(Guid? before, int limit, CancellationToken ct) => database.Query(
        SkillsModule.Name, Statement.Of(IntakeList.Table.Select("where id < $1 order by id desc limit $2"), before ?? Guid.AllBitsSet, limit), IntakeList.Table.Read, ct);

    public async Task<CatalogueReport?> Read(Id<CatalogueIntake> intake, string language, CancellationToken ct)
    {
        var rows = await database.Query(SkillsModule.Name, Statement.Of(IntakeList.Table.Select("where id = $1"), intake.Value), IntakeList.Table.Read, ct);
        if (rows.FirstOrDefault() is not { } row) return null;
        var labels = await Labels(row, language, ct);
        return new(
            Summary.Of(row), Parts(row.Skills), Parts(row.Groups), Parts(row.Occupations),
            [.. row.Gone.Select(g => new GoneSkill(Named(g.Uri), [.. g.SuccessorUris.Select(Named)], [.. g.Uses.Select(u => new SkillUses(u.Kind, u.Count))]))], row.GoneCount);

        NamedConcept Named(string uri) => new(uri, labels.GetValueOrDefault(uri, uri));
        IReadOnlyList<Part> Parts(ValueList<PartTakenIn> parts) => [.. parts.Select(p => new Part(p.Change, p.Count, [.. p.First.Select(Named)]))];
    }

    /// <summary>The answer to an import: what became of its rows, and what that changed.</summary>
    public async Task<Answer> AnswerOf(ImportOutcome outcome, string language, CancellationToken ct)
    {
        var report = outcome.Report!; // a refusal has no answer
        var changes = outcome.Intake is { } intake ? await Read(intake, language, ct) : null;
        return new(
            report.RowsRead, report.Accepted, report.AlreadyThere, report.Rejected, report.Faults, report.FaultCount, report.Notices, changes);
    }

    private async Task<Dictionary<string, string>> Labels(IntakeRow row, string language, CancellationToken ct)
    {
        var skills = row.Skills.Concat(row.Groups).SelectMany(p => p.First).Concat(row.Gone.SelectMany(g => g.SuccessorUris.Append(g.Uri))).Distinct().ToList();
        var labels = (await catalogue.Find(skills, language, ct)).ToDictionary(c => c.Key, c => c.Value.Label);
        var occupations = await database.Query(
            SkillsModule.Name,
            Statement.Of(Occupations.OccupationList.Table.Select("where uri = any($1)"), [row.Occupations.SelectMany(p => p.First).ToArray()]),
            Occupations.OccupationList.Table.Read, ct);
        foreach (var occupation in occupations) labels[occupation.Uri] = Languages.Choose(occupation.Labels, language).Label;
        return labels;
    }

    /// <summary>One import in a list.</summary>
    /// <param name="Whole">All of that version: an older one undoes nothing of it, and what it does not have was retired.</param>
    /// <param name="Concepts">Skills in the files, groups not counted.</param>
    /// <param name="Changed">Changes of skills, groups and occupations together.</param>
    internal sealed record Summary(
        Id<CatalogueIntake> Id, string Source, bool Whole, DateTimeOffset At, IReadOnlyList<Language> Languages, int Concepts, int Changed)
    {
        public static Summary Of(IntakeRow row) => new(
            row.Id, row.Source, row.Whole, row.At, [.. row.Languages.Select(l => new Language(l.Language, l.Source, l.Labels))], row.Concepts,
            row.Skills.Concat(row.Groups).Concat(row.Occupations).Sum(p => p.Count));
    }

    /// <param name="Tag">BCP 47.</param>
    /// <param name="Source">Labels may come from another version than the rest.</param>
    internal sealed record Language(string Tag, string Source, int Labels);

    /// <param name="Skills">By what became of them; what did not change is not among them.</param>
    /// <param name="UsedSkillsGone">Skills in use that are not for new use any more, where they were used, and what stands in their place; a hundred at most.</param>
    /// <param name="UsedSkillsGoneCount">All of them.</param>
    internal sealed record CatalogueReport(
        Summary Import, IReadOnlyList<Part> Skills, IReadOnlyList<Part> Groups, IReadOnlyList<Part> Occupations, IReadOnlyList<GoneSkill> UsedSkillsGone,
        int UsedSkillsGoneCount);

    /// <param name="First">Twenty at most.</param>
    internal sealed record Part(IntakeChange Change, int Count, IReadOnlyList<NamedConcept> First);

    internal sealed record NamedConcept(string Uri, string Label);

    internal sealed record GoneSkill(NamedConcept Skill, IReadOnlyList<NamedConcept> Successors, IReadOnlyList<SkillUses> Uses);

    /// <param name="Kind">Such as <c>learning-records</c>.</param>
    internal sealed record SkillUses(string Kind, long Count);

    /// <param name="Accepted">Skills that are new or changed.</param>
    /// <param name="AlreadyThere">Skills that are known as they are.</param>
    /// <param name="Changes">Null when nothing changed that was not told before.</param>
    internal sealed record Answer(
        int RowsRead, int Accepted, int AlreadyThere, int Rejected, IReadOnlyList<RowFault> Faults, int FaultCount, IReadOnlyList<CsvNotice> Notices,
        CatalogueReport? Changes);
}
