using System.Text.Json;
using ClusterNet.Csv;

namespace ClusterNet.Skills.Frameworks;

/// <summary>A competence framework that is shipped: README.md of this folder has origins and licences.</summary>
/// <param name="Key">Its place in addresses.</param>
/// <param name="Source">What the skills of it name as their origin.</param>
/// <param name="Attribution">Shown wherever the framework is.</param>
internal sealed record Framework(string Key, string Name, string Source, string Attribution, IReadOnlyList<FrameworkConcept> Concepts, IReadOnlyList<ProficiencyLevel> Proficiency)
{
    public IEnumerable<FrameworkConcept> Areas => Concepts.Where(c => c.IsArea);

    public IEnumerable<FrameworkConcept> CompetencesOf(FrameworkConcept area) => Concepts.Where(c => c.Area == area.Code);

    /// <summary>Neither framework has URIs of its own.</summary>
    public string UriOf(string code) => $"urn:clusternet:framework:{Key}:{code}";
}

/// <summary>An area, or a competence in one.</summary>
/// <param name="Code">Such as <c>2</c> for an area and <c>2.4</c> for a competence in it.</param>
/// <param name="Labels">By language.</param>
/// <param name="Description">English; empty for none.</param>
/// <param name="ThreadsByCode">Read when somebody looks at them: a start that puts the concepts into the catalogue needs none.</param>
internal sealed record FrameworkConcept(
    string Code, IReadOnlyDictionary<string, string> Labels, string Description, Lazy<Dictionary<string, List<FrameworkThread>>>? ThreadsByCode)
{
    /// <summary>What makes up a competence, with a statement per level; English.</summary>
    public IReadOnlyList<FrameworkThread> Threads => ThreadsByCode?.Value.GetValueOrDefault(Code) ?? [];

    public bool IsArea => !Code.Contains('.');

    /// <summary>The code of the area of a competence; null for an area.</summary>
    public string? Area => IsArea ? null : Code.Split('.')[0];
}

internal sealed record FrameworkThread(string Name, IReadOnlyList<LevelStatement> Levels);

internal sealed record LevelStatement(int Level, string Statement);

/// <summary>One of DigComp's eight levels.</summary>
internal sealed record ProficiencyLevel(int Level, string Band, string Tasks, string Autonomy, string Cognitive);

/// <summary>All frameworks that are shipped.</summary>
internal sealed class FrameworkShelf
{
    public const string DigComp = "digcomp", EntreComp = "entrecomp";

    private static readonly string[] Labelled = ["de", "en", "fr"];
    private static readonly CsvLayout Layout = new(["framework", "code", .. Labelled.Select(l => $"label_{l}"), "description_en"]);
    private readonly Lazy<Task<IReadOnlyList<Framework>>> _all = new(Read);

    public Task<IReadOnlyList<Framework>> All() => _all.Value;

    public async Task<Framework?> Find(string key) => (await All()).FirstOrDefault(f => f.Key == key);

    private static async Task<IReadOnlyList<Framework>> Read()
    {
        var threads = new Lazy<Dictionary<string, List<FrameworkThread>>>(() => Json<Dictionary<string, List<FrameworkThread>>>("entrecomp-threads.json"));
        var (digcomp, entrecomp) = (new List<FrameworkConcept>(), new List<FrameworkConcept>());
        await using var stream = Open("framework-concepts.csv");
        using var file = await CsvFile.OpenAsync(stream, Layout, CancellationToken.None);
        await foreach (var row in file.ReadAsync(CancellationToken.None))
        {
            var (framework, code) = (row.Text("framework"), row.Text("code"));
            var labels = Labelled.ToDictionary(l => l, l => row.Text($"label_{l}"));
            var description = row.OptionalText("description_en") ?? "";
            if (!row.IsSound) throw new InvalidOperationException(row.Faults[0].Reason);
            var list = framework == DigComp ? digcomp : entrecomp;
            list.Add(new(code, labels, description, framework == EntreComp ? threads : null));
        }

        return
        [
            new(DigComp, "DigComp 2.2", "DigComp 2.2",
                "DigComp 2.2: Vuorikari, R., Kluzer, S., Punie, Y., EUR 31006 EN, Joint Research Centre, 2022. © European Union.",
                digcomp, Json<List<ProficiencyLevel>>("digcomp-proficiency.json")),
            new(EntreComp, "EntreComp", "EntreComp",
                "EntreComp: Bacigalupo, M., and others, EUR 27939 EN, Joint Research Centre, 2016; McCallum, E., and others, JRC109128, 2018. © European Union. " +
                "Threads and statements as collected in EntreComp Interactive, Copyright 2020 Joongseob Kim, Apache License 2.0.",
                entrecomp, []),
        ];
    }

    private static T Json<T>(string file)
    {
        using var stream = Open(file);
        return JsonSerializer.Deserialize<T>(stream, JsonSerializerOptions.Web) ?? throw new InvalidOperationException($"{file} is empty.");
    }

    private static Stream Open(string file) =>
        typeof(FrameworkShelf).Assembly.GetManifestResourceStream($"ClusterNet.Skills.{file}")!; // embedded by the csproj
}
