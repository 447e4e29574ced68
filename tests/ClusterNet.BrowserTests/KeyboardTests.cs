using Microsoft.Playwright;
using Shouldly;

namespace ClusterNet.BrowserTests;

/// <summary>Menu, search, dialog and form without a pointer.</summary>
public sealed class KeyboardTests(Site site)
{
    [Fact]
    public async Task The_account_menu_opens_closes_and_gives_the_focus_back()
    {
        await using var visit = await site.Visit("/", null, site.Coordinator);
        var button = visit.Page.GetByRole(AriaRole.Button, new() { Name = "Account menu" });
        await button.FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "My account" })).ToBeFocusedAsync();
        (await visit.FocusRing()).ShouldBeGreaterThanOrEqualTo(2);
        await visit.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(button).ToBeFocusedAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "My account" })).ToBeHiddenAsync();
    }

    [Fact]
    public async Task The_search_answers_while_one_types_and_is_walked_by_arrows()
    {
        await using var visit = await site.Visit("/help", null, site.Coordinator);
        await visit.Page.Keyboard.PressAsync("/");
        var box = visit.Page.GetByRole(AriaRole.Searchbox);
        await Assertions.Expect(box).ToBeFocusedAsync();
        await visit.Page.Keyboard.TypeAsync("Firm 1");
        var hit = visit.Page.Locator(".suggestions a").First;
        await Assertions.Expect(hit).ToContainTextAsync("Firm 1");
        await visit.Picture("suggestions-1280", whole: false);
        (await visit.Barriers()).ShouldBeEmpty();
        await visit.Page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(hit).ToBeFocusedAsync();
        await visit.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(box).ToBeFocusedAsync();
        await Assertions.Expect(hit).ToBeHiddenAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visit.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/search\\?q=Firm"));
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = "Firm 1" }).First).ToBeVisibleAsync();
        visit.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_dialog_takes_the_focus_and_gives_it_back()
    {
        await using var visit = await site.Visit("/design");
        var link = visit.Page.GetByRole(AriaRole.Link, new() { Name = "Open a dialog" });
        await link.FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        var dialog = visit.Page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog).ToBeVisibleAsync();
        await Assertions.Expect(dialog.GetByRole(AriaRole.Link, new() { Name = "Close" })).ToBeFocusedAsync();
        await visit.Picture("dialog-1280", whole: false);
        await visit.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(dialog).ToBeHiddenAsync();
        await Assertions.Expect(link).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Without_script_a_dialog_is_a_section_of_the_page()
    {
        await using var visit = await site.Visit("/design", new() { JavaScriptEnabled = false });
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Open a dialog" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator("#sample-dialog")).ToBeVisibleAsync();
        await visit.Page.Locator("#sample-dialog").GetByRole(AriaRole.Link, new() { Name = "Close" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator("#sample-dialog")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_form_is_filled_in_and_sent_and_says_what_it_did()
    {
        await using var visit = await site.Visit("/account/display");
        await visit.Page.GetByLabel("As the browser asks").FocusAsync();
        await visit.Page.Keyboard.PressAsync("ArrowDown");
        await visit.Page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(visit.Page.GetByLabel("Deutsch")).ToBeCheckedAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("Gespeichert");
    }

    [Fact]
    public async Task Every_stop_of_the_design_page_shows_its_focus()
    {
        await using var visit = await site.Visit("/design");
        var stops = 0;
        for (; stops < 200; stops++)
        {
            await visit.Page.Keyboard.PressAsync("Tab");
            if (await visit.Page.EvaluateAsync<bool>("() => document.activeElement === document.body")) break;
            (await visit.FocusRing()).ShouldBeGreaterThanOrEqualTo(2, await visit.Page.EvaluateAsync<string>("() => document.activeElement.outerHTML.slice(0, 120)"));
        }

        stops.ShouldBeInRange(40, 199);
    }
}
