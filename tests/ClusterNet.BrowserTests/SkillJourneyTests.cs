using System.IO.Compression;
using Microsoft.Playwright;
using Shouldly;

namespace ClusterNet.BrowserTests;

/// <summary>What people do on the pages of the skills catalogue: find, propose, review, map, merge; and each of those pages as somebody meets it.</summary>
public sealed class SkillJourneyTests(Site site)
{
    private const string Accounting = "/skills?uri=http%3A%2F%2Fdata.europa.eu%2Fesco%2Fskill%2Fecc18804-a466-40d9-98b4-fba5cd67dd4b";
    private static int _numbers;

    public static TheoryData<string> OfMembers => ["/skills", "/skills?q=welding", "/skills?q=zzzzqqqq", "/skills?area=green", Accounting, "/skills/frameworks/digcomp", "/skills/clusters/{cluster}", "/skills/clusters/{cluster}/areas"];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_skill_is_proposed_reviewed_found_mapped_and_merged(bool script)
    {
        var (owner, window) = (await site.Entrepreneur(), new BrowserNewContextOptions(Pages.Window(Pages.Phone)) { JavaScriptEnabled = script });
        var name = $"trim silicone seals {(script ? "quickly" : "by hand")} {Interlocked.Increment(ref _numbers)}";
        await using var visit = await site.VisitAs(owner, $"/clusters/{site.Cluster}", window);
        var page = visit.Page;
        await page.GetByRole(AriaRole.Link, new() { Name = "Own skills of the cluster" }).ClickAsync();
        await Propose(page, name);

        await using var review = await site.VisitAs(site.Coordinator, page.Url, window);
        await review.Page.GetByRole(AriaRole.Button, new() { Name = "Accept" }).ClickAsync();
        await Assertions.Expect(review.Page.Locator("main [role=status]")).ToContainTextAsync("in the catalogue");
        await review.Page.Locator("#mapped-skill").FillAsync("adapt to change");
        await Choose(review.Page, "adapt to change", script, "Map");
        await Assertions.Expect(review.Page.GetByRole(AriaRole.Main)).ToContainTextAsync("Close");

        await page.GotoAsync("/skills");
        await page.Locator("#skill-q").FillAsync(name.Replace("silicone", "silicon", StringComparison.Ordinal));
        await page.Locator("#skill-q").PressAsync("Enter");
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = name }).First.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(name);
        (await visit.Barriers()).ShouldBeEmpty();

        // Proposed once more in other words: what is near is shown first.
        await page.GotoAsync($"/skills/clusters/{site.Cluster}");
        await Fill(page, $"{name} again");
        await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("There may be one already");
        (await visit.Barriers()).ShouldBeEmpty();
        await page.GetByRole(AriaRole.Button, new() { Name = "Propose all the same" }).ClickAsync();
        await Assertions.Expect(page.Locator("main [role=status]")).ToContainTextAsync("waits for review");
        await review.Page.GotoAsync(page.Url);
        await review.Page.GetByRole(AriaRole.Button, new() { Name = "Accept" }).ClickAsync();
        await review.Page.GetByText("Merge into another one").First.ClickAsync();
        await review.Page.GetByLabel("Stands in its place").SelectOptionAsync(new SelectOptionValue { Label = name });
        await review.Page.GetByRole(AriaRole.Button, new() { Name = "Merge into another one" }).ClickAsync();
        await Assertions.Expect(review.Page.Locator("main [role=status]")).ToContainTextAsync("are one now");
        (await review.Barriers()).ShouldBeEmpty();
        (await review.Overhang()).ShouldBe(0);
        if (script) visit.Complaints.Concat(review.Complaints).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_coordinator_moves_a_skill_to_an_own_area_and_undoes_it()
    {
        await using var visit = await site.VisitAs(site.Coordinator, $"/skills/clusters/{site.Cluster}/areas", new() { JavaScriptEnabled = false });
        var page = visit.Page;
        var area = $"Seals {Interlocked.Increment(ref _numbers)}";
        await page.GetByLabel("Name (English)").FillAsync(area);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add the area" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = area })).ToBeVisibleAsync();
        await page.Locator("#form-skill").FillAsync("hydraulics");
        await page.GetByLabel("Area", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = area });
        await Choose(page, "hydraulics", false, "Save");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Back to the default hydraulics" })).ToBeVisibleAsync();
        (await visit.Barriers()).ShouldBeEmpty();
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo the last change" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Back to the default hydraulics" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_text_in_ones_own_words_leads_to_skills()
    {
        await using var visit = await site.VisitAs(await site.Entrepreneur(), "/skills", new(Pages.Window(Pages.Phone)) { JavaScriptEnabled = false });
        var page = visit.Page;
        await page.GetByLabel("What did you do or learn?").FillAsync("   ");
        await page.GetByRole(AriaRole.Button, new() { Name = "Suggest skills" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("Write 1 to 4,000 characters.");
        await page.GetByLabel("What did you do or learn?").FillAsync("I negotiated better terms with our suppliers <b>today</b>");
        await page.GetByRole(AriaRole.Button, new() { Name = "Suggest skills" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("because of: negotiated, terms, with, suppliers");
        (await visit.Barriers()).ShouldBeEmpty();
        (await visit.Overhang()).ShouldBe(0);
        await page.GetByRole(AriaRole.Link, new() { Name = "negotiate terms with suppliers" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("negotiate terms with suppliers");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_catalogue_is_uploaded_and_its_page_says_what_changed(bool script)
    {
        var (scheme, file) = (script ? "Live" : "Plain", Path.Combine(Directory.CreateTempSubdirectory("catalogue-").FullName, "catalogue.zip"));
        Zip(file, $"{scheme} one", $"{scheme} two");
        await using var visit = await site.VisitAs(site.Operator, "/admin/skills", new(Pages.Window(Pages.Phone)) { JavaScriptEnabled = script });
        var page = visit.Page;
        await Upload($"{scheme} 1.0");
        await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("New: 2");

        File.Delete(file);
        Zip(file, $"{scheme} one");
        await page.GotoAsync("/admin/skills");
        await Upload($"{scheme} 2.0");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync($"{scheme} 2.0");
        await page.GetByText("Given up: 1").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = $"{scheme} two" })).ToBeVisibleAsync();
        (await visit.Barriers()).ShouldBeEmpty();
        (await visit.Overhang()).ShouldBe(0);
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true); // made above
        await page.GetByRole(AriaRole.Link, new() { Name = "Skills catalogue" }).First.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = $"{scheme} 2.0" })).ToBeVisibleAsync();
        await using var desk = await site.VisitAs(site.Operator, page.Url, Pages.Desk);
        await desk.Page.GetByRole(AriaRole.Link, new() { Name = $"{scheme} 1.0" }).ClickAsync();
        await Assertions.Expect(desk.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync($"{scheme} 1.0");
        (await desk.Faults("import", @"(Change|Uses|Import)-?\w*-\w+")).ShouldBeEmpty();

        async Task Upload(string source)
        {
            await page.Locator("input[type=file]").SetInputFilesAsync(file);
            await page.GetByLabel("Version").FillAsync(source);
            await page.GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true }).ClickAsync();
            if (!script) await page.GetByRole(AriaRole.Link, new() { Name = "See what changed" }).ClickAsync();
        }
    }

    [Theory]
    [MemberData(nameof(OfMembers))]
    public async Task Every_page_is_accessible_fits_every_window_and_speaks_the_readers_language(string path)
    {
        await using var visit = await site.VisitAs(site.Coordinator, path.Replace("{cluster}", site.Cluster, StringComparison.Ordinal), Pages.Desk);
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveCountAsync(1);
        (await visit.Faults("skills " + path, @"(State|Match|Area|Type|Kind|Reuse|Problem)-\w+")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/admin/skills")]
    public async Task The_operators_page_is_accessible(string path)
    {
        await using var visit = await site.VisitAs(site.Operator, path, Pages.Desk);
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Main)).ToContainTextAsync("EntreComp");
        (await visit.Faults("skills " + path, @"(State|Match|Area|Type|Kind)-\w+")).ShouldBeEmpty();
    }

    private static void Zip(string path, params string[] labels)
    {
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        using var entry = new StreamWriter(zip.CreateEntry("skills_en.csv").Open());
        entry.Write("conceptType,conceptUri,skillType,reuseLevel,preferredLabel,altLabels,status\n");
        foreach (var label in labels) entry.Write($"KnowledgeSkillCompetence,http://example.org/skill/{label.Replace(' ', '-')},knowledge,cross-sector,{label},,released\n");
    }

    private static async Task Propose(IPage page, string name)
    {
        await Fill(page, name);
        // Depending on what other tests have proposed, something near is shown first.
        var anyway = page.GetByRole(AriaRole.Button, new() { Name = "Propose all the same" });
        if (await anyway.CountAsync() > 0) await anyway.ClickAsync();
        await Assertions.Expect(page.Locator("main [role=status]")).ToContainTextAsync("waits for review");
    }

    private static async Task Fill(IPage page, string name)
    {
        await page.GetByLabel("Name (English)").FillAsync(name);
        await page.GetByLabel("Why is it needed?").FillAsync("Three firms train it");
        await page.GetByRole(AriaRole.Button, new() { Name = "Propose", Exact = true }).ClickAsync();
    }

    /// <summary>With script from the list that opens; without, from the choices that the form comes back with.</summary>
    private static async Task Choose(IPage page, string label, bool script, string button)
    {
        if (script) await page.GetByRole(AriaRole.Option).Filter(new() { HasText = label }).First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
        if (script) return;
        await page.GetByRole(AriaRole.Radio, new() { Name = label }).First.CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
    }
}
