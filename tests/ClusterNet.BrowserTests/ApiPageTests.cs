using ClusterNet.Tests.Hosting;
using ClusterNet.Web;
using Microsoft.Playwright;
using Shouldly;

namespace ClusterNet.BrowserTests;

public sealed class ApiPageTests(Site site)
{
    private static readonly string[] Methods = ["get", "put", "post", "delete", "patch", "head"];

    public static TheoryData<int, ColorScheme> EveryWindow => new((Pages.Phone, ColorScheme.Light), (Pages.Screen, ColorScheme.Dark));

    [Theory]
    [MemberData(nameof(EveryWindow))]
    public async Task The_API_page_shows_every_operation_and_fits_its_window(int width, ColorScheme scheme)
    {
        await using var visit = await site.Visit("/api", Pages.Window(width, scheme));
        (await Shown(visit.Page, await Operations())).Count.ShouldBe(await Operations());
        await visit.Picture($"api-{width}-{scheme}", whole: false);
        (await visit.Overhang()).ShouldBe(0);
        visit.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_request_can_be_tried_on_the_API_page()
    {
        await using var visit = await site.Visit("/api");
        var operation = visit.Page.Locator(".opblock").Filter(new() { HasText = "Verify a credential by its number" });
        await Assertions.Expect(visit.Page.Locator(".opblock").First).ToBeVisibleAsync();
        while (await operation.CountAsync() == 0) (await Scroll(visit.Page)).ShouldBeTrue("the page ends before the operation");
        await operation.Locator(".opblock-summary-control").ClickAsync();
        await operation.GetByRole(AriaRole.Button, new() { Name = "Try it out" }).ClickAsync();
        await operation.GetByPlaceholder("number").FillAsync(site.InForce);
        await operation.GetByRole(AriaRole.Button, new() { Name = "Execute" }).ClickAsync();
        await Assertions.Expect(operation.Locator(".live-responses-table")).ToContainTextAsync(site.InForce);
        visit.Complaints.ShouldBeEmpty();
    }

    /// <summary>The operations that a reader meets from the top of the page to its end: it draws them as they come near.</summary>
    private static async Task<HashSet<string>> Shown(IPage page, int expected)
    {
        await Assertions.Expect(page.Locator(".opblock").First).ToBeVisibleAsync();
        var shown = new HashSet<string>(StringComparer.Ordinal);
        do
        {
            shown.UnionWith(await page.EvaluateAsync<string[]>(
                "() => [...document.querySelectorAll('.opblock')].map(o => o.className.match(/opblock-(get|put|post|delete|patch|head)/)[1] + ' ' + o.querySelector('[data-path]').dataset.path)"));
        }
        while (shown.Count < expected && await Scroll(page));
        return shown;
    }

    /// <returns>Whether there was more of the page below.</returns>
    private static Task<bool> Scroll(IPage page) => page.EvaluateAsync<bool>(
        """
        async () => {
            const before = scrollY;
            scrollBy(0, innerHeight / 2);
            for (let frame = 0; frame < 10; frame++) await new Promise(requestAnimationFrame);
            return scrollY > before || scrollY + innerHeight < document.documentElement.scrollHeight - 1;
        }
        """);

    private async Task<int> Operations()
    {
        using var client = site.Host.Anonymous();
        var paths = (await client.Get(ClusterNetOpenApi.Path)).Json["paths"].ShouldNotBeNull().AsObject();
        return paths.Sum(path => path.Value.ShouldNotBeNull().AsObject().Count(operation => Methods.Contains(operation.Key)));
    }
}
