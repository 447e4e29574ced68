using ClusterNet.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Shouldly;

namespace ClusterNet.Tests.Web;

public sealed class HealthTests
{
    [Theory]
    [InlineData(true, 200, """{"status":"healthy","checks":{"store":"healthy"}}""")]
    [InlineData(false, 503, """{"status":"unhealthy","checks":{"store":"unhealthy"}}""")]
    public async Task A_process_is_ready_when_what_it_needs_is_there(bool there, int status, string body)
    {
        var result = there ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("a secret", new IOException("another"));
        await using var app = await TestApp.Start(
            app => app.MapHealth(), builder => builder.Services.AddHealthChecks().AddCheck("store", () => result, [Health.Ready]));

        var ready = await app.Get("/health/ready");

        ready.Status.ShouldBe(status);
        ready.Text.ShouldBe(body);
        ready.Header("Cache-Control").ShouldBe("no-store");
        var live = await app.Get("/health/live");
        live.Status.ShouldBe(200, "it answers, whatever it lacks");
        live.Text.ShouldBe("""{"status":"healthy","checks":{}}""");
        live.Header("Cache-Control").ShouldBe("no-store");
    }
}
