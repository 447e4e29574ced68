using System.Net;
using ClusterNet.Tests.Clusters;
using ClusterNet.Tests.Hosting;
using Microsoft.Playwright;
using Shouldly;

namespace ClusterNet.BrowserTests;

/// <summary>A firm of five draws up a profile and finishes a skills audit on phones, with and without scripts.</summary>
public sealed class AuditJourneyTests(Site site)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Five_people_finish_an_audit_on_phones(bool script)
    {
        var people = await Firm();
        await using var lead = await Phone(people[0], "/role-profiles/new", script);
        await DrawUp(lead.Page);
        (await Faults(lead)).ShouldBeEmpty();

        var audit = await Begin(lead);

        foreach (var person in people)
        {
            await using var visit = await Phone(person, "/skills-audits", script);
            await RateAll(visit, look: person == people[0]);
            if (script) visit.Complaints.ShouldBeEmpty();
        }

        await lead.Page.GotoAsync($"/skills-audits/{audit}");
        await Assertions.Expect(lead.Page.GetByText("5 of 5 people are done")).ToBeVisibleAsync();
        (await Faults(lead)).ShouldBeEmpty();
        await lead.Page.Locator("summary", new() { HasText = "Close the audit" }).ClickAsync();
        await lead.Page.GetByRole(AriaRole.Button, new() { Name = "Close the audit" }).ClickAsync();
        await Said(lead, "The audit is closed");
        await Outcome(people[1], audit, script);
    }

    private async Task Outcome(Account person, string audit, bool script)
    {
        await site.Host.CaughtUp();
        await using var visit = await Phone(person, $"/skills-audits/{audit}/results/{person.Person}", script);
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Table)).ToContainTextAsync("(3 peers)");
        (await Faults(visit)).ShouldBeEmpty();
        await visit.Page.GotoAsync("/my-skills");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Table)).ToContainTextAsync("On one's own");
        (await Faults(visit)).ShouldBeEmpty();
    }

    private async Task<List<Account>> Firm()
    {
        var owner = await site.Newcomer();
        var firm = (await owner.Client.Post("/clusters/firms", World.FirmBody("Audited", $"HRB {Guid.NewGuid():n}"))).ShouldBe(HttpStatusCode.Created).Id;
        List<Account> people = [owner];
        foreach (var name in (string[])["Ben", "Cem", "Dora", "Emil"])
        {
            var email = World.NewEmail();
            var id = (await owner.Client.Post($"/clusters/firms/{firm}/people", World.PersonBody(email, givenName: name))).ShouldBe(HttpStatusCode.Created).Id;
            people.Add(await site.Host.Accept(await owner.Client.Post($"/clusters/firms/{firm}/people/{id}/invitation", null), email));
        }

        return people;
    }

    private static async Task DrawUp(IPage page)
    {
        await page.GetByLabel("Name of the role").FillAsync("Office");
        await page.Locator("#form-skill").FillAsync("accounting");
        await page.Keyboard.PressAsync("Escape");
        await page.GetByRole(AriaRole.Button, new() { Name = "Draw up" }).ClickAsync();
        // What fits is offered, and one of it chosen.
        var offered = page.Locator(".picker .choice input").First;
        await offered.CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Draw up" }).ClickAsync();
        await Assertions.Expect(page.Locator("main [role=status]").First).ToContainTextAsync("The profile is there");
    }

    private static async Task<string> Begin(Visit lead)
    {
        await lead.Page.GotoAsync("/skills-audits/new");
        (await Faults(lead)).ShouldBeEmpty();
        await lead.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Spring audit");
        await lead.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Office" }).First.CheckAsync();
        await lead.Page.GetByRole(AriaRole.Button, new() { Name = "Begin" }).ClickAsync();
        await Said(lead, "The audit runs");
        return new Uri(lead.Page.Url).Segments[^1];
    }

    /// <summary>From the list to the first sheet, and from each to the next, until nobody is left.</summary>
    /// <param name="look">Whether the sheet is looked at for barriers: it is the same for all.</param>
    private static async Task RateAll(Visit visit, bool look)
    {
        await visit.Page.Locator("a[href*='/rate/']").First.ClickAsync();
        if (look) (await Faults(visit)).ShouldBeEmpty();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByText("choose a step, or say that you can't").First).ToBeVisibleAsync();
        while (visit.Page.Url.Contains("/rate/", StringComparison.Ordinal))
        {
            var sheet = visit.Page.Url;
            await visit.Page.GetByRole(AriaRole.Radio, new() { Name = "3 · On one's own" }).First.CheckAsync();
            await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
            await visit.Page.WaitForURLAsync(url => url != sheet);
            await Said(visit, "Sent");
        }
    }

    private static Task Said(Visit visit, string words) => Assertions.Expect(visit.Page.Locator("main [role=status]").First).ToContainTextAsync(words);

    private async Task<Visit> Phone(Account who, string address, bool script)
    {
        var window = Pages.Window(Pages.Phone);
        window.JavaScriptEnabled = script;
        return await site.VisitAs(who, address, window);
    }

    private static async Task<IReadOnlyList<string>> Faults(Visit visit)
    {
        (await visit.Overhang()).ShouldBe(0);
        return await visit.Barriers();
    }
}
