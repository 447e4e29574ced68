using System.Globalization;
using ClusterNet.Tests.Clusters;
using Microsoft.Playwright;
using Shouldly;

namespace ClusterNet.BrowserTests;

/// <summary>A firm shares a room, says what it needs, and books it; who finds it taken takes what is free instead. All of it works without script.</summary>
public sealed class BookingJourneyTests(Site site)
{
    private const string Keys = @"\b(Kinds?|Cause|Access|Session|Instead|Problem|Buffers|Next|Units)-?[A-Z]\w*|\s(the|your)\s";

    [Fact]
    public async Task A_room_is_shared_described_closed_and_booked()
    {
        var owner = await site.Newcomer();
        var cluster = await owner.Found("Room valley");
        await owner.Join(cluster, owner, "Brass & Sons", Guid.NewGuid().ToString("N"));
        var day = DateTime.UtcNow.Date.AddDays(20).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

        string room;
        await using (var visit = await site.VisitAs(owner, $"/clusters/{cluster}", new(Pages.Window(Pages.Phone)) { JavaScriptEnabled = false }))
        {
            var page = visit.Page;
            var main = page.GetByRole(AriaRole.Main);
            await page.GetByRole(AriaRole.Link, new() { Name = "Resources", Exact = true }).ClickAsync();
            await Assertions.Expect(main).ToContainTextAsync("Nothing is shared yet");
            foreach (var name in (string[])["Bench room", "Back room"])
            {
                await page.GotoAsync($"/pools/{cluster}");
                await page.GetByLabel("What it is").SelectOptionAsync("room");
                await page.GetByLabel("Name").FillAsync(name);
                await page.GetByLabel("How many").FillAsync("20");
                await page.GetByRole(AriaRole.Button, new() { Name = "Put it into the pool" }).ClickAsync();
                await Assertions.Expect(main).ToContainTextAsync("It is in the pool");
            }

            room = new Uri(page.Url).AbsolutePath;
            await page.Locator("summary", new() { HasText = "Describe it" }).ClickAsync();
            await page.GetByLabel("What it has").FillAsync("Beamer and twelve benches");
            await page.GetByLabel("Step-free").CheckAsync();
            await page.GetByLabel("Minutes needed after a booking").FillAsync("30");
            await page.Locator("form").Filter(new() { HasText = "Induction loop" }).GetByRole(AriaRole.Button).ClickAsync();
            await Assertions.Expect(main).ToContainTextAsync("0 minutes before, 30 after");
            await page.GetByText("Close it or change its hours").ClickAsync();
            await page.GetByLabel("Why").First.SelectOptionAsync("maintenance");
            await page.Locator("form").Filter(new() { HasText = "Open on these days" }).GetByRole(AriaRole.Button).ClickAsync();
            await Assertions.Expect(main).ToContainTextAsync("closed · Maintenance");
            await page.Locator("summary", new() { HasText = "Undo" }).ClickAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
            await Assertions.Expect(main).ToContainTextAsync("The hours of the week hold again");

            await Book(page, room, "First come", day);
            await Assertions.Expect(main).ToContainTextAsync("The session is booked");
            await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "First come" })).ToBeVisibleAsync();
            await Book(page, room, "Second come", day);
            await Assertions.Expect(main).ToContainTextAsync("Something is taken at that time");
            await page.GetByRole(AriaRole.Button, new() { Name = "Bench room instead of Back room" }).ClickAsync();
            await Assertions.Expect(main).ToContainTextAsync("The session is booked");
            await Book(page, room, "Third come", day);
            await page.Locator("button[name='Form.Slot']").First.ClickAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Third come" })).ToBeVisibleAsync();
        }

        await using (var visit = await site.VisitAs(owner, $"/pools/{cluster}", Pages.Desk))
            (await visit.Faults("pool", Keys)).ShouldBeEmpty();
        await using (var visit = await site.VisitAs(owner, $"{room}?from={day}", Pages.Desk))
            (await visit.Faults("resource", Keys)).ShouldBeEmpty();
    }

    private static async Task Book(IPage page, string room, string title, string day)
    {
        await page.GotoAsync(room);
        await page.GetByLabel("Title").FillAsync(title);
        await page.GetByLabel("Day", new() { Exact = true }).FillAsync(day);
        await page.GetByRole(AriaRole.Button, new() { Name = "Book it" }).ClickAsync();
    }
}
