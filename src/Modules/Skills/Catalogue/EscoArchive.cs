using System.Runtime.CompilerServices;
using ClusterNet.Csv;
using ClusterNet.EventStore;
using ClusterNet.Skills.Occupations;

namespace ClusterNet.Skills.Catalogue;

/// <summary>
/// The ESCO classification as the Commission hands it out: CSV files in zips or folders. The main language's file, English if it is there,
/// says which concepts exist and is streamed; labels of the other languages and the broader relations are held in memory while it is read.
/// Labels of concepts that the main file does not have, as when an older version supplies a language, are left out and counted.
/// </summary>
internal sealed class EscoArchive : IDisposable
{
    private const int LabelMax = 500, DescriptionMax = 20_000;

    // One concept of ESCO 1.0 is given both types; it is taken as having none.
    private const string BothTypes = "skill/competence knowledge";

    private static readonly string[] SkillTypes = ["skill/competence", "knowledge", BothTypes];
    private static readonly string[] ReuseLevels = ["transversal", "cross-sector", "sector-specific", "occupation-specific"];
    private static readonly CsvLayout Concepts = new(["conceptUri", "skillType", "reuseLevel", "preferredLabel", "altLabels"],
        ["status", "hiddenLabels", "description", "replacedBy"]);
    private static readonly CsvLayout Translations = new(["conceptUri", "preferredLabel"], ["altLabels", "hiddenLabels", "description", "status"]);
    private static readonly CsvLayout Groups = new(["conceptUri", "preferredLabel"], ["altLabels", "description", "code", "status", "iscoGroup", "hiddenLabels"]);
    private static readonly CsvLayout Members = new(["conceptUri"]);
    private static readonly CsvLayout SkillSkills = new(["originalSkillUri", "relationType", "relatedSkillUri"]);
    private static readonly CsvLayout OccupationSkills = new(["occupationUri", "relationType", "skillUri"]);
    private static readonly string[] RelationTypes = ["essential", "optional"];
    private static readonly string[] Collections = ["digComp", "digital", "green", "language", "research", "transversal"];
    private static readonly CsvLayout Relations = new(["conceptUri", "broaderUri"]);

    private readonly EscoFiles files;
    private readonly ImportTally tally = new();
    private readonly Dictionary<string, Dictionary<string, Labels>> translations = [];
    private readonly Dictionary<string, List<string>> broader = [];
    private readonly Dictionary<string, (List<string> Essential, List<string> Optional)> related = [];
    private readonly Dictionary<string, SortedSet<string>> collections = [];
    private readonly HashSet<string> old = [];
    private bool hasBroader;
    private bool hasCollections;
    private readonly HashSet<string> seen = [];
    private readonly HashSet<string> named = [];
    private bool isRefused;

    private EscoArchive(EscoFiles files)
    {
        this.files = files;
        Languages = [.. files.Skills.Keys.OrderByDescending(language => language == "en")];
        Refuse(files.Faults);
    }

    private sealed record Labels(string Preferred, IReadOnlyList<string> Alternative, IReadOnlyList<string> Hidden, string Description);

    /// <summary>The main language first.</summary>
    internal IReadOnlyList<string> Languages { get; }

    /// <summary>
    /// The rows of all files, translations and relations included, and the faults of files and rows, so far. How many concepts an import
    /// takes in is for the import to count.
    /// </summary>
    internal ImportReport Report => tally.ToReport();

    /// <summary>A file is damaged, too large or lacks columns: nothing of the archive is to be taken in.</summary>
    internal bool IsRefused => isRefused;

    /// <summary>All concepts that the main files name, in rows with faults as well: what cannot be read is not missing.</summary>
    internal IReadOnlySet<string> Named => named;

    /// <summary>Translated labels left out by language, because the main language's file has no such concept. Known after the last concept.</summary>
    internal IReadOnlyDictionary<string, int> WithoutConcept { get; private set; } = new Dictionary<string, int>();

    /// <param name="paths">Zips, folders and single <c>skills_xx.csv</c> files, together one archive.</param>
    internal static EscoArchive Open(params IReadOnlyList<string> paths) => Open(EscoLimits.Default, paths);

    internal static EscoArchive Open(EscoLimits limits, params IReadOnlyList<string> paths) => new(new EscoFiles(limits, paths));

    /// <summary>The concepts in file order, once. Look at <see cref="Report"/> afterwards: a broken file ends the reading.</summary>
    internal async IAsyncEnumerable<EscoConcept> ReadAsync([EnumeratorCancellation] CancellationToken ct = default)
    {
        if (isRefused)
            yield break;
        foreach (var language in Languages.Skip(1))
            await LoadLabelsAsync(language, ct);
        await LoadBroaderAsync(ct);
        await LoadRelationsAsync(files.Other(EscoFiles.SkillSkill), SkillSkills, "originalSkillUri", "relatedSkillUri", related, ct);
        await LoadCollectionsAsync(ct);
        if (isRefused)
            yield break;
        await foreach (var row in RowsAsync(files.Skills[Languages[0]], Concepts, ct))
        {
            if (Concept(row) is { } concept)
                yield return concept;
        }

        WithoutConcept = translations.ToDictionary(labels => labels.Key, labels => labels.Value.Keys.Count(uri => !seen.Contains(uri)));
    }

    public void Dispose() => files.Dispose();

    private EscoConcept? Concept(CsvRow row)
    {
        var uri = ConceptUri(row);
        named.Add(uri);
        var type = row.OptionalOneOf("skillType", SkillTypes)?.Replace(BothTypes, "", StringComparison.Ordinal) ?? "";
        var level = row.OptionalOneOf("reuseLevel", ReuseLevels) ?? "";
        var status = row.OptionalText("status", 50) ?? "";
        var own = LabelsOf(row);
        if (row.IsSound && !seen.Add(uri))
            row.Refuse("conceptUri", "esco-concept-twice", "The concept stands in the file twice.", "Keep one of the two rows.");
        if (!IsTaken(row))
            return null;
        if (!row.Has("status"))
            old.Add(Languages[0]);
        var labels = Languages.Skip(1)
            .Where(language => translations[language].ContainsKey(uri))
            .Select(language => (language, labels: translations[language][uri]))
            .Prepend((language: Languages[0], labels: own))
            .ToList();
        return new EscoConcept(
            uri, type, level, status,
            labels.ToDictionary(l => l.language, l => l.labels.Preferred),
            labels.Where(l => l.labels.Alternative.Count > 0).ToDictionary(l => l.language, l => l.labels.Alternative),
            broader.TryGetValue(uri, out var uris) ? uris : [])
        {
            HiddenLabels = labels.Where(l => l.labels.Hidden.Count > 0).ToDictionary(l => l.language, l => l.labels.Hidden),
            Descriptions = labels.Where(l => l.labels.Description.Length > 0).ToDictionary(l => l.language, l => l.labels.Description),
            ReplacedBy = [.. row.List("replacedBy", '\n').SelectMany(u => u.Split([' ', '|', ','], StringSplitOptions.RemoveEmptyEntries)).Where(u => u != uri).Distinct()],
            Related = files.Other(EscoFiles.SkillSkill) is null ? null : related.TryGetValue(uri, out var pair) ? (pair.Essential, pair.Optional) : ([], []),
            Collections = !hasCollections ? null : collections.TryGetValue(uri, out var member) ? [.. member] : [],
            OldLanguages = old,
        };
    }

    private async Task LoadLabelsAsync(string language, CancellationToken ct)
    {
        var labels = translations[language] = [];
        await foreach (var row in RowsAsync(files.Skills[language], Translations, ct))
        {
            var (uri, own) = (ConceptUri(row), LabelsOf(row));
            if (!IsTaken(row))
                continue;
            labels[uri] = own;
            if (!row.Has("status"))
                old.Add(language);
        }
    }

    /// <summary>The skill groups, with their labels in all languages. To be called before the concepts are read.</summary>
    internal async IAsyncEnumerable<EscoConcept> ReadGroupsAsync([EnumeratorCancellation] CancellationToken ct = default)
    {
        if (isRefused)
            yield break;
        await LoadBroaderAsync(ct);
        foreach (var (uri, group) in await LoadOthersAsync("skillGroups", ct))
        {
            yield return new EscoConcept(
                uri, "", "", "", group.Labels.ToDictionary(l => l.Key, l => l.Value.Preferred),
                group.Labels.Where(l => l.Value.Alternative.Count > 0).ToDictionary(l => l.Key, l => l.Value.Alternative),
                broader.TryGetValue(uri, out var uris) ? uris : [])
            {
                Kind = SkillKind.Group,
                Code = group.Code,
                Descriptions = group.Labels.Where(l => l.Value.Description.Length > 0).ToDictionary(l => l.Key, l => l.Value.Description),
                OldLanguages = group.Old,
            };
        }
    }

    /// <summary>Occupations with their skills, and the groups of ISCO.</summary>
    internal async IAsyncEnumerable<ImportOccupation> ReadOccupationsAsync(
        string source, CatalogueVersions floor, DateTimeOffset now, [EnumeratorCancellation] CancellationToken ct = default)
    {
        if (isRefused || !files.LanguagesOf("occupations").Concat(files.LanguagesOf("ISCOGroups")).Any())
            yield break;
        var relations = new Dictionary<string, List<string>>();
        var skills = new Dictionary<string, (List<string> Essential, List<string> Optional)>();
        await LoadBroaderAsync(files.Other(EscoFiles.BroaderOccupations), relations, ct);
        await LoadRelationsAsync(files.Other(EscoFiles.OccupationSkill), OccupationSkills, "occupationUri", "skillUri", skills, ct);
        foreach (var (kind, name) in new[] { (OccupationKind.Group, "ISCOGroups"), (OccupationKind.Occupation, "occupations") })
        {
            foreach (var (uri, other) in await LoadOthersAsync(name, ct))
            {
                (ValueList<string>, ValueList<string>)? pair = kind == OccupationKind.Group || files.Other(EscoFiles.OccupationSkill) is null
                    ? null
                    : skills.TryGetValue(uri, out var p) ? ([.. p.Essential], [.. p.Optional]) : ([], []);
                yield return new ImportOccupation(
                    uri, kind, other.Code, other.IscoGroup,
                    files.Other(EscoFiles.BroaderOccupations) is null ? null : relations.TryGetValue(uri, out var uris) ? [.. uris] : [], pair,
                    [
                        .. other.Labels.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => new SkillWords(
                            l.Key, l.Value.Preferred, [.. l.Value.Alternative.Distinct()], [.. l.Value.Hidden.Distinct()], l.Value.Description,
                            EscoConcept.SourceOf(l.Key, other.Old, source))),
                    ],
                    source, floor, now);
            }
        }
    }

    private sealed record Other(string Code, string IscoGroup, Dictionary<string, Labels> Labels, HashSet<string> Old);

    private async Task<Dictionary<string, Other>> LoadOthersAsync(string kind, CancellationToken ct)
    {
        var all = new Dictionary<string, Other>();
        foreach (var language in files.LanguagesOf(kind).OrderByDescending(l => l == "en"))
        {
            // The first language says which there are.
            var isFirst = all.Count == 0;
            await foreach (var row in RowsAsync(files.Other(kind, language)!, Groups, ct)) // LanguagesOf says there is one
            {
                var (uri, own) = (ConceptUri(row), LabelsOf(row));
                if (isFirst) named.Add(uri);
                if (!IsTaken(row)) continue;
                if (isFirst) all.TryAdd(uri, new(row.Raw("code").Trim(), row.Raw("iscoGroup").Trim(), [], []));
                if (!all.TryGetValue(uri, out var group)) continue;
                group.Labels[language] = own;
                if (!row.Has("status")) group.Old.Add(language);
            }
        }

        return all;
    }

    /// <summary>Of groups and of skills: one file for both, read for whichever comes first.</summary>
    private async Task LoadBroaderAsync(CancellationToken ct)
    {
        if (hasBroader)
            return;
        hasBroader = true;
        await LoadBroaderAsync(files.Other(EscoFiles.Broader), broader, ct);
    }

    private async Task LoadBroaderAsync(EscoFile? file, Dictionary<string, List<string>> into, CancellationToken ct)
    {
        if (file is null)
            return;
        var cycles = new BroaderCycles();
        await foreach (var row in RowsAsync(file, Relations, ct))
        {
            var (uri, broaderUri) = (ConceptUri(row), row.Text("broaderUri"));
            if (row.IsSound && cycles.Closes(uri, broaderUri))
                row.Refuse("broaderUri", "esco-broader-cycle", $"{uri} would be broader than itself by way of {broaderUri}; the relation was left out.", "Remove one of the relations of the circle.");
            if (!IsTaken(row))
                continue;
            if (!into.TryGetValue(uri, out var uris))
                into[uri] = uris = [];
            if (!uris.Contains(broaderUri))
                uris.Add(broaderUri);
        }
    }

    private async Task LoadRelationsAsync(
        EscoFile? file, CsvLayout layout, string from, string to, Dictionary<string, (List<string> Essential, List<string> Optional)> into, CancellationToken ct)
    {
        if (file is null)
            return;
        // One string for each skill, however many occupations take it.
        var names = new Dictionary<string, string>();
        await foreach (var row in RowsAsync(file, layout, ct))
        {
            var (uri, type, other) = (row.Text(from), row.OptionalOneOf("relationType", RelationTypes), row.Text(to));
            if (!IsTaken(row))
                continue;
            if (!names.TryGetValue(other, out var name))
                names[other] = name = other;
            if (!into.TryGetValue(uri, out var pair))
                into[uri] = pair = ([], []);
            var list = type == "optional" ? pair.Optional : pair.Essential;
            if (!list.Contains(name))
                list.Add(name);
        }
    }

    private async Task LoadCollectionsAsync(CancellationToken ct)
    {
        foreach (var name in Collections)
        {
            var kind = name + "SkillsCollection";
            if (files.LanguagesOf(kind).FirstOrDefault() is not { } language)
                continue;
            hasCollections = true;
            await foreach (var row in RowsAsync(files.Other(kind, language)!, Members, ct)) // LanguagesOf says there is one
            {
                var uri = ConceptUri(row);
                if (!IsTaken(row))
                    continue;
                if (!collections.TryGetValue(uri, out var member))
                    collections[uri] = member = new(StringComparer.Ordinal);
                member.Add(name.ToLowerInvariant());
            }
        }
    }

    private static string ConceptUri(CsvRow row)
    {
        var uri = row.Text("conceptUri");
        row.OptionalWebAddress("conceptUri");
        return uri;
    }

    private static Labels LabelsOf(CsvRow row)
    {
        var preferred = row.Text("preferredLabel", LabelMax);
        return new Labels(
            preferred, Several("altLabels"), Several("hiddenLabels"), row.OptionalText("description", DescriptionMax) ?? "");

        List<string> Several(string column) => [.. row.List(column, '\n').Where(label => label != preferred && label.Length <= LabelMax)];
    }

    private bool IsTaken(CsvRow row)
    {
        if (row.IsSound)
            tally.Accept();
        else
            tally.Reject(row);
        return row.IsSound;
    }

    private async IAsyncEnumerable<CsvRow> RowsAsync(EscoFile file, CsvLayout layout, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var stream = await Try(file, () => ValueTask.FromResult(file.Open()));
        if (stream is null)
            yield break;
        using var csv = await Try(file, async () => await CsvFile.OpenAsync(stream, layout, ct));
        if (csv is null)
            yield break;
        Refuse(csv.Faults.Select(fault => fault with { Reason = $"{file.Name}: {fault.Reason}" }));
        await using var rows = csv.ReadAsync(ct).GetAsyncEnumerator(ct);
        while (await Try(file, rows.MoveNextAsync))
            yield return rows.Current;
    }

    private async Task<T?> Try<T>(EscoFile file, Func<ValueTask<T>> read)
    {
        try
        {
            return await read();
        }
        catch (EscoTooLargeException e)
        {
            Refuse([EscoFiles.TooLarge(file.Name, e.Message)]);
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            Refuse([EscoFiles.Fault(file.Name, "esco-unreadable", "The file is damaged.", "Download it again.")]);
        }

        return default;
    }

    private void Refuse(IEnumerable<RowFault> why)
    {
        foreach (var fault in why)
        {
            isRefused = true;
            tally.Fault(fault);
        }
    }
}
