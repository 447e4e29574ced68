using ClusterNet.Access;
using ClusterNet.Access.Contracts;
using ClusterNet.Accreditation;
using ClusterNet.EventStore;
using ClusterNet.Files;
using ClusterNet.Ledger;
using ClusterNet.Mail;
using ClusterNet.Privacy;
using ClusterNet.Projections;
using ClusterNet.Resources;
using ClusterNet.Telemetry;
using ClusterNet.Web;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ClusterNet.Host.Composition;

/// <summary>The web application: everything that answers over HTTP.</summary>
internal static class WebHost
{
    public const string DefaultUrl = "http://127.0.0.1:8080";

    /// <summary>A builder that listens on <see cref="DefaultUrl"/> unless told otherwise (<c>--urls</c>, ASPNETCORE_URLS).</summary>
    public static WebApplicationBuilder Builder(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        if (string.IsNullOrEmpty(builder.Configuration["urls"])) builder.WebHost.UseUrls(DefaultUrl);
        return builder;
    }

    /// <summary>Builds the application on a standing backbone; the caller prepares the database and starts it.</summary>
    public static WebApplication Build(WebApplicationBuilder builder, HostSettings settings, Backbone backbone)
    {
        builder.AddClusterNetLogging();
        builder.Services.AddModules(backbone);
        builder.Services.AddClusterNetTelemetry();
        builder.Services.AddClusterNetWeb(builder.Configuration);
        builder.Services.AddClusterNetOpenApi(ApiDescription.Info, AccessModule.SessionCookie);
        builder.Services.AddShell();
        builder.Services.AddHealthChecks().AddCheck<DatabaseCheck>("database", tags: [Health.Ready])
            .AddCheck<LogCheck>("log", tags: [Health.Ready]);
        // One name, so that Hosts in other folders read each other's cookies and mail.
        builder.Services.AddDataProtection().SetApplicationName("ClusterNet").PersistKeysToFileSystem(new(Path.Combine(settings.KeyDirectory, "web")));
        builder.Services.AddSingleton(p => new PublicUrl(settings.PublicUrl, p.GetRequiredService<IServer>())).AddMail(settings.Mail).AddFiles(Path.Combine(settings.DataDirectory, "files")).AddSingleton(new HomeZone(settings.Zone));
        builder.Services.AddHostedService(p => p.GetRequiredService<LogWorker>());
        builder.Services.AddHostedService<IdempotencyPurge>();
        builder.Services.AddHostedService<ErasureListener>();
        builder.Services.AddSingleton(new EpochLength(TimeSpan.FromDays(settings.KeyEpochDays))).AddHostedService<KeyRotationService>();
        var app = builder.Build();
        app.UseClusterNetWeb(
            authentication: a =>
            {
                a.UseShellFiles();
                ApiDescription.UsePage(a);
                AccessModule.Authenticate(a);
                a.Use(Languages.OfAccount);
                a.UseIdempotencyKeys();
            },
            authorization: a =>
            {
                AccessModule.Authorize(a);
                a.UseAntiforgery();
            },
            // The language is chosen around the page that stands for a missing one, or that page has none.
            pages: a => a.UseRequestLocalization(Languages.Options).UseStatusCodePages(Pages.Errors.ErrorPages.Write).Use(Pages.Errors.ErrorPages.Empty));
        app.MapApi();
        AccessModule.MapOutsideApi(app);
        ResourcesModule.MapOutsideApi(app);
        AccreditationModule.MapOutsideApi(app);
        app.MapLog().AnyoneMayCall("the log holds salted commitments, nothing of an event or of a person");
        app.MapHealth();
        app.MapClusterNetOpenApi();
        Pages.Search.SearchRoutes.MapFragments(app);
        app.MapRazorComponents<Pages.App>().AddAdditionalAssemblies(Pages.PageAssemblies.OfModules);
        return app;
    }

    /// <summary>A log that is not signed, or misses its quorum, needs somebody's eyes; events are taken all the same.</summary>
    private sealed class LogCheck(LogStatus log) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            try
            {
                return (await log.Read(cancellationToken)).Alarm is { } alarm ? HealthCheckResult.Degraded(alarm) : HealthCheckResult.Healthy();
            }
            catch (Exception e) when (e is LogKeyException or LogRolledBackException or LogDamagedException)
            {
                return HealthCheckResult.Degraded(e.Message);
            }
        }
    }

    /// <summary>Ready means that the database answers.</summary>
    private sealed class DatabaseCheck(Database database) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            await using var command = database.Source.CreateCommand("select 1");
            await command.ExecuteScalarAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
    }
}
