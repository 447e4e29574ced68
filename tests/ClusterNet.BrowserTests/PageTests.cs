using Microsoft.Playwright;
using Shouldly;

namespace ClusterNet.BrowserTests;

public sealed class PageTests(Site site)
{
    public static TheoryData<string> All => [.. Pages.All];

    [Theory]
    [MemberData(nameof(All))]
    public async Task Every_page_is_accessible_fits_every_window_and_breaks_no_rule(string page)
    {
        await using var visit = await site.Open(page, Pages.Desk);
        (await visit.Faults(page)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_credential_shows_at_once_whether_it_is_in_force()
    {
        await using var visit = await site.Visit(site.Address(Pages.InForce));
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("In force");
        await visit.Page.GotoAsync(site.Address(Pages.Suspended));
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("Suspended: not in force for now");
    }

    [Fact]
    public async Task A_mistyped_and_an_unknown_number_are_told_apart_and_stay_in_the_field()
    {
        await using var visit = await site.Visit(site.Address(Pages.Mistyped));
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("A character is wrong, missing or swapped");
        await Assertions.Expect(visit.Page.GetByLabel("Credential number")).ToHaveValueAsync("CN-2026-0000-0000-0");
        await visit.Page.GotoAsync(site.Address(Pages.Unknown));
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("No credential has this number");
    }

    [Fact]
    public async Task The_navigation_says_where_the_reader_is()
    {
        await using var visit = await site.Visit("/");
        var link = visit.Page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { Name = "Verify" });
        await Assertions.Expect(link).Not.ToHaveAttributeAsync("aria-current", "page");
        await link.ClickAsync();
        await Assertions.Expect(link).ToHaveAttributeAsync("aria-current", "page");
    }

    [Fact]
    public async Task The_dark_scheme_is_dark_and_the_light_one_light()
    {
        (await Brightness(ColorScheme.Light)).ShouldBeGreaterThan(200);
        (await Brightness(ColorScheme.Dark)).ShouldBeLessThan(60);
    }

    [Fact]
    public async Task Nothing_moves_for_readers_who_want_less_motion()
    {
        (await Moving(ReducedMotion.NoPreference)).ShouldBeGreaterThan(0);
        (await Moving(ReducedMotion.Reduce)).ShouldBe(0);
    }

    private async Task<int> Brightness(ColorScheme scheme)
    {
        await using var visit = await site.Visit("/", Pages.Window(Pages.Phone, scheme));
        return await visit.Page.EvaluateAsync<int>(
            "() => Math.max(...getComputedStyle(document.documentElement).backgroundColor.match(/\\d+/g).map(Number))");
    }

    /// <summary>How many elements have a transition or an animation that takes time.</summary>
    private async Task<int> Moving(ReducedMotion motion)
    {
        await using var visit = await site.Visit("/", new() { ReducedMotion = motion });
        return await visit.Page.EvaluateAsync<int>(
            """
            () => [...document.querySelectorAll('*')].map(e => getComputedStyle(e))
                .filter(s => [s.transitionDuration, s.animationDuration].some(d => d.split(',').some(t => parseFloat(t) > 0))
                    || s.scrollBehavior === 'smooth').length
            """);
    }
}
