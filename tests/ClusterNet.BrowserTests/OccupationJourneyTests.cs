using ClusterNet.Tests.Clusters;
using ClusterNet.Tests.Hosting;
using ClusterNet.Tests.Skills;
using Microsoft.Playwright;
using Shouldly;

namespace ClusterNet.BrowserTests;

/// <summary>A manager draws up a role profile from an occupation on a phone, with and without scripts.</summary>
public sealed class OccupationJourneyTests(Site site)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_profile_begins_with_an_occupation(bool script)
    {
        var owner = await site.Newcomer();
        (await owner.Client.Post("/clusters/firms", World.FirmBody("Occupied", $"HRB {Guid.NewGuid():n}"))).ShouldBe(System.Net.HttpStatusCode.Created);
        var label = $"keeper of {(script ? "ledgers" : "journals")}";
        await TestOccupation.Import(
            site.Host, $"urn:test:{Guid.NewGuid()}", [AuditWorld.Accounting, "urn:test:nobody-knows"], [AuditWorld.FiveS], label);
        var window = Pages.Window(Pages.Phone);
        window.JavaScriptEnabled = script;
        await using var visit = await site.VisitAs(owner, "/role-profiles/new", window);
        var page = visit.Page;
        var found = page.GetByRole(AriaRole.Link, new() { Name = label });

        // Each Host sees an import within seconds: what was read before is asked again.
        do await page.GotoAsync($"/role-profiles/new?q={Uri.EscapeDataString(label)}");
        while (await found.CountAsync() == 0);

        (await Faults(visit)).ShouldBeEmpty();
        await found.ClickAsync();
        await Assertions.Expect(page.GetByText("1 skills of the occupation")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByLabel("Name of the role")).ToHaveValueAsync(label);
        (await Faults(visit)).ShouldBeEmpty();
        await page.Locator("main form select[name^='level.']").First.SelectOptionAsync("4");
        await page.Locator("main summary", new() { HasText = "Skills to add" }).ClickAsync();
        await page.Locator("main details select[name^='level.']").First.SelectOptionAsync("2");
        (await Faults(visit)).ShouldBeEmpty();
        await page.GetByRole(AriaRole.Button, new() { Name = "Draw up" }).ClickAsync();
        await Assertions.Expect(page.Locator("main [role=status]").First).ToContainTextAsync("The profile is there");
        await Assertions.Expect(page.GetByText($"Begun with the occupation {label}")).ToBeVisibleAsync();
        (await page.Locator("select[name^='level.']").EvaluateAllAsync<string[]>("all => all.map(s => s.value)")).ShouldBe(["4", "2"]);
        (await Faults(visit)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_unknown_occupation_is_said_to_be_so()
    {
        var owner = await site.Newcomer();
        (await owner.Client.Post("/clusters/firms", World.FirmBody("Lost", $"HRB {Guid.NewGuid():n}"))).ShouldBe(System.Net.HttpStatusCode.Created);
        await TestOccupation.Import(site.Host, "urn:test:some-occupation", [AuditWorld.Accounting], []);
        await using var visit = await site.VisitAs(owner, "/role-profiles/new", Pages.Window(Pages.Phone));

        do await visit.Page.GotoAsync($"/role-profiles/new?occupation={Guid.NewGuid()}");
        while (await visit.Page.Locator("#occupation-q").CountAsync() == 0);

        await Assertions.Expect(visit.Page.GetByText("There is no such occupation")).ToBeVisibleAsync();
        (await Faults(visit)).ShouldBeEmpty();
    }

    private static async Task<IReadOnlyList<string>> Faults(Visit visit)
    {
        (await visit.Overhang()).ShouldBe(0);
        return await visit.Barriers();
    }
}
