using ClusterNet.Tests.Hosting;
using ClusterNet.Web;
using Microsoft.Playwright;
using Shouldly;

namespace ClusterNet.BrowserTests;

[Collection(OneSite.Name)]
public sealed class ApiPageTests(Site site)
{
    private static readonly string[] Methods = ["get", "put", "post", "delete", "patch", "head"];

    public static MatrixTheoryData<int, ColorScheme> EveryWindow => new(Pages.Widths, Pages.Schemes);

    [Theory]
    [MemberData(nameof(EveryWindow))]
    public async Task The_API_page_shows_every_operation_and_fits_its_window(int width, ColorScheme scheme)
    {
        await using var visit = await site.Visit("/api", Pages.Window(width, scheme));
        await Assertions.Expect(visit.Page.Locator(".opblock")).ToHaveCountAsync(await Operations());
        await visit.Picture($"api-{width}-{scheme}", whole: false);
        (await visit.Overhang()).ShouldBe(0);
        visit.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_request_can_be_tried_on_the_API_page()
    {
        await using var visit = await site.Visit("/api");
        var operation = visit.Page.Locator(".opblock").Filter(new() { HasText = "Verify a credential by its number" });
        await operation.Locator(".opblock-summary-control").ClickAsync();
        await operation.GetByRole(AriaRole.Button, new() { Name = "Try it out" }).ClickAsync();
        await operation.GetByPlaceholder("number").FillAsync(site.InForce);
        await operation.GetByRole(AriaRole.Button, new() { Name = "Execute" }).ClickAsync();
        await Assertions.Expect(operation.Locator(".live-responses-table")).ToContainTextAsync(site.InForce);
        visit.Complaints.ShouldBeEmpty();
    }

    private async Task<int> Operations()
    {
        using var client = site.Host.Anonymous();
        var paths = (await client.Get(ClusterNetOpenApi.Path)).Json["paths"].ShouldNotBeNull().AsObject();
        return paths.Sum(path => path.Value.ShouldNotBeNull().AsObject().Count(operation => Methods.Contains(operation.Key)));
    }
}
