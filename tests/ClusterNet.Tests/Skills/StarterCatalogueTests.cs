using ClusterNet.Csv;
using Shouldly;

namespace ClusterNet.Tests.Skills;

/// <summary>The files of facts that are shipped.</summary>
public class StarterCatalogueTests
{
    private const string Starter = "src/Modules/Skills/Catalogue/starter-skills.csv";

    private static readonly CsvLayout StarterLayout =
        new(["concept_uri", "skill_type", "reuse_level", "label_en", "label_de", "label_fr", "broader_uri"]);

    [Theory]
    [InlineData("firms.csv", "registration_no", 23)]
    [InlineData("people.csv", "email", 150)]
    [InlineData("learning-records.csv", "record_ref", 2_246)]
    [InlineData("resources.csv", "kind", 14)]
    public async Task The_demo_files_are_read_row_by_row(string name, string column, int rows)
    {
        var file = await Read($"src/Host/Demo/cluster/{name}", new CsvLayout([column]));

        file.Faults.ShouldBeEmpty();
        file.Rows.Count.ShouldBe(rows);
        file.Rows.ShouldAllBe(row => row.IsSound);
    }

    [Fact]
    public async Task The_starter_catalogue_is_true_to_ESCO()
    {
        var (concepts, _) = await EscoZip.Read(
            SharedData.Path("esco-1.1.1", "classification-en-csv.zip"), SharedData.Path("esco-1.1.1", "relations-csv.zip"));
        var byUri = concepts.ToDictionary(concept => concept.Uri);

        var starter = await Read(Starter, StarterLayout);

        starter.Rows.Count.ShouldBe(166);
        foreach (var row in starter.Rows)
        {
            var concept = byUri[row.Text("concept_uri")];
            (row.Text("skill_type"), row.Text("reuse_level"), row.Text("label_en"))
                .ShouldBe((concept.SkillType, concept.ReuseLevel, concept.PreferredLabels["en"]));
            if (row.OptionalText("broader_uri") is { } broader)
                concept.BroaderUris.ShouldContain(broader);
            row.Text("label_de");
            row.Text("label_fr");
            row.Faults.ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task The_starter_catalogue_knows_every_skill_of_the_demo()
    {
        var starter = (await Read(Starter, StarterLayout)).Rows.Select(row => row.Text("concept_uri")).ToList();
        var records = await Read("src/Host/Demo/cluster/learning-records.csv", new CsvLayout(["skill_uris"]));
        var standard = await File.ReadAllTextAsync(
            Path.Combine(Repository(), "src/Host/Demo/cluster/standard.json"), TestContext.Current.CancellationToken);

        starter.ShouldBe(starter.Distinct());
        records.Rows.SelectMany(row => row.List("skill_uris")).Distinct().Except(starter).ShouldBeEmpty();
        starter.ShouldContain(uri => standard.Contains(uri, StringComparison.Ordinal));
        starter.Count.ShouldBe(166);
    }

    private static async Task<Csv.WholeFile> Read(string path, CsvLayout layout)
    {
        await using var stream = File.OpenRead(Path.Combine(Repository(), path));
        return await Csv.CsvTexts.Read(stream, layout);
    }

    private static string Repository() => SharedData.RepositoryRoot().ShouldNotBeNull().FullName;
}
