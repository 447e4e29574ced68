using System.Globalization;
using System.Net;
using ClusterNet.Tests.Clusters;
using ClusterNet.Tests.Hosting;
using Microsoft.Playwright;
using Shouldly;

namespace ClusterNet.BrowserTests;

/// <summary>A firm lends its room on approval; another one needs it once for itself and then each week. All of it works without script.</summary>
public sealed class RequestJourneyTests(Site site)
{
    private const string Keys = @"\b(Kind|Resource|Problem|Fault|Why|Clock|Repeat|Session)-\w+|\s(the|your)\s";

    [Fact]
    public async Task A_room_is_asked_for_approved_and_booked_for_weeks()
    {
        var (owner, other) = (await site.Newcomer(), await site.Newcomer());
        var cluster = await owner.Found("Lending valley");
        var firm = await owner.Join(cluster, owner, "Brass & Sons", Guid.NewGuid().ToString("N"));
        await other.Join(cluster, owner, "Cable works", Guid.NewGuid().ToString("N"));
        var hall = new { firm, kind = "room", name = "Hall", unit = "seats", timeZone = "Europe/Berlin", capacity = 20 };
        var room = (await owner.Client.Post($"/resources/clusters/{cluster}/resources", hall)).ShouldBe(HttpStatusCode.Created).Id;
        var address = $"/pools/{cluster}/resources/{room}";
        var day = DateTime.UtcNow.Date.AddDays(20).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

        await using (var visit = await site.VisitAs(owner, address, Plain))
        {
            await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Ask for approval" }).ClickAsync();
            await Assertions.Expect(visit.Page.GetByRole(AriaRole.Main)).ToContainTextAsync("Others need your approval from now on");
        }

        string session;
        await using (var visit = await site.VisitAs(other, address, Plain))
        {
            var page = visit.Page;
            await page.GetByLabel("What for").FillAsync("Stocktaking");
            await page.GetByLabel("On which day").FillAsync(day);
            await page.GetByRole(AriaRole.Button, new() { Name = "Book for us" }).ClickAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("Asked for.");
            await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("not answered yet");
            session = new Uri(page.Url).AbsolutePath;
        }

        await using (var visit = await site.VisitAs(owner, session, Pages.Desk))
            (await visit.Faults("request", Keys)).ShouldBeEmpty();
        await using (var visit = await site.VisitAs(owner, "/sessions", Plain))
        {
            var page = visit.Page;
            await page.GetByRole(AriaRole.Region, new() { Name = "Requests to answer" }).GetByRole(AriaRole.Link, new() { Name = "Stocktaking" }).ClickAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Approve", Exact = true }).ClickAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("approved on");
            await Assertions.Expect(page.GetByRole(AriaRole.Main)).Not.ToContainTextAsync("Reserve seats");
            await page.GotoAsync(address);
            await page.GetByRole(AriaRole.Button, new() { Name = "Let others book at once" }).ClickAsync();
        }

        await using (var visit = await site.VisitAs(other, $"/pools/{cluster}/book?resource={room}", Plain))
        {
            var page = visit.Page;
            var main = page.GetByRole(AriaRole.Main);
            await page.GetByLabel("Title").FillAsync("Welding");
            await page.GetByLabel("Day, or first day").FillAsync(day);
            await page.GetByLabel("From").FillAsync("08:00");
            await page.GetByLabel("Until").FillAsync("13:00");
            await page.GetByLabel("Repeat").SelectOptionAsync("weekly");
            await page.GetByText("How it repeats").ClickAsync();
            await page.GetByLabel("Number of dates").FillAsync("4");
            await page.GetByRole(AriaRole.Button, new() { Name = "Show the dates first" }).ClickAsync();
            await Assertions.Expect(main).ToContainTextAsync("3 of 4 dates can be had");
            await page.GetByRole(AriaRole.Button, new() { Name = "Book it" }).ClickAsync();
            await Assertions.Expect(main).ToContainTextAsync("Some dates cannot be had");
            await Assertions.Expect(main).ToContainTextAsync("Cable works, booked on");
            await visit.Picture("series with conflicts on the phone");
            await page.GetByRole(AriaRole.Button, new() { Name = "Book without these" }).ClickAsync();
            await Assertions.Expect(main).ToContainTextAsync("A series of 3 dates");
            var series = new Uri(page.Url).AbsolutePath;
            await page.Locator("summary", new() { HasText = "Cancel the rest" }).ClickAsync();
            await page.GetByLabel("From which date on").SelectOptionAsync(new SelectOptionValue { Index = 1 });
            await page.GetByLabel("Reason").FillAsync("The trainer left");
            await page.GetByRole(AriaRole.Button, new() { Name = "Cancel the rest" }).ClickAsync();
            await Assertions.Expect(main).ToContainTextAsync("The rest of the series is cancelled");
            await Assertions.Expect(main.GetByText("Cancelled", new() { Exact = true })).ToHaveCountAsync(2);
            session = series;
        }

        foreach (var (page, name) in new[] { (session, "series"), ($"/pools/{cluster}/book?resource={room}", "book"), (address, "resource on approval") })
        {
            await using var visit = await site.VisitAs(other, page, Pages.Desk);
            (await visit.Faults(name, Keys)).ShouldBeEmpty();
        }
    }

    private static BrowserNewContextOptions Plain => new(Pages.Window(Pages.Phone)) { JavaScriptEnabled = false };
}
