using Microsoft.Playwright;
using Shouldly;

namespace ClusterNet.BrowserTests;

/// <summary>On the home screen, and without a connection.</summary>
public sealed class InstallTests(Site site)
{
    [Fact]
    public async Task Chromium_offers_to_install_it()
    {
        await using var visit = await site.Visit("/");
        await ServiceWorker(visit);
        var session = await visit.Page.Context.NewCDPSessionAsync(visit.Page);
        var manifest = (await session.SendAsync("Page.getAppManifest")).ShouldNotBeNull();
        manifest.GetProperty("errors").GetArrayLength().ShouldBe(0, manifest.ToString());
        var errors = (await session.SendAsync("Page.getInstallabilityErrors")).ShouldNotBeNull();
        // A window of its own, as tests have, keeps nothing: the one thing that stands in the way.
        errors.GetProperty("installabilityErrors").EnumerateArray().Select(e => e.GetProperty("errorId").GetString())
            .Where(id => id != "in-incognito").ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_a_connection_there_is_a_page_that_says_so_and_names_nobody()
    {
        await using var visit = await site.Visit("/", null, site.Coordinator);
        await ServiceWorker(visit);
        var kept = await visit.Page.EvaluateAsync<string[]>(
            "async () => (await Promise.all((await caches.keys()).map(async n => (await (await caches.open(n)).keys()).map(r => new URL(r.url).pathname)))).flat()");
        kept.ShouldContain("/offline");
        kept.ShouldAllBe(path => path == "/offline" || path.StartsWith("/css/", StringComparison.Ordinal) || path.StartsWith("/js/", StringComparison.Ordinal)
            || path == "/icons.svg" || path == "/icon.svg");
        await visit.Page.Context.SetOfflineAsync(true);
        await visit.Page.GotoAsync("/my-data");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("No connection");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Account menu" })).ToHaveCountAsync(0);
        (await visit.Page.EvaluateAsync<string>("() => getComputedStyle(document.body).marginTop")).ShouldBe("0px"); // its style came along
        await visit.Page.Context.SetOfflineAsync(false);
        await visit.Page.ReloadAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("My data");
    }

    private static async Task ServiceWorker(Visit visit) => await
        visit.Page.EvaluateAsync("async () => { const r = await navigator.serviceWorker.ready; while (r.active.state !== 'activated') await new Promise(d => r.active.onstatechange = d); }");
}
