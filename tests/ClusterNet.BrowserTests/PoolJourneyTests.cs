using ClusterNet.Tests.Clusters;
using Microsoft.Playwright;
using Shouldly;

namespace ClusterNet.BrowserTests;

/// <summary>Firms of a cluster agree how to share their pool; its coordinator keeps the books, and each firm reads its own.</summary>
public sealed class PoolJourneyTests(Site site)
{
    private const string Keys = @"\b(Rule|Votes?|Account|Direction|Entry|Size|Sim|Month)-?[A-Z]\w*|\s(the|your)\s";

    [Fact]
    public async Task Firms_adopt_a_rule_that_they_tried_before()
    {
        var (owner, other) = (await site.Newcomer(), await site.Newcomer());
        var cluster = await owner.Found("Rule valley");
        await owner.Join(cluster, owner, "Brass & Sons", NewNumber());
        await other.Join(cluster, owner, "Cable works", NewNumber());

        await using (var visit = await site.VisitAs(owner, $"/clusters/{cluster}", Pages.Window(Pages.Phone)))
        {
            var page = visit.Page;
            await page.GetByRole(AriaRole.Link, new() { Name = "Rules and shares" }).ClickAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("No rule has been adopted");
            await page.GetByLabel("By what firms give").FillAsync("60");
            await page.GetByRole(AriaRole.Button, new() { Name = "Try it" }).ClickAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("hundred per cent");
            await page.GetByLabel("By what firms give").FillAsync("50");
            await page.GetByRole(AriaRole.Button, new() { Name = "Try it" }).ClickAsync();
            await page.GetByLabel("Why this rule").FillAsync("Nobody is left out.");
            await page.GetByRole(AriaRole.Button, new() { Name = "Propose it to the firms" }).ClickAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "In favour" }).ClickAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("1 for, 0 against; 2 for are needed");
        }

        await using (var visit = await site.VisitAs(other, "/", Pages.Window(Pages.Phone)))
        {
            var page = visit.Page;
            await page.GetByRole(AriaRole.Link, new() { Name = "Vote on the rule of the pool" }).ClickAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("Nobody is left out.");
            await page.GetByRole(AriaRole.Button, new() { Name = "In favour" }).ClickAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("Rule 1, since");
        }

        await using (var visit = await site.VisitAs(owner, $"/pools/{cluster}/rules?contribution=100&head=0&solidarity=0", Pages.Desk))
            (await visit.Faults("pool rules", Keys)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_coordinator_keeps_the_books_and_a_firm_reads_its_own()
    {
        var (owner, other) = (await site.Newcomer(), await site.Newcomer());
        var cluster = await owner.Found("Book valley");
        await owner.Join(cluster, owner, "Brass & Sons", NewNumber());
        var firm = await other.Join(cluster, owner, "Cable works", NewNumber());

        await using (var visit = await site.VisitAs(owner, $"/pools/{cluster}/accounts", Pages.Desk))
        {
            var page = visit.Page;
            await page.GetByLabel("Name of the funder").FillAsync("Regional fund");
            await page.GetByRole(AriaRole.Button, new() { Name = "Add the funder" }).ClickAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("Regional fund");
            await page.GetByLabel("From or to").SelectOptionAsync(new SelectOptionValue { Label = "Cable works" });
            await page.GetByLabel("Amount in euro").FillAsync("many");
            await page.GetByLabel("What for").FillAsync("Contribution 2026");
            await page.GetByRole(AriaRole.Button, new() { Name = "Enter it" }).ClickAsync();
            await Assertions.Expect(page.GetByText("Write an amount in euro").First).ToBeVisibleAsync();
            await page.GetByLabel("Amount in euro").FillAsync("1,250.50");
            await page.GetByRole(AriaRole.Button, new() { Name = "Enter it" }).ClickAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Cable works" })).ToContainTextAsync("1,250.50 €");
            (await visit.Faults("pool accounts", Keys)).ShouldBeEmpty();
        }

        await using (var visit = await site.VisitAs(owner, $"/pools/{cluster}/accounts", Pages.Desk))
        {
            var page = visit.Page;
            await page.GetByRole(AriaRole.Table).Last.GetByRole(AriaRole.Link).First.ClickAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("Entries: 1. Moved: 1,250.50 €.");
            await page.GetByText("Take it back", new() { Exact = true }).First.ClickAsync();
            await page.GetByLabel("Why").FillAsync("It was Brass & Sons");
            await page.GetByRole(AriaRole.Button, new() { Name = "Take it back" }).ClickAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "bank account" })).ToContainTextAsync("0.00 €");
            await page.GetByRole(AriaRole.Table).Last.GetByRole(AriaRole.Link).First.ClickAsync();
            (await visit.Faults("pool month", Keys)).ShouldBeEmpty();
        }

        await using (var visit = await site.VisitAs(other, $"/pools/{cluster}/accounts", Pages.Desk))
        {
            var page = visit.Page;
            await Assertions.Expect(page.GetByRole(AriaRole.Main)).Not.ToContainTextAsync("Brass");
            await page.GetByRole(AriaRole.Link, new() { Name = "Cable works" }).ClickAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Taken back: It was Brass & Sons" })).ToContainTextAsync("-1,250.50 €");
            (await visit.Faults("pool statement", Keys)).ShouldBeEmpty();
        }

        await using (var visit = await site.VisitAs(other, $"/pools/{cluster}/accounts/firm/{firm}", new(Pages.Window(Pages.Phone)) { JavaScriptEnabled = false }))
            await Assertions.Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "Download the statement as PDF" })).ToBeVisibleAsync();
    }

    private static string NewNumber() => $"HRB {Guid.NewGuid():n}";
}
