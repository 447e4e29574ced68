using System.Runtime.CompilerServices;
using ClusterNet.Csv;
using ClusterNet.EventStore;

namespace ClusterNet.Skills.Catalogue;

/// <summary>The catalogue of our own that is shipped, so that an installation runs without any download.</summary>
internal sealed class StarterSkills(CatalogueImport import, Database database)
{
    public const string Source = "starter 1";

    private const string Resource = "ClusterNet.Skills.starter-skills.csv";
    private static readonly string[] Labelled = ["de", "en", "fr"];

    private static readonly CsvLayout Layout =
        new(["concept_uri", "skill_type", "reuse_level", .. Labelled.Select(l => $"label_{l}"), "broader_uri"]);

    /// <summary>Fills an empty catalogue; in one transaction, so that several Hosts may try at once and none leaves half of it.</summary>
    public async Task Install(IProgress<long>? progress, CancellationToken ct)
    {
        var known = await database.Query(SkillsModule.Name, Statement.Of("select 1 from skills.skills limit 1"), _ => true, ct);
        if (known.Count > 0) return;
        await import.Take(Read(ct), new(Source, CatalogueVersions.None, new()), CommandMetadata.System("starter-skills"), new ImportTally(), progress, ct);
    }

    private static async IAsyncEnumerable<EscoConcept> Read([EnumeratorCancellation] CancellationToken ct)
    {
        await using var stream = typeof(StarterSkills).Assembly.GetManifestResourceStream(Resource)!; // embedded by the csproj
        using var file = await CsvFile.OpenAsync(stream, Layout, ct);
        await foreach (var row in file.ReadAsync(ct))
        {
            var concept = new EscoConcept(
                row.Text("concept_uri"), row.Text("skill_type"), row.Text("reuse_level"), "",
                Labelled.ToDictionary(l => l, l => row.Text($"label_{l}")), new Dictionary<string, IReadOnlyList<string>>(),
                row.OptionalText("broader_uri") is { } broader ? [broader] : []);
            yield return row.IsSound ? concept : throw new InvalidOperationException(row.Faults[0].Reason);
        }
    }
}
