using System.Globalization;
using ClusterNet.Tests.Clusters;
using ClusterNet.Tests.Hosting;
using Microsoft.Playwright;
using Shouldly;

namespace ClusterNet.BrowserTests;

/// <summary>A firm finds a free time in the calendar and books it, with the mouse and without script; a calendar link is made and ended; the figures tell.</summary>
public sealed class CalendarJourneyTests(Site site)
{
    private const string Keys = @"\b(View|Kinds?|Cause|Seats|Link|Table|Closed|Problem)-?[A-Z]\w*|\s(the|your)\s";

    [Fact]
    public async Task What_is_free_is_booked_from_the_calendar()
    {
        var owner = await site.Newcomer();
        var cluster = await owner.Found("Calendar valley");
        var firm = await owner.Join(cluster, owner, "Brass & Sons", Guid.NewGuid().ToString("N"));
        var room = (await owner.Client.Post(
            $"/resources/clusters/{cluster}/resources",
            new { firm, kind = "room", name = "Bench room", unit = "seats", timeZone = "Europe/Berlin", capacity = 12, available = "Mon-Sun 08:00-18:00" })).Id;
        var day = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(20).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

        // With the mouse on a desk: from nine to half past ten.
        await using (var visit = await site.VisitAs(owner, $"/pools/{cluster}", Pages.Desk))
        {
            var page = visit.Page;
            await page.GetByRole(AriaRole.Link, new() { Name = "Calendar", Exact = true }).ClickAsync();
            await page.GetByLabel("Resource").SelectOptionAsync(new SelectOptionValue { Label = "Bench room" });
            await page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
            await page.WaitForURLAsync("**resource=**");
            await page.GotoAsync($"{page.Url.Split('?')[0]}?view=week&on={day}&resource={room}");
            await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            var free = page.Locator($"[data-book*='{day}'] .free");
            var (box, rows, first) = ((await free.BoundingBoxAsync()).ShouldNotBeNull(), await Number(free, "data-rows"), await Number(free, "data-row"));
            float At(int row) => box.Y + (box.Height * (row - first + .5f) / rows);
            await page.Mouse.MoveAsync(box.X + 10, At(36));
            await page.Mouse.DownAsync();
            await page.Mouse.MoveAsync(box.X + 12, At(40));
            await page.Mouse.MoveAsync(box.X + 12, At(41));
            await page.Mouse.UpAsync();
            await page.WaitForURLAsync("**start=09:00&end=10:30**");
            var book = page.GetByRole(AriaRole.Region, new() { Name = "Book a session here" });
            await Assertions.Expect(book.GetByLabel("From", new() { Exact = true })).ToHaveValueAsync("09:00");
            await Assertions.Expect(book.GetByLabel("Until")).ToHaveValueAsync("10:30");
            await book.GetByLabel("Title").FillAsync("Brazing for beginners");
            await book.GetByRole(AriaRole.Button, new() { Name = "Book it" }).ClickAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("The session is booked");
            foreach (var view in (string[])["day", "week", "month"])
            {
                await page.GotoAsync($"/pools/{cluster}/calendar?view={view}&on={day}&resource={room}");
                await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Brazing for beginners" })).ToBeVisibleAsync();
            }

            await page.GotoAsync($"/pools/{cluster}/calendar?view=week&on={day}&resource={room}");
            (await visit.Faults("calendar by week", Keys)).ShouldBeEmpty();
        }

        // On a phone without script: the next free time has a link.
        await using (var visit = await site.VisitAs(owner, $"/pools/{cluster}/calendar?view=week&on={day}&resource={room}", new(Pages.Window(Pages.Phone)) { JavaScriptEnabled = false }))
        {
            var page = visit.Page;
            await page.GetByRole(AriaRole.Link, new() { Name = "Book 10:30" }).ClickAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Book a session here" }).GetByLabel("From", new() { Exact = true })).ToHaveValueAsync("10:30");
            await page.GotoAsync($"/pools/{cluster}/calendar?view=month&on={day}");
            (await visit.Faults("calendar on a phone", Keys)).ShouldBeEmpty();
            await page.GotoAsync($"/pools/{cluster}/figures");
            (await visit.Faults("figures on a phone", Keys)).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task A_calendar_link_is_made_used_and_ended()
    {
        var owner = await site.Newcomer();
        var cluster = await owner.Found("Link valley");
        await owner.Join(cluster, owner, "Brass & Sons", Guid.NewGuid().ToString("N"));
        await using var visit = await site.VisitAs(owner, "/calendar", new(Pages.Window(Pages.Phone)));
        var page = visit.Page;
        await page.GetByRole(AriaRole.Link, new() { Name = "Calendar links" }).ClickAsync();
        await page.GetByLabel("Which sessions").SelectOptionAsync(new SelectOptionValue { Label = "Sessions: Link valley" });
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the link" }).ClickAsync();
        var link = await page.GetByLabel("Link", new() { Exact = true }).InputValueAsync();

        using var calendar = new HttpClient();
        (await calendar.GetStringAsync(new Uri(link), TestContext.Current.CancellationToken)).ShouldContain("X-WR-CALNAME:Sessions: Link valley");

        await page.Locator("summary", new() { HasText = "End the link" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "End the link" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("You have no calendar link");
        using var answer = await calendar.GetAsync(new Uri(link), TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
        (await visit.Faults("calendar links", Keys)).ShouldBeEmpty();
    }

    private static async Task<int> Number(ILocator of, string attribute) => int.Parse(await of.GetAttributeAsync(attribute) ?? "", CultureInfo.InvariantCulture);
}
