using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ClusterNet.Web;

/// <summary>Where an orchestrator asks whether to restart this process, and whether to send it requests.</summary>
public static class Health
{
    /// <summary>The tag of checks that decide whether this process can serve.</summary>
    public const string Ready = "ready";

    /// <summary>
    /// <c>/health/live</c>: 200 as long as the process answers. <c>/health/ready</c>: 503 while a check with the tag <see cref="Ready"/>
    /// fails; names of checks and their states, nothing else. Open to everybody and never cached.
    /// </summary>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        Map(routes, "/health/live", static _ => false);
        Map(routes, "/health/ready", static check => check.Tags.Contains(Ready));
    }

    private static void Map(IEndpointRouteBuilder routes, string path, Func<HealthCheckRegistration, bool> checks) => routes
        .MapHealthChecks(path, new() { Predicate = checks, ResponseWriter = Write, AllowCachingResponses = false })
        .AllowAnonymous()
        .DisableRateLimiting()
        .DisableHttpMetrics();

    private static Task Write(HttpContext context, HealthReport report)
    {
        context.Response.Headers.CacheControl = "no-store";
        var checks = report.Entries.ToDictionary(entry => entry.Key, entry => Name(entry.Value.Status));
        return context.Response.WriteAsJsonAsync(new { status = Name(report.Status), checks });
    }

    private static string Name(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "healthy",
        HealthStatus.Degraded => "degraded",
        _ => "unhealthy",
    };
}
