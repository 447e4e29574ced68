using Microsoft.Playwright;
using Shouldly;

namespace ClusterNet.BrowserTests;

/// <summary>From a sentence typed on a phone to a record, with a connection and without one.</summary>
public sealed class CaptureJourneyTests(Site site)
{
    private static readonly BrowserNewContextOptions Phone = Pages.Window(Pages.Phone);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_sentence_becomes_a_record_that_is_completed_and_keeps_what_it_said(bool script)
    {
        await using var visit = await site.VisitAs(await site.Entrepreneur(), "/learning", new(Phone) { JavaScriptEnabled = script });
        var page = visit.Page;
        await page.GetByRole(AriaRole.Link, new() { Name = "Record learning" }).First.ClickAsync();
        // By keyboard alone: the sentence has the focus.
        await Assertions.Expect(page.GetByLabel("What happened?")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("Read an article on accounting techniques for half an hour");
        if (!script) await page.GetByRole(AriaRole.Button, new() { Name = "Suggest details" }).ClickAsync();
        await Assertions.Expect(page.Locator("#form-kind")).ToHaveValueAsync("ReadingOrMarketScan");
        await Assertions.Expect(page.Locator("#form-minutes")).ToHaveValueAsync("30");
        await Assertions.Expect(page.GetByLabel("accounting")).ToBeCheckedAsync();
        (await visit.Barriers()).ShouldBeEmpty();
        (await visit.Overhang()).ShouldBe(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(page.Locator("main [role=status]", new() { HasText = "Recorded" })).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "To complete" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Read an article" }).First.ClickAsync();
        await page.Locator("#form-learnt").FillAsync("Where a margin hides");
        await page.Locator("#form-what").FillAsync("Read two articles on accounting techniques");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "What it said before" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("Read an article on accounting techniques");
        await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("It says what was learnt");
        (await visit.Barriers()).ShouldBeEmpty();
        (await visit.Overhang()).ShouldBe(0);
        if (script) visit.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_a_connection_it_waits_on_the_device_and_is_sent_once()
    {
        await using var visit = await site.VisitAs(await site.Entrepreneur(), "/", Phone);
        var page = visit.Page;
        await page.EvaluateAsync("() => navigator.serviceWorker.ready.then(() => null)");
        await page.ReloadAsync(); // the worker answers from now on
        await page.Context.SetOfflineAsync(true);
        await page.GotoAsync("/learning/new");
        await page.GetByLabel("What happened?").FillAsync("Watched the robot cell being set up in a tunnel");
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep on this device" }).ClickAsync();
        await Assertions.Expect(page.Locator("[data-waiting]")).ToContainTextAsync("robot cell");

        await page.Context.SetOfflineAsync(false);
        await page.GotoAsync("/");
        await Assertions.Expect(page.Locator("[data-waiting]")).ToBeHiddenAsync();
        await page.GotoAsync("/learning");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "robot cell" })).ToHaveCountAsync(1);
    }
}
