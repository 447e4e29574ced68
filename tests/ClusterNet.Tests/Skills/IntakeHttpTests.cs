using System.IO.Compression;
using System.Net;
using ClusterNet.Csv;
using ClusterNet.EventStore;
using ClusterNet.Skills;
using ClusterNet.Skills.Catalogue;
using ClusterNet.Skills.Catalogue.Intake;
using ClusterNet.Skills.Contracts;
using ClusterNet.Tests.Hosting;
using ClusterNet.Tests.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace ClusterNet.Tests.Skills;

/// <summary>Versions of a classification one after the other, small ones made for each test, each of a classification of its own.</summary>
public sealed class IntakeHttpTests(IntakeHouse house) : IClassFixture<IntakeHouse>
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_newer_version_says_what_it_changed_and_an_older_one_undoes_nothing()
    {
        using var esco = new EscoZip();
        var boss = house.Boss;
        var (first, _) = await Import(esco.Zip("one.zip", Skills("one", "two", "three", "four")), "Alpha 1.0");
        first.Accepted.ShouldBe(4);

        var newer = esco.Zip("two.zip", (
            "skills_en.csv",
            Header + Row("one", "one") + Row("two", "two and a half") + Row("five", "five") + Row("four", "four", "obsolete", Uri("five"))));
        var (second, changes) = await Import(newer, "Alpha 2.0");
        second.Accepted.ShouldBe(3);
        changes.ShouldContain(c => c.Contains("skills reworded: 1") && c.Contains("two and a half"));
        changes.ShouldContain(c => c.Contains("skills retired: 1") && c.Contains("three"));
        changes.ShouldContain(c => c.Contains("skills replaced: 1") && c.Contains("four"));
        var list = (await boss.Client.Get("/skills/catalogue/imports?limit=1")).ShouldBe(HttpStatusCode.OK).Items[0];
        ($"{list["source"]}", $"{list["whole"]}", $"{list["concepts"]}").ShouldBe(("Alpha 2.0", "true", "4"));
        var report = (await boss.Client.Get($"/skills/catalogue/imports/{list["id"]}")).ShouldBe(HttpStatusCode.OK);
        report.Json["skills"].ShouldNotBeNull().AsArray().Select(p => $"{p!["change"]}").ShouldBe(["added", "reworded", "retired", "replaced"]);

        var before = await house.Host.EventCount();
        var (older, _) = await Import(esco.Zip("old.zip", Skills("one", "two", "three", "six")), "Alpha 1.0");
        (older.Accepted, older.AlreadyThere, older.Notices.Select(n => n.Code)).ShouldSatisfyAllConditions(
            o => o.Accepted.ShouldBe(0), o => o.AlreadyThere.ShouldBe(4), o => o.Item3.ShouldContain("esco-older-version"));
        (await house.Host.EventCount()).ShouldBe(before);
        (await Import(newer, "Alpha 2.0")).Changes.ShouldBeEmpty();
        (await house.Host.EventCount()).ShouldBe(before);
        using var anyone = house.Host.Anonymous();
        (await anyone.Get($"/skills/concept?uri={Uri("two")}")).Text("label").ShouldBe("two and a half");
        (await anyone.Get($"/skills/concept?uri={Uri("six")}")).ShouldBeProblem(HttpStatusCode.NotFound, "skill-unknown");

        // What was given up comes back with a version that has it.
        (await Import(esco.Zip("three.zip", Skills("one", "two", "three", "five")), "Alpha 2.1")).Changes.ShouldContain(c => c.Contains("skills restored: 1"));
        (await anyone.Get($"/skills?q=three&language=en")).Items.Select(i => $"{i["uri"]}").ShouldContain(Uri("three"));
    }

    [Fact]
    public async Task Words_of_an_older_version_are_taken_in_languages_that_the_newer_one_does_not_have()
    {
        using var esco = new EscoZip();
        await Import(esco.Zip("en.zip", Skills("beta one", "beta two")), "Beta 2.0");
        var french = esco.Zip("fr.zip", ("skills_en.csv", Header + Row("beta one", "old one") + Row("beta two", "old two")), ("skills_fr.csv", Header + Row("beta one", "un") + Row("beta two", "deux")));
        (await Import(french, "Beta 1.0")).Report.Accepted.ShouldBe(2);
        using var anyone = house.Host.Anonymous();
        var skill = await anyone.Get($"/skills/concept?uri={Uri("beta one")}&language=fr");
        (skill.Text("label"), $"{skill.Json["labels"]!["en"]}").ShouldBe(("un", "beta one"));
    }

    [Fact]
    public async Task A_file_that_lacks_much_is_a_part_and_gives_nothing_up()
    {
        using var esco = new EscoZip();
        var all = Enumerable.Range(1, 40).Select(i => $"gamma {i}").ToArray();
        await Import(esco.Zip("all.zip", Skills(all)), "Gamma 1.0");
        var (report, changes) = await Import(esco.Zip("part.zip", Skills([.. all.Take(20), "gamma new"])), "Gamma 1.1");
        report.Notices.ShouldContain(n => n.Code == "esco-part" && n.Text.StartsWith("20 concepts"));
        changes[0].ShouldContain("a part");
        changes.ShouldNotContain(c => c.Contains("retired"));
        // A part is no floor: the rest of the older version may still be mended.
        (await Import(esco.Zip("again.zip", Skills([.. all, "gamma more"])), "Gamma 1.0")).Report.Accepted.ShouldBe(1);
    }

    [Fact]
    public async Task What_is_in_use_and_given_up_is_named_with_where_it_is_used()
    {
        using var esco = new EscoZip();
        await Import(esco.Zip("one.zip", Skills("delta one", "delta two")), "Delta 1.0");
        var desk = new IntakeDesk(
            house.Host.Services.GetRequiredService<Streams<CatalogueIntake, IntakeEvent>>(), house.Host.Services.GetRequiredService<ISkillCatalogue>(),
            [new Used("records", Uri("delta-one"), 3)], house.Host.Services.GetRequiredService<Database>(), TimeProvider.System);
        var import = ActivatorUtilities.CreateInstance<CatalogueImport>(house.Host.Services, desk);
        var zip = esco.Zip("two.zip", ("skills_en.csv", Header + Row("delta-one", "delta one", "obsolete", Uri("delta-two")) + Row("delta-two", "delta two")));

        var outcome = await import.Esco([zip], "Delta 2.0", CommandMetadata.System("test"), null, Ct);

        var boss = house.Boss;
        var report = (await boss.Client.Get($"/skills/catalogue/imports/{outcome.Intake}")).ShouldBe(HttpStatusCode.OK);
        var gone = report.Json["usedSkillsGone"].ShouldNotBeNull().AsArray().ShouldHaveSingleItem().ShouldNotBeNull();
        ($"{gone["skill"]!["label"]}", $"{gone["successors"]![0]!["label"]}", $"{gone["uses"]![0]!["kind"]}", $"{gone["uses"]![0]!["count"]}")
            .ShouldBe(("delta one", "delta two", "records", "3"));
    }

    [Fact]
    public async Task One_import_runs_at_a_time()
    {
        using var esco = new EscoZip();
        var boss = house.Boss;
        var zip = await System.IO.File.ReadAllBytesAsync(esco.Zip("one.zip", Skills("epsilon")), Ct);
        await using (await ImportTurn.Take(house.Host.Services.GetRequiredService<Database>(), Ct))
            (await EscoImportTests.Send(boss.Client, zip, "application/zip")).ShouldBeProblem(HttpStatusCode.Conflict, "catalogue-import-running");
        (await EscoImportTests.Send(boss.Client, zip, "application/zip")).ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("fr")]
    [InlineData("de")]
    public async Task A_file_in_another_language_than_its_name_says_is_refused(string language)
    {
        using var esco = new EscoZip();
        string[] names = ["weld long pipes", "bend long pipes", "cut long pipes", "join long pipes", "paint long pipes", "sell long pipes"];
        await Import(esco.Zip("one.zip", Skills(names)), "Zeta 1.0");
        await Refused(esco.File($"skills_{language}.csv", Skills(names).Text), "Zeta 1.0", "esco-language-mix");
        await Refused(esco.Zip($"both-{language}.zip", Skills(names), ($"skills_{language}.csv", Skills(names).Text)), "Zeta 1.0", "esco-language-mix");
    }

    [Fact]
    public async Task Another_version_than_the_one_that_is_named_is_refused()
    {
        using var esco = new EscoZip();
        await Import(esco.Zip("one.zip", Skills([.. Enumerable.Range(1, 20).Select(i => $"eta {i}")])), "Eta 1.0");
        await Refused(esco.Zip("two.zip", Skills([.. Enumerable.Range(1, 11).Select(i => $"theta {i}")])), "Eta 1.0", "esco-other-version");
        await Refused(esco.Zip("three.zip", Skills("eta 1")), "eta", "esco-version-needed");
        var old = esco.Zip("old.zip", ("skills_en.csv", "conceptType,conceptUri,skillType,reuseLevel,preferredLabel,altLabels\nx," + Uri("iota") + ",knowledge,cross-sector,iota,\n"));
        await Refused(old, "ESCO 1.2.0", "esco-other-version");
    }

    [Fact]
    public async Task A_damaged_file_leaves_nothing_behind()
    {
        using var esco = new EscoZip();
        await Refused(esco.Zip("half.zip", Skills("kappa"), ("broaderRelationsSkillPillar.csv", "conceptUri\nx\n")), "Kappa 1.0", "csv-missing-columns");
        using var anyone = house.Host.Anonymous();
        (await anyone.Get($"/skills/concept?uri={Uri("kappa")}")).ShouldBeProblem(HttpStatusCode.NotFound, "skill-unknown");
    }

    [Fact]
    public async Task Twice_the_same_concept_and_circles_are_named_and_the_rest_is_taken()
    {
        using var esco = new EscoZip();
        var zip = esco.Zip(
            "one.zip", ("skills_en.csv", Header + Row("mu-1", "mu one") + Row("mu-2", "mu two") + Row("mu-1", "mu again")),
            ("broaderRelationsSkillPillar.csv", $"conceptUri,broaderUri\n{Uri("mu-1")},{Uri("mu-2")}\n{Uri("mu-2")},{Uri("mu-1")}\n"));
        var (report, _) = await Import(zip, "Mu 1.0");
        (report.Accepted, report.FaultCount).ShouldBe((2, 2));
        report.Faults.Select(f => f.Code).ShouldBe(["esco-broader-cycle", "esco-concept-twice"]);
    }

    [Fact]
    public async Task What_cannot_be_read_or_was_cut_off_is_not_given_up()
    {
        using var esco = new EscoZip();
        await Import(esco.Zip("one.zip", Skills("xi one", "xi two", "xi three")), "Xi 1.0");
        var (rejected, changes) = await Import(esco.Zip("two.zip", ("skills_en.csv", Header + Row("xi one", "xi one") + Row("xi two", "") + Row("xi three", "xi three"))), "Xi 2.0");
        (rejected.Rejected, changes.Any(c => c.Contains("retired"))).ShouldBe((1, false));
        var (cut, none) = await Import(esco.Zip("three.zip", Skills("xi one")), "Xi 2.0");
        cut.Notices.ShouldContain(n => n.Code == "esco-part" && n.Text.StartsWith("2 concepts"));
        none.ShouldBeEmpty();
    }

    [Fact]
    public async Task Concepts_of_one_classification_are_not_changed_by_another()
    {
        using var esco = new EscoZip();
        await Import(esco.Zip("one.zip", Skills("omicron one")), "Omicron 1.0");
        await Refused(esco.Zip("two.zip", Skills("omicron one")), "Evil 1.0", "esco-other-classification");
        await Refused(esco.Zip("three.zip", Skills("omicron one")), "v2.0 of Omicron", "esco-other-classification");
        await Refused(esco.Zip("four.zip", Skills("omicron one")), "Omicron banana", "esco-version-needed");
    }

    [Fact]
    public async Task A_zip_with_a_wrong_checksum_leaves_nothing_behind()
    {
        using var esco = new EscoZip();
        var path = Path.Combine(esco.Folder, "damaged.zip");
        using (var zip = ZipFile.Open(path, ZipArchiveMode.Create))
        using (var entry = new StreamWriter(zip.CreateEntry("skills_en.csv", CompressionLevel.NoCompression).Open())) entry.Write(Skills("pi rho").Text);
        var bytes = await System.IO.File.ReadAllBytesAsync(path, Ct);
        bytes[bytes.AsSpan().IndexOf("pi rho"u8)] = (byte)'t';
        await System.IO.File.WriteAllBytesAsync(path, bytes, Ct);
        await Refused(path, "Pi 1.0", "esco-unreadable");
    }

    [Fact]
    public async Task Occupations_that_a_newer_version_lacks_are_given_up_and_found_no_more()
    {
        using var esco = new EscoZip();
        await Import(esco.Zip("one.zip", Skills("nu one"), Occupations("nu welder", "nu painter")), "Nu 1.0");
        using var anyone = house.Host.Anonymous();
        (await anyone.Get("/skills/occupations?q=nu%20painter")).Items.Select(i => $"{i["label"]}").ShouldContain("nu painter");
        (await Import(esco.Zip("two.zip", Skills("nu one"), Occupations("nu welder")), "Nu 2.0")).Changes.ShouldContain(c => c.Contains("occupations retired: 1"));
        (await EmbeddedHost.Eventually(Found, found => !found)).ShouldBeFalse("each Host looks every few seconds");
        (await Import(esco.Zip("three.zip", Skills("nu one"), Occupations("nu welder", "nu painter")), "Nu 3.0")).Changes.ShouldContain(c => c.Contains("occupations changed: 1"));

        async Task<bool> Found() => (await anyone.Get("/skills/occupations?q=nu%20painter")).Items.Any(i => $"{i["label"]}" == "nu painter");
    }

    private static string Header => EscoZip.Header.TrimEnd() + ",replacedBy\n";

    private static string Uri(string id) => EscoZip.Uri(id.Replace(' ', '-'));

    private static string Row(string id, string label, string status = "released", string replacedBy = "") =>
        $"KnowledgeSkillCompetence,{Uri(id)},knowledge,cross-sector,{label},,{status},{replacedBy}\n";

    private static (string Name, string Text) Skills(params string[] labels) => ("skills_en.csv", Header + string.Concat(labels.Select(l => Row(l, l))));

    private static (string Name, string Text) Occupations(params string[] labels) =>
        ("occupations_en.csv", "conceptType,conceptUri,iscoGroup,preferredLabel,altLabels,status,code\n" + string.Concat(labels.Select(l => $"Occupation,{Uri("o/" + l)},7212,{l},,released,1\n")));

    private async Task<(ImportReport Report, IReadOnlyList<string> Changes)> Import(string path, string source) =>
        await SkillsModule.Import(house.Host.Services, [path], source, null, Ct);

    private async Task Refused(string path, string source, string code)
    {
        var before = await house.Host.EventCount();
        var (report, _) = await Import(path, source);
        (report.RowsRead, report.Faults.Select(f => f.Code)).ShouldSatisfyAllConditions(r => r.RowsRead.ShouldBe(0), r => r.Item2.ShouldContain(code));
        (await house.Host.EventCount()).ShouldBe(before);
    }

    private sealed class Used(string kind, string uri, long count) : ISkillUses
    {
        public string Kind => kind;

        public Task<IReadOnlyList<SkillUse>> All(CancellationToken ct) => Task.FromResult<IReadOnlyList<SkillUse>>([new(uri, count)]);

        public Task<long> Of(string skillUri, CancellationToken ct) => Task.FromResult(skillUri == uri ? count : 0);
    }
}

/// <summary>A Host with its operator.</summary>
public sealed class IntakeHouse : IAsyncLifetime
{
    internal RunningHost Host { get; } = new();

    internal Account Boss { get; private set; } = null!; // set before the first test

    public async ValueTask InitializeAsync()
    {
        await Host.InitializeAsync();
        Boss = await Host.Operator();
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
