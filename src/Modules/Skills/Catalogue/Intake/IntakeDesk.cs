using ClusterNet.EventStore;
using ClusterNet.Skills.Contracts;

namespace ClusterNet.Skills.Catalogue.Intake;

/// <summary>Finds out what a version has no more, and records what an import did.</summary>
internal sealed class IntakeDesk(
    Streams<CatalogueIntake, IntakeEvent> intakes, ISkillCatalogue catalogue, IEnumerable<ISkillUses> uses, Database database, TimeProvider clock)
{
    private const int GoneKept = 100;

    /// <summary>
    /// Concepts of the same classification that a version does not have any more. An older or an unnamed version gives nothing up, nor does one that was
    /// taken in whole before: what its file lacks now was cut off.
    /// </summary>
    public async Task<MissingConcepts> MissingFrom(EscoSurvey survey, CatalogueVersions floor, KnownVersions versions, CancellationToken ct)
    {
        if (SourceVersion.Of(survey.Source) is null || SourceVersion.IsOlder(survey.Source, floor.Shape)) return MissingConcepts.Unknown;
        var (skills, knownSkills) = await Missing("skills.skills where cluster is null and kind = 'skill'", survey.Skills.Count > 0, survey, ct);
        var (groups, knownGroups) = await Missing("skills.skills where cluster is null and kind = 'group'", survey.Groups.Count > 0, survey, ct);
        var (occupations, knownOccupations) = await Missing("skills.occupations where true", survey.Occupations.Count > 0, survey, ct);
        var isCut = versions.WholeOf(survey.Source) is not null && skills.Count + groups.Count + occupations.Count > 0;
        return new(
            skills, groups, occupations,
            !isCut && skills.Count <= EscoSurvey.Tolerated(knownSkills) && groups.Count <= EscoSurvey.Tolerated(knownGroups)
                && occupations.Count <= EscoSurvey.Tolerated(knownOccupations));
    }

    /// <returns>Null when nothing changed that was not told before.</returns>
    public async Task<Id<CatalogueIntake>?> Finish(
        EscoSurvey survey, bool whole, CatalogueImport.Found found, KnownVersions versions, CommandMetadata metadata, CancellationToken ct)
    {
        // All of a version that changed nothing is told once, for older ones to undo nothing of it.
        if (found.IsEmpty && (!whole || versions.Has(survey.Source, survey.Languages))) return null;
        var gone = await Gone(found.Skills.Ended, ct);
        var id = Id<CatalogueIntake>.New(clock);
        var taken = new CatalogueTakenIn(
            survey.Source, whole, [.. survey.Languages], survey.Skills.Count, found.Skills.ToParts(), found.Groups.ToParts(), found.Occupations.ToParts(),
            [.. gone.Take(GoneKept)], gone.Count, clock.GetUtcNow());
        await intakes.Execute(id.Value, new FinishIntake(taken), new Execution(metadata), ct);
        return id;
    }

    private async Task<(IReadOnlyList<string> Missing, int Known)> Missing(string rows, bool says, EscoSurvey survey, CancellationToken ct)
    {
        // An archive without groups or occupations says nothing of them.
        if (!says) return ([], 0);
        var known = await database.Query(
            SkillsModule.Name, Statement.Of($"select uri, source from {rows} and not retired order by uri"), r => (Uri: r.GetString(0), Source: r.GetString(1)), ct);
        known.RemoveAll(k => !SourceVersion.AreAlike(k.Source, survey.Source));
        return ([.. known.Select(k => k.Uri).Where(u => !survey.Named.Contains(u))], known.Count);
    }

    private async Task<IReadOnlyList<UsedSkillGone>> Gone(IReadOnlyList<string> ended, CancellationToken ct)
    {
        if (ended.Count == 0) return [];
        var gone = ended.ToHashSet();
        var counts = new List<(string Uri, UseCount Use)>();
        foreach (var source in uses)
            counts.AddRange((await source.All(ct)).Where(u => gone.Contains(u.SkillUri)).Select(u => (u.SkillUri, new UseCount(source.Kind, u.Count))));
        var used = counts.GroupBy(c => c.Uri, c => c.Use).OrderByDescending(u => u.Sum(c => c.Count)).ThenBy(u => u.Key, StringComparer.Ordinal).ToList();
        var cards = await catalogue.Find([.. used.Select(u => u.Key)], Languages.Fallback, ct);
        return [.. used.Select(u => new UsedSkillGone(u.Key, cards[u.Key].SuccessorUris, [.. u.OrderBy(c => c.Kind, StringComparer.Ordinal)]))];
    }
}

/// <summary>What a version does not have any more.</summary>
/// <param name="IsWhole">All of a version was given: few enough are missing to have been given up.</param>
internal sealed record MissingConcepts(IReadOnlyList<string> Skills, IReadOnlyList<string> Groups, IReadOnlyList<string> Occupations, bool IsWhole)
{
    public static MissingConcepts Unknown { get; } = new([], [], [], false);

    public int Count => Skills.Count + Groups.Count + Occupations.Count;
}
