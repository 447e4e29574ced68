using System.Net;
using ClusterNet.Tests.Clusters;
using ClusterNet.Tests.Hosting;
using Microsoft.Playwright;
using Shouldly;

namespace ClusterNet.BrowserTests;

/// <summary>People of two firms wish to learn the same; the coordinator plans it once, and they are told.</summary>
public sealed class DemandJourneyTests(Site site)
{
    private const string Accounting = "http://data.europa.eu/esco/skill/ecc18804-a466-40d9-98b4-fba5cd67dd4b";
    private const string Keys = @"\b(Wish|How|Price|Plan|Gap|Outcome|Firms|People|Problem)-?[A-Z]\w*|\s(the|your)\s";

    [Fact]
    public async Task From_a_wish_to_a_session_that_is_planned()
    {
        var (owner, other) = (await site.Newcomer(), await site.Newcomer());
        var cluster = await owner.Found("Wish valley");
        var firm = await owner.Join(cluster, owner, "Brass & Sons", NewNumber());
        await other.Join(cluster, owner, "Cable works", NewNumber());
        foreach (var kind in new[] { "room", "trainer" })
        {
            var given = new { firm, kind, name = $"Our {kind}", unit = "unit", timeZone = "Europe/Berlin", capacity = 12, available = "Mon-Fri 08:00-18:00" };
            var resource = (await owner.Client.Post($"/resources/clusters/{cluster}/resources", given)).ShouldBe(HttpStatusCode.Created).Id;
            (await owner.Client.Put($"/resources/resources/{resource}/value", new { hourlyCents = 3_000 })).ShouldBe(HttpStatusCode.OK);
        }

        await using (var visit = await site.VisitAs(other, $"/pools/{cluster}", Pages.Window(Pages.Phone)))
        {
            var page = visit.Page;
            await page.Locator("#form-skill").FillAsync("accounting");
            await page.GetByRole(AriaRole.Option).Filter(new() { HasText = "accounting" }).First.ClickAsync();
            await page.GetByLabel("In your words").FillAsync("I do our books alone now.");
            await page.GetByRole(AriaRole.Button, new() { Name = "Send the wish" }).ClickAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("I do our books alone now.");
            (await visit.Faults("demand of a manager", Keys)).ShouldBeEmpty();
        }

        (await owner.Client.Post($"/resources/clusters/{cluster}/wishes", new { skillUri = Accounting })).ShouldBe(HttpStatusCode.Created);
        await using (var visit = await site.VisitAs(owner, $"/pools/{cluster}/demand", Pages.Desk))
        {
            var page = visit.Page;
            await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("At least 2 firms, 2 people");
            await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("300.00 € a head");
            await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("180.00 € a head");
            await page.GetByText("Set aside", new() { Exact = true }).First.ClickAsync();
            await page.GetByLabel("Why").FillAsync("Not now");
            await page.GetByRole(AriaRole.Button, new() { Name = "Set aside" }).ClickAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Take up again" }).ClickAsync();
            (await visit.Faults("demand of a coordinator", Keys)).ShouldBeEmpty();
        }

        await using (var visit = await site.VisitAs(owner, $"/pools/{cluster}/demand", new(Pages.Window(Pages.Phone)) { JavaScriptEnabled = false }))
        {
            var page = visit.Page;
            await page.GetByRole(AriaRole.Link, new() { Name = "Plan it" }).First.ClickAsync();
            await page.GetByLabel("Seats").FillAsync("9");
            await page.GetByRole(AriaRole.Button, new() { Name = "Plan it" }).ClickAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("accounting");
            await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("0 of 9");
        }

        await using (var visit = await site.VisitAs(owner, $"/pools/{cluster}/demand", Pages.Desk))
        {
            await Assertions.Expect(visit.Page.GetByRole(AriaRole.Table).Last).ToContainTextAsync("0 of 9");
            (await visit.Faults("demand that was planned", Keys)).ShouldBeEmpty();
        }

        await site.Host.CaughtUp();
        await using (var visit = await site.VisitAs(other, "/notices", Pages.Desk))
            await Assertions.Expect(visit.Page.GetByRole(AriaRole.Main)).ToContainTextAsync("What you wished to learn takes place");
    }

    private static string NewNumber() => $"HRB {Guid.NewGuid():n}";
}
