using ClusterNet.Csv;
using ClusterNet.Skills.Catalogue;
using Shouldly;

namespace ClusterNet.Tests.Skills;

public sealed class EscoArchiveTests : IDisposable
{
    private readonly EscoZip made = new();

    public void Dispose() => made.Dispose();

    [Fact]
    public async Task A_concept_brings_its_labels_and_its_broader_concepts()
    {
        var english = made.Zip("classification.zip",
            ("ESCO v1/skills_en.csv", EscoZip.Header + EscoZip.Row("a", "weld ", "weld\njoin metal\n\n fuse \njoin metal")),
            ("ESCO v1/occupations_en.csv", "nobody reads this"));
        var relations = made.Zip("relations.zip", ("broaderRelationsSkillPillar.csv", "conceptType,conceptUri,broaderType,broaderUri\n"
            + $"x,{EscoZip.Uri("a")},y,{EscoZip.Uri("b")}\nx,{EscoZip.Uri("a")},y,{EscoZip.Uri("c")}\n"));
        var french = made.File("skills_fr.csv", $"conceptUri,preferredLabel\n{EscoZip.Uri("a")},souder\n{EscoZip.Uri("gone")},disparu\n");

        var (concepts, archive) = await EscoZip.Read(french, english, relations);

        archive.Report.Faults.ShouldBeEmpty();
        archive.Languages.ShouldBe(["en", "fr"]);
        archive.WithoutConcept.Values.Sum().ShouldBe(1);
        var concept = concepts.ShouldHaveSingleItem();
        (concept.Uri, concept.SkillType, concept.ReuseLevel, concept.Status)
            .ShouldBe((EscoZip.Uri("a"), "knowledge", "cross-sector", "released"));
        concept.PreferredLabels.ShouldBe(new Dictionary<string, string> { ["en"] = "weld", ["fr"] = "souder" }, ignoreOrder: true);
        concept.AltLabels.ShouldHaveSingleItem().Value.ShouldBe(["join metal", "fuse"]);
        concept.BroaderUris.ShouldBe([EscoZip.Uri("b"), EscoZip.Uri("c")]);
    }

    [Fact]
    public async Task A_folder_is_read_like_a_zip_and_one_language_is_enough()
    {
        made.File("skills_fr.csv", EscoZip.Header + EscoZip.Row("a", "souder"));

        var (concepts, archive) = await EscoZip.Read(made.Folder);

        archive.Languages.ShouldBe(["fr"]);
        concepts.ShouldHaveSingleItem().PreferredLabels["fr"].ShouldBe("souder");
    }

    [Fact]
    public async Task Blank_types_load_and_unknown_ones_are_faults_of_their_rows()
    {
        var zip = made.Zip("a.zip", ("skills_en.csv", EscoZip.Header
            + $"K,{EscoZip.Uri("a")},,,blank,,\nK,{EscoZip.Uri("b")},skil,cross-sector,bad type,,\nK,nowhere,,,bad uri,,\n"
            + $"K,{EscoZip.Uri("a")},,,twice,,\nK,{EscoZip.Uri("c")},,,,,\n"));

        var (concepts, archive) = await EscoZip.Read(zip);

        var concept = concepts.ShouldHaveSingleItem();
        (concept.SkillType, concept.ReuseLevel, concept.Status).ShouldBe(("", "", ""));
        archive.Report.Rejected.ShouldBe(4);
        archive.Report.Faults.Select(fault => (fault.Line, fault.Column, fault.Code)).ShouldBe(
        [
            (3, "skillType", "cell-not-allowed"),
            (4, "conceptUri", "cell-not-a-web-address"),
            (5, "conceptUri", "esco-concept-twice"),
            (6, "preferredLabel", "cell-empty"),
        ]);
    }

    [Fact]
    public async Task An_archive_without_skills_is_refused() =>
        (await Fault(made.Zip("a.zip", ("occupations_en.csv", "x"), ("__MACOSX/._skills_en.csv", "x"))))
            .Code.ShouldBe("esco-no-skills-file");

    [Fact]
    public async Task Wrong_columns_are_named_with_their_file()
    {
        var fault = await Fault(made.Zip("a.zip", ("skills_en.csv", "uri,type,preferredLabel\nx,y,z\n")));

        fault.Code.ShouldBe("csv-missing-columns");
        fault.Column.ShouldBe("conceptUri, skillType, reuseLevel, altLabels");
        fault.Reason.ShouldStartWith("skills_en.csv: ");
    }

    [Fact]
    public async Task Wrong_columns_in_a_translation_keep_all_concepts_out()
    {
        var fault = await Fault(made.Zip("a.zip",
            ("skills_en.csv", EscoZip.Header + EscoZip.Row("a", "weld")), ("skills_fr.csv", "uri,label\nx,y\n")));

        fault.Reason.ShouldStartWith("skills_fr.csv: ");
    }

    [Fact]
    public async Task Two_files_for_one_language_are_refused() =>
        (await Fault(
            made.Zip("a.zip", ("skills_en.csv", EscoZip.Header)),
            made.Zip("b.zip", ("skills_en.csv", EscoZip.Header)))).Code.ShouldBe("esco-file-twice");

    [Fact]
    public async Task A_file_that_is_no_zip_or_not_there_is_refused_without_naming_a_path()
    {
        var fault = await Fault(made.File("a.zip", "PK, but not really"));
        (await Fault(Path.Combine(made.Folder, "absent.zip"))).Code.ShouldBe("esco-unreadable");

        fault.Code.ShouldBe("esco-unreadable");
        fault.ToString().ShouldNotContain(made.Folder);
    }

    [Fact]
    public async Task A_damaged_entry_ends_the_reading_with_a_fault()
    {
        var zip = made.Zip("a.zip", ("skills_en.csv", EscoZip.Header + Rows(2_000)));
        var bytes = await File.ReadAllBytesAsync(zip, TestContext.Current.CancellationToken);
        // Past the local header, into the packed text.
        bytes.AsSpan(200, 2_000).Fill(0xFF);
        await File.WriteAllBytesAsync(zip, bytes, TestContext.Current.CancellationToken);

        var (_, archive) = await EscoZip.Read(zip);

        archive.Report.Faults.ShouldContain(fault => fault.Code == "esco-unreadable");
    }

    [Fact]
    public async Task An_entry_that_declares_too_much_is_not_opened()
    {
        // Eight megabytes of blanks pack a thousand to one.
        var zip = made.Zip("bomb.zip", ("skills_en.csv", EscoZip.Header + new string(' ', 8 * 1024 * 1024)));

        (await Fault(zip)).Code.ShouldBe("esco-too-large");
    }

    [Fact]
    public async Task What_is_unpacked_is_counted_over_all_files()
    {
        var rows = Rows(500);
        var zip = made.Zip("a.zip", ("skills_en.csv", EscoZip.Header + rows), ("skills_fr.csv", EscoZip.Header + rows));

        var (_, archive) = await EscoZip.Read(EscoLimits.Default with { TotalBytes = rows.Length + 1_000 }, zip);

        archive.Report.Faults.ShouldContain(fault => fault.Code == "esco-too-large");
    }

    [Fact]
    public async Task An_archive_of_too_many_files_is_refused()
    {
        var zip = made.Zip("a.zip", [.. Enumerable.Range(0, 3).Select(i => ($"{i}.csv", "x"))]);

        var (concepts, archive) = await EscoZip.Read(EscoLimits.Default with { Entries = 2 }, zip);

        concepts.ShouldBeEmpty();
        archive.Report.Faults.ShouldHaveSingleItem().Code.ShouldBe("esco-too-large");
    }

    [Fact]
    public async Task An_entry_that_lies_about_its_size_is_stopped_while_it_unpacks()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var stream = new BoundedStream(new MemoryStream(new byte[5_000]), allowed: 4_000, new EscoBudget(EscoLimits.Default), checksum: null);

        await Should.ThrowAsync<EscoTooLargeException>(() => stream.CopyToAsync(Stream.Null, 1_000, ct));
    }

    private static string Rows(int count) =>
        string.Concat(Enumerable.Range(0, count).Select(i => EscoZip.Row($"{i}", $"skill {i}")));

    private static async Task<RowFault> Fault(params string[] paths)
    {
        var (concepts, archive) = await EscoZip.Read(paths);
        concepts.ShouldBeEmpty();
        return archive.Report.Faults.ShouldHaveSingleItem();
    }
}
