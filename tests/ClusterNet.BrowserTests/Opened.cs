using ClusterNet.Tests.Hosting;
using Microsoft.Playwright;

namespace ClusterNet.BrowserTests;

/// <summary>A browser of its own on a Host that is not the <see cref="Site"/>.</summary>
internal sealed class Opened(IPlaywright playwright, IBrowser browser, Visit visit) : IAsyncDisposable
{
    public Visit Visit { get; } = visit;

    public IPage Page => Visit.Page;

    /// <param name="account">Signed in as; null for nobody.</param>
    public static async Task<Opened> On(RunningHost host, Account? account, BrowserNewContextOptions window)
    {
        if (Chromium.Path is null) Assert.Skip("Needs Chromium: on Debian, apt-get install chromium (or name one in CLUSTERNET_CHROMIUM).");
        Assertions.SetDefaultExpectTimeout(Site.PatienceInMilliseconds);
        var playwright = await Playwright.CreateAsync();
        var browser = await Chromium.Start(playwright);
        var context = await browser.NewContextAsync(new(window) { BaseURL = host.Url.ToString(), Locale = "en-GB" });
        context.SetDefaultTimeout(Site.PatienceInMilliseconds);
        if (account?.Client.DefaultRequestHeaders.GetValues("Cookie").Single().Split('=', 2) is [var name, var value])
            await context.AddCookiesAsync([new() { Name = name, Value = value, Url = host.Url.ToString() }]);
        return new(playwright, browser, new Visit(await context.NewPageAsync(), host.Url));
    }

    public async ValueTask DisposeAsync()
    {
        await Visit.DisposeAsync();
        await browser.DisposeAsync();
        playwright.Dispose();
    }
}
