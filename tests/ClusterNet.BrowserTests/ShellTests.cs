using ClusterNet.Tests.Hosting;
using Microsoft.Playwright;
using Shouldly;

namespace ClusterNet.BrowserTests;

/// <summary>The frame around all pages: what readers choose, and where it leads them.</summary>
public sealed class ShellTests(Site site)
{
    private static readonly BrowserNewContextOptions WithoutScript = new() { JavaScriptEnabled = false };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_language_chosen_in_the_menu_stays_on_every_page(bool script)
    {
        await using var visit = await site.Visit("/help?from=menu", new() { JavaScriptEnabled = script }, await site.Newcomer());
        await Menu(visit);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Deutsch" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator("html")).ToHaveAttributeAsync("lang", "de");
        visit.Page.Url.ShouldEndWith("/help?from=menu");
        await visit.Page.GotoAsync("/verify");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Einen Nachweis prüfen");
    }

    [Fact]
    public async Task What_an_account_keeps_wins_on_a_device_that_asks_for_something_else()
    {
        var person = await site.Newcomer();
        (await person.Client.Put("/access/me/settings", new { language = "fr", timeZone = "Asia/Tokyo" })).ShouldBe(System.Net.HttpStatusCode.OK);
        await using var visit = await site.VisitAs(person, "/account/display", new() { Locale = "de", TimezoneId = "Europe/Berlin" });
        await Assertions.Expect(visit.Page.Locator("html")).ToHaveAttributeAsync("lang", "fr");
        await Assertions.Expect(visit.Page.GetByLabel("Français").First).ToBeCheckedAsync();
        await Assertions.Expect(visit.Page.Locator("select[name='Form.Zone']")).ToHaveValueAsync("Asia/Tokyo");
        await visit.Page.GotoAsync("/there-is-no-such-page");
        await Assertions.Expect(visit.Page.Locator("html")).ToHaveAttributeAsync("lang", "fr");

        await visit.Page.GotoAsync("/help");
        await visit.Page.Locator("button[popovertarget=account-menu]").ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "English" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator("html")).ToHaveAttributeAsync("lang", "en");
        var kept = await person.Client.Get("/access/me/settings");
        (kept.Text("language"), kept.Text("timeZone")).ShouldBe(("en", "Asia/Tokyo"));
    }

    [Fact]
    public async Task Colours_follow_the_system_until_somebody_chooses()
    {
        await using var visit = await site.Visit("/account/display", new() { ColorScheme = ColorScheme.Dark, JavaScriptEnabled = false });
        (await Paper(visit)).ShouldBe("rgb(16, 22, 21)");
        await visit.Page.GetByLabel("Light").CheckAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("Saved.");
        (await Paper(visit)).ShouldBe("rgb(247, 246, 242)");
        await visit.Page.ReloadAsync();
        await Assertions.Expect(visit.Page.Locator(".toast")).ToHaveCountAsync(0); // what was said is said once
    }

    [Fact]
    public async Task Times_are_on_the_readers_clock_and_say_so_where_it_is_unknown()
    {
        await using var unknown = await site.Visit("/design", WithoutScript);
        await Assertions.Expect(unknown.Page.Locator("#times time").First).ToHaveTextAsync("4 May 2026, 08:30 UTC");
        await using var berlin = await site.Visit("/design", new() { TimezoneId = "Europe/Berlin" });
        await berlin.Page.ReloadAsync(); // the first answer came before the script could tell
        await Assertions.Expect(berlin.Page.Locator("#times time").First).ToHaveTextAsync("4 May 2026, 10:30");
        await berlin.Page.GotoAsync("/account/display");
        await berlin.Page.GetByLabel("Time zone").SelectOptionAsync("America/Toronto");
        await berlin.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await berlin.Page.GotoAsync("/design");
        await Assertions.Expect(berlin.Page.Locator("#times time").First).ToHaveTextAsync("4 May 2026, 04:30");
    }

    [Fact]
    public async Task The_account_menu_says_who_is_signed_in_and_signs_out_without_script()
    {
        var person = await site.Newcomer();
        await using var visit = await site.Visit("/", WithoutScript, person);
        await Menu(visit);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("signed out");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { Name = "Sign in" })).ToBeVisibleAsync();
        (await person.Client.Get("/access/me")).Status.ShouldBe(System.Net.HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_forged_message_is_not_shown()
    {
        await using var visit = await site.Visit("/");
        await visit.Page.Context.AddCookiesAsync([new() { Name = "flash", Value = "CfDJ8-your-account-is-closed", Url = site.Host.Url.ToString() }]);
        await visit.Page.ReloadAsync();
        await Assertions.Expect(visit.Page.Locator(".toast")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task On_a_phone_the_bars_lead_everywhere()
    {
        await using var visit = await site.Visit("/", Pages.Window(Pages.Phone), site.Coordinator);
        var bar = visit.Page.GetByRole(AriaRole.Navigation);
        await Assertions.Expect(bar.GetByRole(AriaRole.Link, new() { Name = "Home" })).ToHaveAttributeAsync("aria-current", "page");
        await Menu(visit);
        await visit.Picture("account-menu-390", whole: false);
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "My data" })).ToBeInViewportAsync(new() { Ratio = 1 });
        (await visit.Barriers()).ShouldBeEmpty();
        visit.Complaints.ShouldBeEmpty();
    }

    private static Task Menu(Visit visit) => visit.Page.GetByRole(AriaRole.Button, new() { Name = "Account menu" }).ClickAsync();

    private static Task<string> Paper(Visit visit) =>
        visit.Page.EvaluateAsync<string>("() => getComputedStyle(document.documentElement).backgroundColor");
}
