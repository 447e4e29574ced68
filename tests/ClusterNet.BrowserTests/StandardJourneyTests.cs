using System.Net;
using System.Text;
using ClusterNet.Tests.Clusters;
using ClusterNet.Tests.Hosting;
using Microsoft.Playwright;
using Shouldly;

namespace ClusterNet.BrowserTests;

/// <summary>A coordinator writes a standard, publishes it, and lets a newer version take over; others take it over from a file.</summary>
public sealed class StandardJourneyTests(Site site)
{
    private const string Keys = @"\b(Kind|Problem|Fault|Part|W|F|State|Stop|Open|Type)-\w+|\s(the|your)\s";

    [Fact]
    public async Task A_standard_is_written_without_script_published_and_succeeded_and_goes_through_a_file()
    {
        var owner = await site.Newcomer();
        var cluster = await owner.Found("Standards valley");
        string first;
        await using (var visit = await site.VisitAs(owner, "/standards", new(Pages.Window(Pages.Phone)) { JavaScriptEnabled = false }))
        {
            var page = visit.Page;
            await page.GetByRole(AriaRole.Link, new() { Name = "New standard" }).ClickAsync();
            await page.GetByLabel("Title").FillAsync("Negotiating as a supplier");
            await page.GetByRole(AriaRole.Button, new() { Name = "Add an outcome" }).ClickAsync();
            await Assertions.Expect(page.GetByLabel("Title")).ToHaveValueAsync("Negotiating as a supplier");
            await page.GetByRole(AriaRole.Button, new() { Name = "Remove outcome 2" }).ClickAsync();
            await Assertions.Expect(page.GetByLabel("Outcome 2: what kind")).ToHaveCountAsync(0);
            await page.GetByLabel("Outcome 1: after learning").FillAsync("negotiates prices and dates");
            await page.GetByLabel("Criterion 1: the candidate").FillAsync("prepares goals in writing");
            await page.GetByLabel("Criterion 2: code").FillAsync("C1");
            await page.GetByLabel("Criterion 2: the candidate").FillAsync("leads two negotiations");
            await page.Locator("#form-skill").FillAsync("negotiat");
            await Save(page);
            await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Every criterion needs a code of its own.");
            await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Choose a skill of the catalogue.");
            await page.GetByLabel("Criterion 2: code").FillAsync("C2");
            await page.GetByRole(AriaRole.Radio).First.CheckAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Preview" }).First.ClickAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("This is how it reads.");
            await Assertions.Expect(page.GetByText("C2: leads two negotiations")).ToBeVisibleAsync();
            await Save(page);
            await Assertions.Expect(page.GetByText("The draft is saved.")).ToBeVisibleAsync();
            await Assertions.Expect(page.GetByText("This is a draft")).ToBeVisibleAsync();
            first = page.Url.Split('/')[^1];

            // Somebody else changes it while it is edited: that is told, and what was typed stays.
            await page.GetByRole(AriaRole.Link, new() { Name = "Edit" }).ClickAsync();
            await page.GetByLabel("Valid for (months)").FillAsync("24");
            var file = (await owner.Client.Get($"/accreditation/standards/{first}/export")).Json["standard"].ShouldNotBeNull();
            file["validityMonths"] = 48;
            (await owner.Client.Put($"/accreditation/standards/{first}", file)).ShouldBe(HttpStatusCode.OK);
            await Save(page);
            await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("changed");
            await Assertions.Expect(page.GetByLabel("Valid for (months)")).ToHaveValueAsync("24");
            await Save(page);
            await Assertions.Expect(page.GetByText("The credential is valid for 24 months.")).ToBeVisibleAsync();
            await page.Locator("summary", new() { HasText = "Publish" }).ClickAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Publish" }).ClickAsync();
            await Assertions.Expect(page.GetByText("The standard is published.")).ToBeVisibleAsync();
            await page.GotoAsync($"/standards/{first}/edit");
            await Assertions.Expect(page.GetByRole(AriaRole.Main)).Not.ToContainTextAsync("Save the draft");

            await page.GotoAsync($"/standards/{first}");
            await page.GetByRole(AriaRole.Link, new() { Name = "Draft a new version" }).ClickAsync();
            await page.GetByLabel("Valid for (months)").FillAsync("36");
            await Save(page);
            await Assertions.Expect(page.GetByText("Version 2", new() { Exact = true }).First).ToBeVisibleAsync();
        }

        await using (var visit = await site.VisitAs(owner, "/standards", Pages.Desk)) (await visit.Faults("standards", Keys)).ShouldBeEmpty();
        await using (var visit = await site.VisitAs(owner, $"/standards/new/{cluster}?from={first}", Pages.Desk)) (await visit.Faults("editor of a standard", Keys)).ShouldBeEmpty();
        await using (var visit = await site.VisitAs(owner, "/standards", Pages.Desk))
        {
            var page = visit.Page;
            await page.GetByRole(AriaRole.Link, new() { Name = "Version 2" }).ClickAsync();
            await page.Locator("summary", new() { HasText = "Publish" }).ClickAsync();
            await page.GetByLabel("move to this version").CheckAsync();
            await page.GetByLabel("Last day for applying").FillAsync("2031-01-01");
            await page.GetByRole(AriaRole.Button, new() { Name = "Publish" }).ClickAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Alert).First).ToContainTextAsync("Leave the days empty.");
            await page.GetByLabel("Last day for applying").FillAsync("");
            await page.GetByRole(AriaRole.Button, new() { Name = "Publish" }).ClickAsync();
            await Assertions.Expect(page.GetByText("The standard is published.")).ToBeVisibleAsync();
            await page.Locator("summary", new() { HasText = "What changed" }).ClickAsync();
            await Assertions.Expect(page.Locator("ins")).ToContainTextAsync("valid for 36 months");
            (await visit.Faults("standard with versions", Keys)).ShouldBeEmpty();
        }

        var reader = await site.Newcomer();
        await using (var visit = await site.VisitAs(reader, $"/standards/{first}", Pages.Window(Pages.Phone)))
        {
            await Assertions.Expect(visit.Page.GetByText("Open applications move to the newer version")).ToBeVisibleAsync();
            await Assertions.Expect(visit.Page.GetByText("Who would be ready today")).ToHaveCountAsync(0);
        }

        var exported = (await reader.Client.Get($"/accreditation/standards/{first}/export")).Body;
        await reader.Found("Another standards valley");
        await using (var visit = await site.VisitAs(reader, "/standards", Pages.Window(Pages.Phone)))
        {
            var page = visit.Page;
            await Upload(page, exported.Replace("clusternet-standard/1", "something-else/1", StringComparison.Ordinal));
            await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("#/format: This is not a file of the format clusternet-standard/1.");
            await Upload(page, "no json");
            await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("This is no file of a standard");
            await Upload(page, exported);
            await Assertions.Expect(page.GetByText("The standard is a draft now.")).ToBeVisibleAsync();
        }
    }

    private static Task Save(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Save the draft" }).First.ClickAsync();

    private static async Task Upload(IPage page, string file)
    {
        await page.GetByLabel("File (JSON)").SetInputFilesAsync(new FilePayload { Name = "standard.json", MimeType = "application/json", Buffer = Encoding.UTF8.GetBytes(file) });
        await page.GetByRole(AriaRole.Button, new() { Name = "Import" }).ClickAsync();
    }
}
