using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ClusterNet.Web;

/// <summary>Puts the pieces of this block together for the host.</summary>
public static class ClusterNetWeb
{
    /// <summary>Problems, JSON, limits, health and proxies. Reads the sections <c>ClusterNet:RateLimits</c> and <c>ClusterNet:KnownProxies</c>.</summary>
    public static IServiceCollection AddClusterNetWeb(this IServiceCollection services, IConfiguration configuration)
    {
        var limits = configuration.GetSection(RateLimits.Section).Get<RateLimits>() ?? new();
        limits.Check();
        services.AddSingleton(limits);
        services.AddRateLimiter(limits.Configure);
        services.AddExceptionHandler<ExceptionAnswers>();
        services.AddHealthChecks();
        services.AddSingleton<MatcherPolicy, AnswersPrograms.Policy>();
        services.Configure<ForwardedHeadersOptions>(options => KnownProxies.Configure(options, configuration));
        services.Configure<JsonOptions>(HttpJson.Configure);
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.Configure<KestrelServerOptions>(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = BodyLimits.Default;
        });
        return services;
    }

    /// <summary>The request pipeline up to the endpoints, in the one order that works.</summary>
    /// <param name="authentication">Says who is calling: before the rate limits, which count per caller.</param>
    /// <param name="authorization">Says who may: after the rate limits, so that refused calls count too.</param>
    /// <param name="pages">The host's own error pages: sees every answer that left without a body.</param>
    public static IApplicationBuilder UseClusterNetWeb(
        this IApplicationBuilder app,
        Action<IApplicationBuilder>? authentication = null,
        Action<IApplicationBuilder>? authorization = null,
        Action<IApplicationBuilder>? pages = null)
    {
        app.UseForwardedHeaders(); // who is calling, and how, before anything looks
        app.UseMiddleware<RequestLog>();
        app.Use(SecurityHeaders.Add);
        app.Use(PrefixedCookies.Apply);
        app.UseStatusCodePages(StatusAnswers.Write);
        pages?.Invoke(app);
        // The handler proper is ExceptionAnswers; this one is asked only if that one declines, which it never does.
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = _ => Task.CompletedTask });
        app.Use(StorableUrl.Refuse);
        app.Use(KnownCharset.Refuse);
        app.UseRouting();
        app.Use(CrossSite.Refuse);
        authentication?.Invoke(app);
        if (app.ApplicationServices.GetRequiredService<RateLimits>().Enabled)
        {
            app.UseRateLimiter();
        }

        app.Use(BodyLimits.Refuse);
        authorization?.Invoke(app);
        return app;
    }
}
