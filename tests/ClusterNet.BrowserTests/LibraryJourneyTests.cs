using ClusterNet.Tests.Files;
using ClusterNet.Tests.Hosting;
using Microsoft.Playwright;
using Shouldly;

namespace ClusterNet.BrowserTests;

/// <summary>Two people of two firms on phones, without scripts: one puts a short video into a library, the other sees it, rates it and sends a better one.</summary>
public sealed class LibraryJourneyTests(Site site)
{
    private static readonly FilePayload Clip = new() { Name = "dot.webm", MimeType = "video/webm", Buffer = ShortFiles.WebM };

    [Fact]
    public async Task A_video_is_added_seen_rated_and_renewed()
    {
        var (maker, reader) = (await site.Entrepreneur(), await site.Entrepreneur());
        var community = (await maker.Client.Post("/learning/communities", new { name = "Dots", objective = "See how" })).Id;
        (await reader.Client.Post($"/learning/communities/{community}/joining", null)).ShouldBe(System.Net.HttpStatusCode.OK);
        await using var one = await Phone(maker, $"/communities/{community}");
        await one.Page.GetByRole(AriaRole.Link, new() { Name = "Library" }).ClickAsync();
        await one.Page.GetByRole(AriaRole.Link, new() { Name = "Add something" }).ClickAsync();
        await one.Page.Locator("input[type=file]").SetInputFilesAsync(Clip);
        await one.Page.GetByLabel("Title").FillAsync("A dot in one second");
        await one.Page.GetByLabel("More tags").FillAsync("Dots, #Short");
        await Clean(one);
        await one.Page.GetByRole(AriaRole.Button, new() { Name = "Add it" }).ClickAsync();
        await Said(one, "It is published");
        await Clean(one);

        await using var two = await Phone(reader, $"/communities/{community}/library?tag=dots");
        await Clean(two);
        await two.Page.GetByRole(AriaRole.Link, new() { Name = "A dot in one second" }).ClickAsync();
        await Assertions.Expect(two.Page.Locator("video")).ToBeVisibleAsync();
        await two.Page.GetByLabel("Your rating").SelectOptionAsync("4");
        await two.Page.GetByRole(AriaRole.Button, new() { Name = "Rate", Exact = true }).ClickAsync();
        await Said(two, "Your rating counts");
        await Assertions.Expect(two.Page.GetByLabel("Your rating")).ToHaveValueAsync("4");
        await two.Page.GetByRole(AriaRole.Button, new() { Name = "I have used it at work" }).ClickAsync();
        await Said(two, "it is counted");

        await two.Page.GetByRole(AriaRole.Link, new() { Name = "New version" }).ClickAsync();
        await two.Page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "notes.txt", MimeType = "video/webm", Buffer = "No video"u8.ToArray() });
        await two.Page.GetByLabel("Why is there a new version?").FillAsync("Sharper");
        await two.Page.GetByRole(AriaRole.Button, new() { Name = "Add it" }).ClickAsync();
        await Assertions.Expect(two.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("A video follows a video");
        await Clean(two);
        await two.Page.Locator("input[type=file]").SetInputFilesAsync(Clip);
        await two.Page.GetByRole(AriaRole.Button, new() { Name = "Add it" }).ClickAsync();
        await Said(two, "It is published");
        await Assertions.Expect(two.Page.GetByRole(AriaRole.Main)).ToContainTextAsync("Sharper");
        await Assertions.Expect(two.Page.GetByRole(AriaRole.Main).GetByText("Version 2").First).ToBeVisibleAsync();
        await Clean(two);
    }

    private static async Task Clean(Visit visit)
    {
        (await visit.Barriers()).ShouldBeEmpty();
        (await visit.Overhang()).ShouldBe(0);
    }

    private static Task Said(Visit visit, string words) => Assertions.Expect(visit.Page.Locator("main [role=status]").First).ToContainTextAsync(words);

    private Task<Visit> Phone(Account who, string address)
    {
        var window = Pages.Window(Pages.Phone);
        window.JavaScriptEnabled = false;
        return site.VisitAs(who, address, window);
    }
}
