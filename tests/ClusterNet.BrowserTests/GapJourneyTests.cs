using System.Net;
using ClusterNet.Tests.Clusters;
using ClusterNet.Tests.Hosting;
using ClusterNet.Tests.Skills;
using Microsoft.Playwright;
using Shouldly;

namespace ClusterNet.BrowserTests;

/// <summary>Self-checks and gaps: what coordinators and managers do and see there.</summary>
public sealed class GapJourneyTests(Site site)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_manager_answers_the_culture_check_twice_and_sees_the_trend(bool script)
    {
        var (owner, firm) = await Owner(await site.Newcomer(), "Culture Ltd");
        foreach (var visibility in new[] { "firm", "private" })
        {
            (await owner.Client.Post("/learning/records", new { firm, kind = "peer-help-given", what = "Showed the new lathe", happenedAt = DateTimeOffset.UtcNow.AddDays(-1), minutes = 30, visibility }))
                .ShouldBe(HttpStatusCode.Created);
        }

        await using var visit = await site.VisitAs(owner, $"/firms/{firm}", script ? Pages.Desk : new() { JavaScriptEnabled = false });
        var page = visit.Page;
        await page.GetByRole(AriaRole.Link, new() { Name = "Learning culture" }).ClickAsync();
        foreach (var answer in new[] { "Not at all true", "Fully true" })
        {
            foreach (var choice in await page.GetByRole(AriaRole.Radio, new() { Name = answer }).AllAsync()) await choice.CheckAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Save answers" }).ClickAsync();
            await Assertions.Expect(page.Locator("main [role=status]")).ToContainTextAsync("The answers are saved");
        }

        await Assertions.Expect(page.Locator(".trend polyline")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("main .result")).ToContainTextAsync("Directive");
        await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("at least 5 other firms");
        // What fewer than five people recorded is told to nobody, not even how much it is.
        await Assertions.Expect(page.GetByRole(AriaRole.Table, new() { Name = "What is recorded" }).Locator("tbody td").First).ToHaveTextAsync("fewer than 5");
        if (script) (await visit.Faults("culture answered", @"(Verdict|Part|Reason|Step|Choice|Question)-\w*|\s(the|your)\s")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_coordinator_is_told_whether_the_cluster_is_ready()
    {
        await using var visit = await site.VisitAs(site.Coordinator, $"/clusters/{site.Cluster}/readiness", Pages.Desk);
        var page = visit.Page;
        foreach (var choice in await page.GetByRole(AriaRole.Radio, new() { Name = "A little" }).AllAsync()) await choice.CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save answers" }).ClickAsync();
        await Assertions.Expect(page.Locator("main .result")).ToContainTextAsync("Not yet");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Start a skills audit" })).ToHaveAttributeAsync("href", "/skills-audits/new");
        (await visit.Faults("readiness answered", @"(Verdict|Part|Reason|Step|Choice|Question)-\w*|\s(the|your)\s")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Coordinator_and_manager_see_the_heat_map_and_who_alone_can_do_something()
    {
        var coordinator = await site.Newcomer();
        var cluster = await coordinator.Found("Heat valley");
        List<(Account Owner, string Firm, List<string> People)> firms = [];
        foreach (var (number, size) in new[] { 6, 5, 2, 2, 2 }.Index())
        {
            var owner = await site.Newcomer();
            var firm = await Join(owner, cluster, coordinator, $"Heat {number} & Söhne");
            List<string> people = [owner.Person];
            for (var i = 1; i < size; i++)
                people.Add((await owner.Client.Post($"/clusters/firms/{firm}/people", World.PersonBody(World.NewEmail(), familyName: $"Bolt {i}"))).ShouldBe(HttpStatusCode.Created).Id);
            firms.Add((owner, firm, people));
        }

        var profile = await AuditWorld.Profile(coordinator, cluster: cluster);
        await Play(coordinator, cluster, profile, firms, (number, person) => (number + person) % 2);
        var audit = await Play(coordinator, cluster, profile, firms, (number, person) => number + person == 0 ? 4 : (number + person) % 3);
        var first = firms[0];
        foreach (var (reader, address) in new[] { (coordinator, $"/clusters/{cluster}/skills"), (first.Owner, $"/firms/{first.Firm}/skills"), (first.Owner, $"/skills-audits/{audit}/gaps") })
        {
            await using var visit = await site.VisitAs(reader, address, Pages.Desk);
            await Assertions.Expect(visit.Page.GetByRole(AriaRole.Region, new() { Name = "Table of the heat map" })).ToBeVisibleAsync();
            await visit.Page.GetByRole(AriaRole.Region, new() { Name = "Table of the heat map" }).FocusAsync();
            (await visit.FocusRing()).ShouldBeGreaterThan(0);
            if (reader == coordinator) await Assertions.Expect(visit.Page.GetByRole(AriaRole.Main)).ToContainTextAsync("One person alone can do this");
            (await visit.Faults($"gaps {address.Split('/')[1]}", @"(Legend|State|Area)-\w*|\s(the|your)\s")).ShouldBeEmpty(address);
        }
    }

    /// <summary>An audit in which each firm's owner rates everybody, from its opening to its close.</summary>
    private async Task<string> Play(
        Account coordinator, string cluster, string profile, IReadOnlyList<(Account Owner, string Firm, List<string> People)> firms, Func<int, int, int> level)
    {
        var audit = await AuditWorld.Open(coordinator, profile, cluster: cluster, raters: "180", firms: [.. firms.Select(f => f.Firm)]);
        foreach (var (number, firm) in firms.Index())
        {
            (await firm.Owner.Client.Post($"/skills/audits/{audit}/firms/{firm.Firm}/joining", null)).ShouldBe(HttpStatusCode.OK);
            foreach (var (i, person) in firm.People.Index()) await AuditWorld.Rate(firm.Owner, audit, person, level(number, i));
        }

        (await coordinator.Client.Post($"/skills/audits/{audit}/closure", null)).ShouldBe(HttpStatusCode.OK);
        await site.Host.CaughtUp();
        return audit;
    }

    private async Task<(Account Owner, string Firm)> Owner(Account owner, string name) => (owner, await Join(owner, site.Cluster, site.Coordinator, name));

    /// <summary>With a number of its own: those of <see cref="World"/> are taken by the story's firms.</summary>
    private static async Task<string> Join(Account owner, string cluster, Account coordinator, string name)
    {
        var firm = (await owner.Client.Post("/clusters/firms", World.FirmBody(name, $"HRB {Guid.NewGuid():n}"))).ShouldBe(HttpStatusCode.Created).Id;
        (await owner.Client.Post($"/clusters/{cluster}/memberships", new { firm, reason = "To learn together" })).ShouldBe(HttpStatusCode.Created);
        (await coordinator.Client.Post($"/clusters/{cluster}/memberships/{firm}/admission", new { reason = "Welcome" })).ShouldBe(HttpStatusCode.OK);
        return firm;
    }
}
