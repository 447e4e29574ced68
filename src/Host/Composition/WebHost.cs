using ClusterNet.Access;
using ClusterNet.EventStore;
using ClusterNet.Projections;
using ClusterNet.Web;

namespace ClusterNet.Host.Composition;

/// <summary>The web application: everything that answers over HTTP.</summary>
internal static class WebHost
{
    public const string DefaultUrl = "http://127.0.0.1:8080";

    /// <summary>Builds the application on a standing backbone; the caller prepares the database and starts it.</summary>
    public static WebApplication Build(WebApplicationBuilder builder, Backbone backbone)
    {
        builder.Services.AddModules(backbone);
        builder.Services.AddClusterNetWeb(builder.Configuration);
        builder.Services.AddHostedService(p => p.GetRequiredService<LogWorker>());
        builder.Services.AddHostedService<IdempotencyPurge>();
        var app = builder.Build();
        app.UseClusterNetWeb(
            authentication: a =>
            {
                AccessModule.Authenticate(a);
                a.UseIdempotencyKeys();
            },
            authorization: AccessModule.Authorize);
        app.MapApi();
        return app;
    }

    /// <summary>A builder that listens on <see cref="DefaultUrl"/> unless told otherwise (<c>--urls</c>, ASPNETCORE_URLS).</summary>
    public static WebApplicationBuilder Builder(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        if (string.IsNullOrEmpty(builder.Configuration["urls"])) builder.WebHost.UseUrls(DefaultUrl);
        return builder;
    }
}
