using ClusterNet.Tests.Clusters;
using ClusterNet.Tests.Resources;
using ClusterNet.Tests.Resources.Attending;
using Microsoft.Playwright;
using Shouldly;

namespace ClusterNet.BrowserTests;

/// <summary>A session takes place: people check in at the door, the organiser notes who came, and they say what they took away.</summary>
public sealed class AttendanceJourneyTests(Site site)
{
    private const string Keys = @"\b(Kind|Resource|Problem|Fault|Mark)-\w+|\s(the|your)\s";

    [Fact]
    public async Task Who_scans_the_code_is_there_and_says_later_what_it_was_worth()
    {
        var c = await Pool();
        var (ada, erna) = (await PoolCluster.Employee(site.Host, c.BoltManager, c.Bolt), await PoolCluster.Employee(site.Host, c.BoltManager, c.Bolt));
        var running = await HeldSession.Workshop(site.Host, c, TimeSpan.FromMinutes(-10), (c.Bolt, 2, [ada]));
        var over = await HeldSession.Workshop(site.Host, c, TimeSpan.FromHours(-26), (c.Bolt, 2, [ada]));
        string code;

        await using (var visit = await site.VisitAs(c.AcmeManager, $"/sessions/{running}", Pages.Desk))
        {
            var page = visit.Page;
            await page.GetByRole(AriaRole.Link, new() { Name = "Show the code" }).ClickAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Img, new() { Name = "QR code for checking in" })).ToBeVisibleAsync();
            code = await page.GetByRole(AriaRole.Link, new() { Name = "The same as a link" }).GetAttributeAsync("href") ?? "";
            (await visit.Faults("door", Keys)).ShouldBeEmpty();
        }

        await using (var visit = await site.VisitAs(erna, code, new(Pages.Window(Pages.Phone)) { JavaScriptEnabled = false }))
        {
            var page = visit.Page;
            await page.GetByRole(AriaRole.Button, new() { Name = "I am here" }).ClickAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("You are checked in");
        }

        await using (var visit = await site.VisitAs(c.AcmeManager, $"/sessions/{over}", Pages.Desk))
        {
            var page = visit.Page;
            await page.GetByRole(AriaRole.Button, new() { Name = "All came" }).ClickAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Checkbox, new() { Name = "Erna Employee" })).ToBeCheckedAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("0 of 1 who were there have answered");
            (await visit.Faults("attendance", Keys)).ShouldBeEmpty();
        }

        await site.Host.CaughtUp();
        await using (var visit = await site.VisitAs(ada, $"/sessions/{over}", Pages.Desk))
        {
            var page = visit.Page;
            await page.GetByRole(AriaRole.Group, new() { Name = "How useful" }).GetByLabel("4").CheckAsync();
            await page.GetByLabel("In one sentence").FillAsync("More exercises");
            await page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("You answered on");
            (await visit.Faults("own attendance", Keys)).ShouldBeEmpty();
        }

        await using (var visit = await site.VisitAs(ada, "/", new(Pages.Window(Pages.Phone)) { JavaScriptEnabled = false }))
        {
            var page = visit.Page;
            await page.GetByRole(AriaRole.Link, new() { Name = "What did you take away from “Held”?" }).First.ClickAsync();
            await page.GetByLabel("In one sentence").FillAsync("Ask before you copy a list");
            await page.Locator("#takeaway").GetByRole(AriaRole.Button).ClickAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("Ask before you copy a list");
            await Assertions.Expect(page.Locator("#takeaway")).ToHaveCountAsync(0);
        }
    }

    [Fact]
    public async Task Names_are_given_to_seats_before_it_begins()
    {
        var c = await Pool();
        await PoolCluster.Employee(site.Host, c.BoltManager, c.Bolt);
        var session = await HeldSession.Workshop(site.Host, c, TimeSpan.FromHours(20), (c.Bolt, 2, []));
        await using var visit = await site.VisitAs(c.BoltManager, $"/sessions/{session}", Pages.Desk);
        var page = visit.Page;
        await page.GetByText("Cable works: 0 of 2 named").ClickAsync();
        await page.Locator("#names").GetByRole(AriaRole.Checkbox, new() { Name = "Erna Employee" }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep these names" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Cable works: 1 of 2 named")).ToBeVisibleAsync();
        (await visit.Faults("names", Keys)).ShouldBeEmpty();
    }

    /// <summary>A cluster of two firms, whose coordinator manages the one that organises.</summary>
    private async Task<PoolCluster> Pool()
    {
        var (owner, other) = (await site.Newcomer(), await site.Newcomer());
        var cluster = await owner.Found("Attendance valley");
        var firm = await owner.Join(cluster, owner, "Brass & Sons", $"HRB {Guid.NewGuid():n}");
        return new(cluster, owner, owner, firm, other, await other.Join(cluster, owner, "Cable works", $"HRB {Guid.NewGuid():n}"), other, "");
    }
}
