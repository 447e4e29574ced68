using ClusterNet.Access.Contracts;
using ClusterNet.Host.Composition;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ClusterNet.Benchmarks;

/// <summary>The real Host on Kestrel with its log worker, on databases of its own; somebody owns a firm there and has a token.</summary>
internal sealed class Site : IAsyncDisposable
{
    private const string Email = "olga@bench.example", Password = "eleven quiet lathes at dawn";
    private readonly Backbone _backbone;
    private readonly WebApplication _app;

    private Site(Backbone backbone, WebApplication app) => (_backbone, _app) = (backbone, app);

    public Uri Url => new(_app.Urls.Single());

    public IServiceProvider Services => _app.Services;

    public string Token { get; private set; } = "";

    public static async Task<Site> Start(Bench bench)
    {
        var folder = Path.Combine(bench.Folder, "site");
        var settings = new HostSettings(
            await bench.NewDatabase("site"), await bench.NewDatabase("site_keys"), folder, Path.Combine(folder, "keys"), Path.Combine(folder, "mirror"), folder, null, null,
            Path.Combine(folder, "keys", "log-policy"));
        var builder = WebHost.Builder(["--urls", "http://127.0.0.1:0", "--environment", "Production"]);
        builder.Configuration.AddInMemoryCollection([new("ClusterNet:RateLimits:Enabled", "false"), new("Serilog:MinimumLevel:Default", "Fatal")]);
        var backbone = await Backbone.Open(settings, _ => { }, CancellationToken.None);
        var app = WebHost.Build(builder, settings, backbone);
        await app.Services.Prepare(_ => { }, CancellationToken.None);
        await app.StartAsync();
        var site = new Site(backbone, app);
        await site.Settle();
        return site;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _backbone.DisposeAsync();
    }

    private async Task Settle()
    {
        using var client = new HttpClient { BaseAddress = new Uri(Url, "/api/v1/") };
        var code = await _app.Services.GetRequiredService<FirstOperatorCode>().Current(CancellationToken.None);
        await client.Send("access/first-operator", new { code, email = Email, name = "Olga Owner", password = Password });
        await client.Send("access/sign-in", new { email = Email, password = Password });
        await client.Send("clusters/firms", new
        {
            name = "Bench GmbH",
            registrationNumber = "HRB 1",
            country = "DE",
            nuts = "DEA58",
            city = "Menden",
            nace = "25.62",
            owner = new { givenName = "Olga", familyName = "Owner", language = "de" },
        });
        var issued = await client.Send("access/tokens", new { label = "bench", validForDays = 1 });
        Token = issued["token"]?.ToString() ?? throw new InvalidOperationException("No token was issued.");
    }
}
