using System.Globalization;
using System.Net;
using ClusterNet.Tests.Clusters;
using ClusterNet.Tests.Hosting;
using Microsoft.Playwright;
using Shouldly;

namespace ClusterNet.BrowserTests;

/// <summary>What firms do with a session of their pool, on a phone.</summary>
public sealed class SessionJourneyTests(Site site)
{
    private const string Keys = @"\b(Kind|Resource|Problem|Fault)-\w+|\s(the|your)\s";

    [Fact]
    public async Task Firms_reserve_seats_wait_and_give_back_and_the_organiser_cancels()
    {
        var (owner, other) = (await site.Newcomer(), await site.Newcomer());
        var (cluster, _, session) = await Booked(owner, seats: 1);
        await other.Join(cluster, owner, "Cable works", NewNumber());

        await using (var visit = await site.VisitAs(other, "/sessions", new(Pages.Window(Pages.Phone)) { JavaScriptEnabled = false }))
        {
            var page = visit.Page;
            await page.GetByRole(AriaRole.Link, new() { Name = "Data protection" }).ClickAsync();
            await page.GetByRole(AriaRole.Group, new() { Name = "Who will come" }).GetByRole(AriaRole.Checkbox).CheckAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Reserve seats" }).ClickAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("You have a seat");
            await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("1 of 1 taken");
        }

        await using (var visit = await site.VisitAs(owner, $"/sessions/{session}", Pages.Desk))
        {
            var page = visit.Page;
            await page.GetByLabel("For which firm").SelectOptionAsync(new SelectOptionValue { Label = "Brass & Sons" });
            await page.GetByRole(AriaRole.Button, new() { Name = "Choose the firm" }).ClickAsync();
            await page.GetByLabel("Seats in all").FillAsync("1");
            await page.GetByRole(AriaRole.Button, new() { Name = "Reserve seats" }).ClickAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Waiting list" })).ToBeVisibleAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Brass & Sons · 1 seat" })).ToContainTextAsync("1.");
            (await visit.Faults("session", Keys)).ShouldBeEmpty();
        }

        await using (var visit = await site.VisitAs(other, $"/sessions/{session}", Pages.Window(Pages.Phone)))
        {
            var page = visit.Page;
            await page.GetByText("Give these seats back", new() { Exact = true }).First.ClickAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Give these seats back" }).ClickAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Main)).Not.ToContainTextAsync("Waiting list");
            await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("1 of 1 taken");
            await Assertions.Expect(page.GetByRole(AriaRole.Main)).Not.ToContainTextAsync("For the organisers");
        }

        await using (var visit = await site.VisitAs(owner, $"/sessions/{session}", Pages.Window(Pages.Phone)))
        {
            var page = visit.Page;
            await page.GetByText("Move it to another time", new() { Exact = true }).First.ClickAsync();
            await page.GetByLabel("Day").FillAsync(Start.AddDays(7).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            await page.GetByRole(AriaRole.Button, new() { Name = "Move it to another time" }).ClickAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync(Start.AddDays(7).ToString("yyyy", CultureInfo.InvariantCulture));
            await page.GetByText("Cancel the session", new() { Exact = true }).First.ClickAsync();
            await page.GetByLabel("Why").FillAsync("The trainer is ill");
            await page.GetByRole(AriaRole.Button, new() { Name = "Cancel the session" }).ClickAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("The trainer is ill");
            await Assertions.Expect(page.GetByRole(AriaRole.Main)).Not.ToContainTextAsync("Reserve seats");
        }
    }

    private static readonly DateTimeOffset Start = new DateTimeOffset(DateTimeOffset.UtcNow.UtcDateTime.Date, TimeSpan.Zero).AddDays(30).AddHours(9);

    /// <summary>A workshop of the owner's firm in a room of its own.</summary>
    private static async Task<(string Cluster, string Firm, string Session)> Booked(Account owner, int seats)
    {
        var cluster = await owner.Found("Session valley");
        var firm = await owner.Join(cluster, owner, "Brass & Sons", NewNumber());
        var room = (await owner.Client.Post(
            $"/resources/clusters/{cluster}/resources", new { firm, kind = "room", name = "Hall", unit = "seats", timeZone = "Europe/Berlin", capacity = 9 })).ShouldBe(HttpStatusCode.Created).Id;
        var session = (await owner.Client.Post($"/resources/clusters/{cluster}/sessions", new
        {
            firm,
            kind = "workshop",
            title = "Data protection",
            start = At(Start),
            end = At(Start.AddHours(3)),
            seatCount = seats,
            resources = new[] { new { resource = room } },
        })).ShouldBe(HttpStatusCode.Created).Id;
        return (cluster, firm, session);
    }

    private static string At(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string NewNumber() => $"HRB {Guid.NewGuid():n}";
}
