using Microsoft.Playwright;
using Shouldly;

namespace ClusterNet.BrowserTests;

/// <summary>Core Web Vitals as Chromium sees them: printed, for machines differ; only what does not depend on the machine is held to a limit.</summary>
public sealed class VitalsTests(Site site, ITestOutputHelper output)
{
    /// <summary>What web.dev calls good.</summary>
    private const double GoodLayoutShift = 0.1;

    private const string Measure = """
        async () => {
          const last = type => new Promise(done => {
            const seen = [];
            new PerformanceObserver(list => { seen.push(...list.getEntries()); done(seen); }).observe({ type, buffered: true });
            requestAnimationFrame(() => requestAnimationFrame(() => done(seen)));
          });
          const paint = await last('largest-contentful-paint'), shifts = await last('layout-shift');
          const page = performance.getEntriesByType('navigation')[0];
          return [
            paint.length ? paint.at(-1).startTime : 0, shifts.filter(s => !s.hadRecentInput).reduce((sum, s) => sum + s.value, 0),
            page.responseStart, page.transferSize, performance.getEntriesByType('resource').reduce((sum, r) => sum + r.transferSize, 0)
          ];
        }
        """;

    public static MatrixTheoryData<string, int> EveryPage => new(Pages.All, Pages.Widths);

    [Theory]
    [MemberData(nameof(EveryPage))]
    public async Task Nothing_jumps_while_a_page_comes_in(string page, int width)
    {
        await using var visit = await site.Open(page, Pages.Window(width));
        await visit.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        var seen = await visit.Page.EvaluateAsync<double[]>(Measure);
        output.WriteLine($"{page} at {width}: LCP {seen[0]:0} ms, CLS {seen[1]:0.000}, first byte {seen[2]:0} ms, page {seen[3]:0} bytes, rest {seen[4]:0} bytes");
        seen[1].ShouldBeLessThan(GoodLayoutShift);
    }
}
