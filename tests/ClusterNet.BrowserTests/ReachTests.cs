using Microsoft.Playwright;
using Shouldly;

namespace ClusterNet.BrowserTests;

/// <summary>Readers with a keyboard only, without scripts, or of another language.</summary>
public sealed class ReachTests(Site site)
{
    [Fact]
    public async Task The_first_tab_stop_skips_to_the_content()
    {
        await using var visit = await site.Visit("/");
        await visit.Page.Keyboard.PressAsync("Tab");
        var skip = visit.Page.GetByRole(AriaRole.Link, new() { Name = "Skip to content" });
        await Assertions.Expect(skip).ToBeFocusedAsync();
        await Assertions.Expect(skip).ToBeInViewportAsync(new() { Ratio = 1 });
        (await visit.FocusRing()).ShouldBeGreaterThanOrEqualTo(2);
        await visit.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Main)).ToBeFocusedAsync();
        await visit.Page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(visit.Page.GetByLabel("Credential number")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_credential_is_verified_by_keyboard_alone_with_the_focus_always_in_sight()
    {
        await using var visit = await site.Visit("/");
        var field = visit.Page.GetByLabel("Credential number");
        await TabTo(visit, field);
        await visit.Page.Keyboard.TypeAsync(site.InForce);
        await TabTo(visit, visit.Page.GetByRole(AriaRole.Button, new() { Name = "Verify" }));
        await visit.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("In force");
        await TabTo(visit, field);
        await visit.Page.Keyboard.PressAsync("Control+A");
        await visit.Page.Keyboard.TypeAsync(Pages.NumberOfNoCredential);
        await visit.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("No credential has this number");
        visit.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_page_works_without_scripts()
    {
        await using var visit = await site.Visit("/", new() { JavaScriptEnabled = false });
        await visit.Page.GetByLabel("Credential number").FillAsync(site.InForce.ToLowerInvariant());
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Verify" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("In force");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Status)).ToContainTextAsync(site.InForce);
        await visit.Page.GotoAsync(site.Address(Pages.Missing));
        await visit.Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link).ClickAsync();
        await Assertions.Expect(visit.Page).ToHaveURLAsync(site.Host.Url.ToString());
    }

    [Theory]
    [InlineData("de-AT", "de", "Einen Nachweis prüfen", "Gültig", "Diese Seite gibt es nicht")]
    [InlineData("fr-BE", "fr", "Vérifier une attestation", "En vigueur", "Cette page n’existe pas")]
    [InlineData("pl-PL", "en", "Verify a credential", "In force", "There is no such page")]
    public async Task Pages_speak_the_readers_language_and_say_which(
        string asked, string language, string verification, string inForce, string missing)
    {
        await using var visit = await site.Visit(site.Address(Pages.InForce), new() { Locale = asked });
        await Assertions.Expect(visit.Page.Locator("html")).ToHaveAttributeAsync("lang", language);
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(verification);
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Status)).ToContainTextAsync(inForce);
        await visit.Page.GotoAsync(site.Address(Pages.Missing));
        await Assertions.Expect(visit.Page.Locator("html")).ToHaveAttributeAsync("lang", language);
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(missing);
    }

    /// <summary>Presses Tab until the element has the focus; every stop on the way shows its focus.</summary>
    private static async Task TabTo(Visit visit, ILocator element)
    {
        for (var stops = 0; stops < 20; stops++)
        {
            await visit.Page.Keyboard.PressAsync("Tab");
            (await visit.FocusRing()).ShouldBeGreaterThanOrEqualTo(2);
            if (await element.EvaluateAsync<bool>("e => e === document.activeElement")) return;
        }

        Assert.Fail("The keyboard does not reach it.");
    }
}
