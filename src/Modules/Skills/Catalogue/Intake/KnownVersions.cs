using ClusterNet.EventStore;

namespace ClusterNet.Skills.Catalogue.Intake;

/// <summary>Which versions of classifications were taken in.</summary>
internal sealed class KnownVersions(IReadOnlyList<IntakeRow> intakes)
{
    public static async Task<KnownVersions> Read(Database database, CancellationToken ct) =>
        new(await database.Query(SkillsModule.Name, Statement.Of(IntakeList.Table.Select("order by at desc")), IntakeList.Table.Read, ct));

    /// <summary>What an older file may not undo.</summary>
    /// <param name="concepts">How many concepts the file holds: a much smaller one is not all of a newer version, whatever it is called.</param>
    public CatalogueVersions FloorFor(string source, int concepts)
    {
        var whole = intakes.Where(i => i.Whole && SourceVersion.AreAlike(i.Source, source) && concepts - EscoSurvey.Tolerated(concepts) <= i.Concepts).ToList();
        return new(
            Newest(whole.Select(i => i.Source)),
            whole.SelectMany(i => i.Languages).GroupBy(l => l.Language).Where(l => Newest(l.Select(x => x.Source)) is not null)
                .ToDictionary(l => l.Key, l => Newest(l.Select(x => x.Source))!)); // asked for above
    }

    /// <summary>The newest version of the classification that a source names without one.</summary>
    public IntakeRow? NewestOf(string source) => intakes
        .Where(i => i.Whole && SourceVersion.Of(i.Source)?.Scheme.Equals(SourceVersion.SchemeOf(source), StringComparison.OrdinalIgnoreCase) == true)
        .MaxBy(i => SourceVersion.Of(i.Source)!.Value.Version); // only those that have one

    /// <summary>This very version, taken in whole.</summary>
    public IntakeRow? WholeOf(string source) => intakes.FirstOrDefault(i => i.Whole && SourceVersion.AreAlike(i.Source, source)
        && !SourceVersion.IsOlder(i.Source, source) && !SourceVersion.IsOlder(source, i.Source));

    /// <summary>All of this version, in these languages.</summary>
    public bool Has(string source, IReadOnlyList<LanguageTakenIn> languages) => intakes.Any(i =>
        i.Source == source && i.Whole && languages.All(l => i.Languages.Any(k => k.Language == l.Language && k.Source == l.Source)));

    private static string? Newest(IEnumerable<string> sources) =>
        sources.Where(s => SourceVersion.Of(s) is not null).MaxBy(s => SourceVersion.Of(s)!.Value.Version); // only those that have one
}
