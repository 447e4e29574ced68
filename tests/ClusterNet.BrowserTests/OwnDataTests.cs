using ClusterNet.Tests.Hosting;
using Microsoft.Playwright;
using Shouldly;

namespace ClusterNet.BrowserTests;

/// <summary>What somebody does with the own data on the pages, without script.</summary>
public sealed class OwnDataTests(Site site)
{
    private static readonly BrowserNewContextOptions WithoutScript = new() { JavaScriptEnabled = false };

    [Fact]
    public async Task Somebody_signs_in_and_has_everything_erased_after_typing_the_word()
    {
        var person = await site.Newcomer();
        await using var visit = await site.Visit("/sign-in?to=/my-data", WithoutScript);
        var page = visit.Page;
        await page.GetByLabel("E-mail address").FillAsync(person.Email);
        await page.GetByLabel("Password").FillAsync("not this one");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("do not fit together");
        await Assertions.Expect(page.GetByLabel("E-mail address")).ToHaveValueAsync(person.Email);
        await page.GetByLabel("Password").FillAsync(Api.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("My data");
        await page.GetByLabel("To confirm, type: erase").FillAsync("yes");
        await page.GetByRole(AriaRole.Button, new() { Name = "Erase my data for good" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Nothing was erased");
        await page.GetByLabel("To confirm, type: erase").FillAsync("Erase");
        await page.GetByRole(AriaRole.Button, new() { Name = "Erase my data for good" }).ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Receipt of an erasure");
        var again = page.GetByRole(AriaRole.Link, new() { Name = "Look again" });
        while (await again.CountAsync() > 0) await again.ClickAsync();
        await Assertions.Expect(page.Locator("p.status")).ToContainTextAsync("Erased");
        await page.GotoAsync("/my-data");
        page.Url.ShouldContain("/sign-in");
    }

    [Fact]
    public async Task The_archive_is_a_download()
    {
        await using var visit = await site.Visit("/my-data");
        var download = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.GetByRole(AriaRole.Link, new() { Name = "Download my data" }).ClickAsync());
        download.SuggestedFilename.ShouldBe("my-data.zip");
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("https://evil.example/")]
    [InlineData("/%5C/evil.example")]
    public async Task Signing_in_never_leads_to_another_site(string to)
    {
        var person = await site.Newcomer();
        await using var visit = await site.Visit($"/sign-in?to={to}", WithoutScript);
        await visit.Page.GetByLabel("E-mail address").FillAsync(person.Email);
        await visit.Page.GetByLabel("Password").FillAsync(Api.Password);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Hello");
        new Uri(visit.Page.Url).Host.ShouldBe(site.Host.Url.Host);
    }

    [Fact]
    public async Task An_event_is_checked_in_words()
    {
        await using var visit = await site.Visit("/audit", WithoutScript);
        await visit.Page.GetByLabel("Event id").FillAsync(site.Event);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Check" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("In the log, and unchanged");
        await visit.Page.GetByLabel("Event id").FillAsync("<script>alert(1)</script>");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Check" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("That is no event id");
    }
}
