using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;
using Shouldly;

namespace ClusterNet.BrowserTests;

/// <summary>A page in a window, and everything that its browser complained about.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    private static readonly object Rules = new
    {
        runOnly = (string[])["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
        resultTypes = (string[])["violations"],
    };

    /// <summary>What web.dev calls good (Cumulative Layout Shift).</summary>
    private const double GoodLayoutShift = 0.1;

    /// <summary>What the menu of languages sets.</summary>
    private const string LanguageCookie = "lang";

    private readonly List<string> _complaints = [];
    private readonly BrowserNewContextOptions? _window;

    /// <param name="window">How the page's window was opened; null for one with scripts.</param>
    public Visit(IPage page, Uri site, BrowserNewContextOptions? window = null)
    {
        (Page, _window) = (page, window);
        page.Console += (_, message) => Note(message.Type is "error" or "warning" && !IsThePageItself(message), message.Text);
        page.PageError += (_, error) => Note(true, error);
        page.RequestFailed += (_, request) => Note(true, $"{request.Url} failed: {request.Failure}");
        page.Request += (_, request) =>
            Note(!request.Url.StartsWith("data:", StringComparison.Ordinal) && new Uri(request.Url).Authority != site.Authority,
                $"{request.Url} is not ours");
    }

    public IPage Page { get; }

    /// <summary>Console errors and warnings, refusals by the content security policy among them; failed and foreign requests.</summary>
    public IReadOnlyList<string> Complaints => _complaints;

    /// <summary>What axe-core finds against WCAG 2.2 AA and good practice.</summary>
    public async Task<IReadOnlyList<string>> Barriers()
    {
        var (looked, found) = _window is { JavaScriptEnabled: false } ? await InAWindowWithScripts(_window) : await Run(Page);
        looked.ShouldBeTrue("axe-core looked at nothing");
        return found;
    }

    /// <summary>axe-core never comes back from a window without scripts: the same page, byte for byte, is looked at in another one.</summary>
    private async Task<(bool Looked, string[] Found)> InAWindowWithScripts(BrowserNewContextOptions window)
    {
        var (url, html) = (Page.Url, await Page.ContentAsync());
        await using var context = await Page.Context.Browser.ShouldNotBeNull().NewContextAsync(new(window) { JavaScriptEnabled = true });
        var page = await context.NewPageAsync();
        await page.RouteAsync(url, route => route.FulfillAsync(new() { ContentType = "text/html; charset=utf-8", Body = html }));
        await page.GotoAsync(url);
        return await Run(page);
    }

    /// <summary>
    /// Our pages have no frames: axe-core itself is read in once a page and called. Its package for Playwright reads it in twice each time, once in a
    /// page of its own where it puts the results of frames together.
    /// </summary>
    private static async Task<(bool Looked, string[] Found)> Run(IPage page)
    {
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window")) await page.EvaluateAsync(Axe);
        var lines = await page.EvaluateAsync<string[]>(
            """
            rules => axe.run(document, rules).then(r => [
                `${r.passes.length}`, ...r.violations.map(v => `${v.id}: ${v.help}: ${v.nodes.map(n => n.html).join(' | ')}`)])
            """,
            Rules);
        return (lines[0] != "0", lines[1..]);
    }

    /// <summary>By how many pixels the page is wider than its window.</summary>
    public Task<int> Overhang() =>
        Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");

    /// <summary>
    /// Everything that is wrong with a page that was opened in <see cref="Pages.Desk"/>: barriers at the desk in the dark and on a phone in the
    /// light, what reaches over the window there, at 200 % (WCAG 1.4.4: 640 pixels of CSS) and in each language at 320 pixels (WCAG 1.4.10: a
    /// screen of 1280 at 400 %), what jumped while it came in, and what the browser complained about.
    /// </summary>
    /// <param name="foreign">What no text of another language than English may hold: keys of texts, and English words.</param>
    public async Task<IReadOnlyList<string>> Faults(string name, [StringSyntax(StringSyntaxAttribute.Regex)] string? foreign = null)
    {
        var faults = new List<string>();
        await Look("at the desk", barriers: true);
        await Jumps("at the desk");
        await Page.SetViewportSizeAsync(Pages.Screen / 2, 450);
        await Look("at 200 %", barriers: false);
        await Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await Page.SetViewportSizeAsync(Pages.Phone, 844);
        await Look("on the phone", barriers: true);
        await Page.SetViewportSizeAsync(320, 256);
        await Look("in en", barriers: false); // the language of the tests' browser
        foreach (var language in (string[])["de", "fr"])
        {
            await Page.Context.AddCookiesAsync([new() { Name = LanguageCookie, Value = language, Url = Page.Url }]);
            await Page.ReloadAsync();
            await Look("in " + language, barriers: false);
            if (foreign is null) continue;
            var text = await Page.GetByRole(AriaRole.Main).InnerTextAsync();
            faults.AddRange(Regex.Matches(text, foreign).Select(m => $"in {language}: {m.Value}"));
        }

        await Jumps("on a small phone");
        return [.. faults, .. Complaints];

        async Task Jumps(string how)
        {
            if (_window is { JavaScriptEnabled: false }) return; // nothing is called back there
            var shift = await Page.EvaluateAsync<double>(
                """
                () => new Promise(done => {
                    let sum = 0;
                    new PerformanceObserver(list => list.getEntries().forEach(s => { if (!s.hadRecentInput) sum += s.value; })).observe({ type: 'layout-shift', buffered: true });
                    requestAnimationFrame(() => requestAnimationFrame(() => done(sum)));
                })
                """);
            if (shift >= GoodLayoutShift) faults.Add($"{how}: jumps by {shift:0.000} while it comes in");
        }

        async Task Look(string how, bool barriers)
        {
            await Picture($"{name} {how}");
            if (await Overhang() is > 0 and var pixels) faults.Add($"{how}: {pixels} pixels too wide");
            if (barriers) faults.AddRange((await Barriers()).Select(b => $"{how}: {b}"));
        }
    }

    /// <summary>The width in pixels of the ring around what has the focus, 0 for none.</summary>
    public Task<float> FocusRing() => Page.EvaluateAsync<float>(
        "() => { const s = getComputedStyle(document.activeElement); return s.outlineStyle === 'none' ? 0 : parseFloat(s.outlineWidth); }");

    /// <summary>A picture of the page for the eye, when CLUSTERNET_SCREENSHOTS names a folder.</summary>
    public async Task Picture(string name, bool whole = true)
    {
        if (Environment.GetEnvironmentVariable("CLUSTERNET_SCREENSHOTS") is { Length: > 0 } folder)
            await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{string.Join('-', name.Split([' ', '/', '?', '%'], StringSplitOptions.RemoveEmptyEntries))}.png"), FullPage = whole });
    }

    public async ValueTask DisposeAsync() => await Page.Context.CloseAsync();

    // The browser reports the page's own 404 as an error too: that one is meant.
    private bool IsThePageItself(IConsoleMessage message) =>
        message.Location.StartsWith(Page.Url, StringComparison.Ordinal) && message.Text.Contains("404", StringComparison.Ordinal);

    private void Note(bool condition, string complaint)
    {
        if (condition) _complaints.Add(complaint);
    }
}
