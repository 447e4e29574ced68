using System.Globalization;
using System.Net;
using ClusterNet.Tests.Clusters;
using ClusterNet.Tests.Hosting;
using Microsoft.Playwright;
using Shouldly;

namespace ClusterNet.BrowserTests;

/// <summary>What firms agree on for the seats of a session, and what it costs.</summary>
public sealed class TermsJourneyTests(Site site)
{
    private const string Keys = @"\b(Kind|Problem|Fault|Limit|Bookings|Entry)-\w+|\s(the|your)\s";

    private static readonly DateTimeOffset Start = new DateTimeOffset(DateTimeOffset.UtcNow.UtcDateTime.Date, TimeSpan.Zero).AddDays(30).AddHours(9);

    [Fact]
    public async Task Terms_are_read_before_one_reserves_offers_are_accepted_and_late_seats_cost_their_fee()
    {
        var (owner, other) = (await site.Newcomer(), await site.Newcomer());
        var cluster = await owner.Found("Terms valley");
        var firm = await owner.Join(cluster, owner, "Brass & Sons", NewNumber());
        var otherFirm = await other.Join(cluster, owner, "Cable works", NewNumber());
        await using (var visit = await site.VisitAs(owner, $"/pools/{cluster}/terms", new(Pages.Window(Pages.Phone)) { JavaScriptEnabled = false }))
        {
            var page = visit.Page;
            await page.GetByLabel("Fee for a seat given back after the deadline").FillAsync("twenty");
            await page.GetByRole(AriaRole.Button, new() { Name = "Save the terms" }).ClickAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Write an amount");
            await page.GetByLabel("Fee for a seat given back after the deadline").FillAsync("20");
            await page.GetByLabel("Hours to accept").FillAsync("24");
            await page.GetByRole(AriaRole.Button, new() { Name = "Save the terms" }).ClickAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("20.00 € for each seat");
        }

        var (session, late) = (await Book(owner, cluster, firm, Start, null), await Book(owner, cluster, firm, Start.AddDays(1), DateTimeOffset.UtcNow.AddHours(-1)));
        (await Reserve(other, otherFirm, session, 2)).ShouldBe(HttpStatusCode.Created);
        (await Reserve(owner, firm, session, 1)).ShouldBe(HttpStatusCode.Created);
        (await Reserve(other, otherFirm, late, 1)).ShouldBe(HttpStatusCode.Created);

        await using (var visit = await site.VisitAs(other, $"/sessions/{session}", Pages.Window(Pages.Phone)))
        {
            var page = visit.Page;
            await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("24 hours to accept");
            await page.GetByText("Give these seats back", new() { Exact = true }).First.ClickAsync();
            await page.GetByLabel("How many seats").FillAsync("1");
            await page.GetByRole(AriaRole.Button, new() { Name = "Give these seats back" }).ClickAsync();
            await Assertions.Expect(page.Locator(".seats li", new() { HasText = "Cable works" })).ToContainTextAsync("1 seat");
            (await visit.Faults("session given back in part", Keys)).ShouldBeEmpty();
        }

        await using (var visit = await site.VisitAs(owner, $"/sessions/{session}", Pages.Desk))
        {
            var page = visit.Page;
            await Assertions.Expect(page.Locator(".seats li", new() { HasText = "Brass & Sons" })).ToContainTextAsync("kept for your firm");
            (await visit.Faults("session with offered seats", Keys)).ShouldBeEmpty();
        }

        await using (var visit = await site.VisitAs(owner, $"/sessions/{session}", Pages.Desk))
        {
            var page = visit.Page;
            await page.GetByRole(AriaRole.Button, new() { Name = "Accept these seats" }).ClickAsync();
            await Assertions.Expect(page.GetByText("The seats are yours.")).ToBeVisibleAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Main)).Not.ToContainTextAsync("Waiting list");
        }

        await using (var visit = await site.VisitAs(other, $"/sessions/{late}", Pages.Window(Pages.Phone)))
        {
            var page = visit.Page;
            await page.GetByText("Give these seats back", new() { Exact = true }).First.ClickAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("costs your firm 20.00 €");
            await page.GetByRole(AriaRole.Button, new() { Name = "Give these seats back" }).ClickAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("0 of 2 taken");
            await page.GotoAsync($"/pools/{cluster}/accounts/firm/{otherFirm}");
            await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("Fee");
            await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("-20.00 €");
        }

        (await other.Client.Post($"/clusters/{cluster}/memberships/{otherFirm}/departure", new { reason = "We move away" })).ShouldBe(HttpStatusCode.OK);
        await site.Host.CaughtUp();
        await using (var visit = await site.VisitAs(owner, $"/pools/{cluster}/left", Pages.Window(Pages.Phone)))
        {
            await Assertions.Expect(visit.Page.GetByRole(AriaRole.Main)).ToContainTextAsync("It owes the pool 20.00 €");
            (await visit.Faults("firms that left", Keys)).ShouldBeEmpty();
        }
    }

    private static async Task<string> Book(Account owner, string cluster, string firm, DateTimeOffset start, DateTimeOffset? cancelUntil)
    {
        var room = (await owner.Client.Post(
            $"/resources/clusters/{cluster}/resources",
            new { firm, kind = "room", name = $"Hall {Guid.NewGuid():n}", unit = "seats", timeZone = "Europe/Berlin", capacity = 9 })).ShouldBe(HttpStatusCode.Created).Id;
        return (await owner.Client.Post($"/resources/clusters/{cluster}/sessions", new
        {
            firm,
            kind = "workshop",
            title = "Data protection",
            start = At(start),
            end = At(start.AddHours(3)),
            cancelUntil = cancelUntil is { } at ? At(at) : null,
            seatCount = 2,
            resources = new[] { new { resource = room } },
        })).ShouldBe(HttpStatusCode.Created).Id;
    }

    private static Task<Answer> Reserve(Account by, string firm, string session, int count) => by.Client.Post($"/resources/sessions/{session}/seats", new { firm, count });

    private static string At(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string NewNumber() => $"HRB {Guid.NewGuid():n}";
}
