using System.Net;
using ClusterNet.Tests.Clusters;
using ClusterNet.Tests.Hosting;
using Microsoft.Playwright;
using Shouldly;

namespace ClusterNet.BrowserTests;

/// <summary>A firm of six and one of one learn together; the pages say what it adds up to.</summary>
public sealed class InsightJourneyTests(Site site)
{
    [Fact]
    public async Task Firms_see_what_their_learning_adds_up_to_and_who_learns_with_whom()
    {
        var (owner, other) = (await site.Newcomer(), await site.Newcomer());
        var cluster = await owner.Found("Insight valley");
        var (firm, second) = (await owner.Join(cluster, owner, "Brass & Sons", NewNumber()), await other.Join(cluster, owner, "Cable works", NewNumber()));
        List<Account> people = [owner];
        for (var i = 0; i < 5; i++) people.Add(await Hired(owner, firm));
        foreach (var (person, kind) in people.Zip((string[])["peer-help-received", "teaching", "webinar", "mentoring", "reading-or-market-scan", "peer-help-received"]))
        {
            object record = new { kind, what = "How tolerances add up", learnt = "By example", minutes = 50, with = new[] { other.Person }, visibility = "cluster" };
            (await person.Client.Post("/learning/records", record)).ShouldBe(HttpStatusCode.Created);
        }

        await using (var visit = await site.VisitAs(other, $"/insight/clusters/{cluster}", Pages.Desk))
        {
            await Assertions.Expect(visit.Page.Locator("figure[data-chart] canvas")).ToHaveCountAsync(2);
            await visit.Page.Locator("summary", new() { HasText = "numbers" }).Last.ClickAsync();
            await Assertions.Expect(visit.Page.GetByRole(AriaRole.Cell, new() { Name = "learn together" }).First).ToBeVisibleAsync();
            await Assertions.Expect(visit.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Cable works" }).Last).ToContainTextAsync("fewer than 5");
            (await visit.Faults("insight cluster", Keys)).ShouldBeEmpty();
        }

        await using (var visit = await site.VisitAs(people[1], $"/insight/firms/{firm}", Pages.Desk))
            (await visit.Faults("insight firm", Keys)).ShouldBeEmpty();
        await using (var visit = await site.VisitAs(owner, $"/insight/firms/{firm}/return?hourly=40&savings=500", Pages.Desk))
        {
            await Assertions.Expect(visit.Page.GetByRole(AriaRole.Main)).ToContainTextAsync("300.00 € ÷ 200.00 € × 100 = 150.0 %");
            (await visit.Faults("insight return", Keys)).ShouldBeEmpty();
        }

        await using (var visit = await site.VisitAs(other, $"/insight/firms/{second}", Pages.Window(Pages.Phone)))
            await Assertions.Expect(visit.Page.GetByRole(AriaRole.Main)).ToContainTextAsync("Too few people for figures");
    }

    [Fact]
    public async Task Without_script_there_is_the_table_and_no_empty_chart()
    {
        var owner = await site.Newcomer();
        var cluster = await owner.Found("Quiet valley");
        var (a, b) = (await site.Newcomer(), await site.Newcomer());
        await a.Join(cluster, owner, "Alder", NewNumber());
        await b.Join(cluster, owner, "Birch", NewNumber());
        object record = new { kind = "mentoring", what = "How to quote", learnt = "Slowly", minutes = 20, with = new[] { b.Person }, visibility = "network" };
        (await a.Client.Post("/learning/records", record)).ShouldBe(HttpStatusCode.Created);

        await using var visit = await site.VisitAs(a, $"/insight/clusters/{cluster}", new(Pages.Window(Pages.Phone)) { JavaScriptEnabled = false });

        await Assertions.Expect(visit.Page.Locator(".plotted").First).ToBeHiddenAsync();
        await visit.Page.Locator("summary", new() { HasText = "numbers" }).Last.ClickAsync();
        await Assertions.Expect(visit.Page.GetByText("learn together", new() { Exact = true })).ToBeVisibleAsync();
    }

    private const string Keys = @"(Table|Part|Kind|Period|Fault|Hint|Quarter|Tie)[A-Z-]\w*|\s(the|your)\s";

    private static string NewNumber() => $"HRB {Guid.NewGuid():n}";

    private async Task<Account> Hired(Account owner, string firm)
    {
        var email = World.NewEmail();
        var id = (await owner.Client.Post($"/clusters/firms/{firm}/people", World.PersonBody(email))).ShouldBe(HttpStatusCode.Created).Id;
        return await site.Host.Accept(await owner.Client.Post($"/clusters/firms/{firm}/people/{id}/invitation", null), email);
    }
}
