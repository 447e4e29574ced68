using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Shouldly;

namespace ClusterNet.Tests.Web;

/// <summary>The interactive page comes from a package that the host brings; this holds that it works under our headers.</summary>
public sealed class ApiPageTests
{
    [Fact]
    public async Task The_interactive_page_needs_no_script_or_source_that_its_policy_forbids()
    {
        await using var app = await TestApp.Start(app => app.MapClusterNetOpenApi(), authentication: app => app.UseSwaggerUI(page =>
        {
            page.RoutePrefix = "api";
            page.SwaggerEndpoint(ClusterNetOpenApi.Path, "v1");
        }));

        var page = await app.Get("/api/index.html", ("Accept", "text/html"));

        page.Status.ShouldBe(200);
        page.Header("Content-Security-Policy").ShouldContain("default-src 'self'");
        page.Text.Split("<script").Skip(1).ShouldAllBe(script => script.TrimStart().StartsWith("src=\"", StringComparison.Ordinal));
        page.Text.ShouldNotContain("src=\"http");
        (await app.Get("/api/index.js")).Text.ShouldContain(ClusterNetOpenApi.Path);
        (await app.Get("/api/swagger-ui-bundle.js")).Status.ShouldBe(200);
        (await app.Get("/api")).Status.ShouldBe(301);
        (await app.Get("/api/v1/nowhere")).Code.ShouldBe("not-found");
    }
}
