using Microsoft.Playwright;
using Shouldly;

namespace ClusterNet.BrowserTests;

/// <summary>Two people on phones: one offers, the other finds and asks, they meet, one logs it and the other confirms it.</summary>
public sealed class MentoringJourneyTests(Site site)
{
    [Fact]
    public async Task A_mentor_is_found_asked_and_met_and_a_session_is_logged_and_confirmed()
    {
        var (mentor, mentee) = (await site.Entrepreneur(), await site.Entrepreneur());
        var window = new BrowserNewContextOptions(Pages.Window(Pages.Phone)) { JavaScriptEnabled = false };
        var interest = $"clocks {Guid.NewGuid():n}"[..14];
        await using var theirs = await site.VisitAs(mentor, "/mentoring/offer/mentor", window);
        await Offer(theirs.Page, interest);

        await using var mine = await site.VisitAs(mentee, $"/mentoring/mentors?Interest={Uri.EscapeDataString(interest)}", window);
        var page = mine.Page;
        var match = page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link).Filter(new() { HasText = $"Shares the interest: {interest}" });
        await Assertions.Expect(match).ToHaveCountAsync(1);
        (await mine.Barriers()).ShouldBeEmpty();
        await match.ClickAsync();
        await page.GetByLabel("What do you hope for?").FillAsync("Teach me to keep the books");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask" }).ClickAsync();
        await Assertions.Expect(page.Locator("main [role=status]")).ToContainTextAsync("You have asked");

        await theirs.Page.GotoAsync("/");
        await theirs.Page.GetByRole(AriaRole.Link, new() { Name = "You are asked for mentoring" }).ClickAsync();
        await theirs.Page.GetByRole(AriaRole.Button, new() { Name = "Yes, let us begin" }).ClickAsync();
        await Assertions.Expect(theirs.Page.Locator("main [role=status]")).ToContainTextAsync("You have said yes");

        await page.ReloadAsync();
        await page.GetByLabel("What was it about?").FillAsync("How January closes");
        await page.GetByLabel("Also add it to my learning records").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Log it" }).ClickAsync();
        await Assertions.Expect(page.Locator("main [role=status]")).ToContainTextAsync("The session is logged");
        (await mine.Barriers()).ShouldBeEmpty();
        (await mine.Overhang()).ShouldBe(0);

        await site.Host.CaughtUp();
        await theirs.Page.GotoAsync("/notices");
        var notice = theirs.Page.Locator(".notice", new() { HasText = "logged a mentoring session" });
        await Assertions.Expect(notice).ToContainTextAsync("How January closes (60 min)");
        await notice.GetByRole(AriaRole.Button, new() { Name = "Yes, it was so" }).ClickAsync();
        await Assertions.Expect(theirs.Page.Locator("main [role=status]")).ToContainTextAsync("Your confirmation is recorded");
        await page.GotoAsync("/learning");
        await Assertions.Expect(page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link).Filter(new() { HasText = "How January closes" })).ToContainTextAsync("Confirmed");
    }

    private static async Task Offer(IPage page, string interest)
    {
        await page.Locator("#form-skill").FillAsync("accounting");
        await page.GetByLabel("Interests").FillAsync(interest);
        await page.GetByLabel("When", new() { Exact = true }).FillAsync("Fridays");
        await page.GetByLabel("Everybody signed in").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(page.Locator("main [role=status]")).ToContainTextAsync("Your offer is saved");
    }
}
