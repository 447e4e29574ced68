using System.Runtime.CompilerServices;
using ClusterNet.Csv;

namespace ClusterNet.Skills.Catalogue;

/// <summary>
/// The ESCO classification as the Commission hands it out: CSV files in zips or folders. The main language's file, English if it is there,
/// says which concepts exist and is streamed; labels of the other languages and the broader relations are held in memory while it is read.
/// Labels of concepts that the main file does not have, as when an older version supplies a language, are left out and counted.
/// </summary>
internal sealed class EscoArchive : IDisposable
{
    private const int LabelMax = 500;

    // One concept of ESCO 1.0 is given both types; it is taken as having none.
    private const string BothTypes = "skill/competence knowledge";

    private static readonly string[] SkillTypes = ["skill/competence", "knowledge", BothTypes];
    private static readonly string[] ReuseLevels = ["transversal", "cross-sector", "sector-specific", "occupation-specific"];
    private static readonly CsvLayout Concepts = new(["conceptUri", "skillType", "reuseLevel", "preferredLabel", "altLabels"], ["status"]);
    private static readonly CsvLayout Translations = new(["conceptUri", "preferredLabel"], ["altLabels"]);
    private static readonly CsvLayout Relations = new(["conceptUri", "broaderUri"]);

    private readonly EscoFiles files;
    private readonly ImportTally tally = new();
    private readonly Dictionary<string, Dictionary<string, Labels>> translations = [];
    private readonly Dictionary<string, List<string>> broader = [];
    private readonly HashSet<string> seen = [];
    private bool isRefused;

    private EscoArchive(EscoFiles files)
    {
        this.files = files;
        Languages = [.. files.Skills.Keys.OrderByDescending(language => language == "en")];
        Refuse(files.Faults);
    }

    private sealed record Labels(string Preferred, IReadOnlyList<string> Alternative);

    /// <summary>The main language first.</summary>
    internal IReadOnlyList<string> Languages { get; }

    /// <summary>
    /// The rows of all files, translations and relations included, and the faults of files and rows, so far. How many concepts an import
    /// takes in is for the import to count.
    /// </summary>
    internal ImportReport Report => tally.ToReport();

    /// <summary>Translated labels left out, because the main language's file has no such concept. Known after the last concept.</summary>
    internal int LabelsWithoutConcept { get; private set; }

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
        if (isRefused)
            yield break;
        await foreach (var row in RowsAsync(files.Skills[Languages[0]], Concepts, ct))
        {
            if (Concept(row) is { } concept)
                yield return concept;
        }

        LabelsWithoutConcept = translations.Values.Sum(labels => labels.Keys.Count(uri => !seen.Contains(uri)));
    }

    public void Dispose() => files.Dispose();

    private EscoConcept? Concept(CsvRow row)
    {
        var uri = ConceptUri(row);
        var type = row.OptionalOneOf("skillType", SkillTypes)?.Replace(BothTypes, "", StringComparison.Ordinal) ?? "";
        var level = row.OptionalOneOf("reuseLevel", ReuseLevels) ?? "";
        var status = row.OptionalText("status", 50) ?? "";
        var own = LabelsOf(row);
        if (row.IsSound && !seen.Add(uri))
            row.Refuse("conceptUri", "esco-concept-twice", "The concept stands in the file twice.", "Keep one of the two rows.");
        if (!IsTaken(row))
            return null;
        var labels = Languages.Skip(1)
            .Where(language => translations[language].ContainsKey(uri))
            .Select(language => (language, labels: translations[language][uri]))
            .Prepend((language: Languages[0], labels: own))
            .ToList();
        return new EscoConcept(
            uri, type, level, status,
            labels.ToDictionary(l => l.language, l => l.labels.Preferred),
            labels.Where(l => l.labels.Alternative.Count > 0).ToDictionary(l => l.language, l => l.labels.Alternative),
            broader.TryGetValue(uri, out var uris) ? uris : []);
    }

    private async Task LoadLabelsAsync(string language, CancellationToken ct)
    {
        var labels = translations[language] = [];
        await foreach (var row in RowsAsync(files.Skills[language], Translations, ct))
        {
            var (uri, own) = (ConceptUri(row), LabelsOf(row));
            if (IsTaken(row))
                labels[uri] = own;
        }
    }

    private async Task LoadBroaderAsync(CancellationToken ct)
    {
        if (files.Broader is null)
            return;
        await foreach (var row in RowsAsync(files.Broader, Relations, ct))
        {
            var (uri, broaderUri) = (ConceptUri(row), row.Text("broaderUri"));
            if (!IsTaken(row))
                continue;
            if (!broader.TryGetValue(uri, out var uris))
                broader[uri] = uris = [];
            if (!uris.Contains(broaderUri))
                uris.Add(broaderUri);
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
        return new Labels(preferred, [.. row.List("altLabels", '\n').Where(label => label != preferred && label.Length <= LabelMax)]);
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
