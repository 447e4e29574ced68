using Shouldly;

namespace ClusterNet.Tests.Skills;

/// <summary>The Commission's own files, where they are at hand.</summary>
public class RealEscoTests
{
    [Fact]
    public async Task All_of_ESCO_1_1_1_is_read_with_its_French_and_Spanish_labels()
    {
        var (concepts, archive) = await EscoZip.Read(
            SharedData.Path("esco-1.1.1", "classification-en-csv.zip"),
            SharedData.Path("esco-1.1.1", "relations-csv.zip"),
            SharedData.Path("esco-1.0-fr-es", "skills_fr.csv"),
            SharedData.Path("esco-1.0-fr-es", "skills_es.csv"));

        archive.Report.FaultCount.ShouldBe(0);
        archive.Languages.ShouldBe(["en", "es", "fr"]);
        concepts.Count.ShouldBe(13_896);
        concepts.CountBy(concept => concept.SkillType).ToDictionary().ShouldBe(
            new Dictionary<string, int> { ["skill/competence"] = 10_831, ["knowledge"] = 3_059, [""] = 6 }, ignoreOrder: true);
        concepts.ShouldAllBe(concept => concept.Status == "released" && concept.PreferredLabels["en"].Trim().Length > 0);
        concepts.Count(concept => concept.PreferredLabels.ContainsKey("fr")).ShouldBe(13_379);
        archive.WithoutConcept.Values.ShouldBe([106, 106]);
        concepts.Sum(concept => concept.BroaderUris.Count).ShouldBe(20_013);
    }

    [Fact]
    public async Task Line_breaks_in_cells_separate_alternative_labels()
    {
        var (concepts, _) = await EscoZip.Read(SharedData.Path("esco-1.1.1", "classification-en-csv.zip"));

        var first = concepts[0];
        first.PreferredLabels["en"].ShouldBe("manage musical staff");
        first.AltLabels["en"].ShouldBe(
            ["manage staff of music", "coordinate duties of musical staff", "manage music staff", "direct musical staff"]);
        first.BroaderUris.ShouldBeEmpty("the relations were not given");
    }

    [Fact]
    public async Task A_folder_of_an_older_version_is_read_too()
    {
        var (concepts, archive) = await EscoZip.Read(SharedData.Path("esco-1.0-fr-es"));

        archive.Report.FaultCount.ShouldBe(0);
        concepts.Count.ShouldBe(13_485);
        concepts.Count(concept => concept.SkillType.Length == 0).ShouldBe(1, "one concept was given both types");
    }
}
