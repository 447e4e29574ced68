using System.Globalization;
using ClusterNet.EventStore;
using ClusterNet.Host.Composition;
using ClusterNet.Ledger;
using ClusterNet.Mail;
using ClusterNet.Projections;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ClusterNet.Tests.Hosting;

/// <summary>The real Host on Kestrel and a fresh database of the test server, one per test class (IClassFixture).</summary>
public sealed class RunningHost : IAsyncLifetime
{
    private Backbone? _backbone;
    private WebApplication? _app;

    /// <summary>With which another process can open the same installation.</summary>
    internal HostSettings Settings { get; private set; } = new("", "", "", "", "", "", null, null, "");

    /// <summary>Settings beyond those of every test, given before it starts.</summary>
    internal Dictionary<string, string?> More { get; init; } = [];

    /// <summary>Also gets the technical log; null for tests that do not look at it.</summary>
    internal LogLines? Log { get; init; }

    /// <summary>What tells the time; null for the machine's own.</summary>
    internal TimeProvider? Clock { get; init; }

    /// <summary>Where mail goes; null for a folder of its own.</summary>
    internal MailSettings? Mail { get; init; }

    public Uri Url { get; private set; } = new("http://127.0.0.1");

    /// <summary>All files of this Host, its keys included.</summary>
    internal string Folder { get; } = TestServer.NewFolder();

    public IServiceProvider Services => _app!.Services; // started by the fixture before any test

    /// <summary>A client that keeps no cookies and follows no redirects.</summary>
    internal HttpClient Anonymous() => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Url };

    /// <summary>Waits until everything committed so far has its position and every projection has passed it.</summary>
    internal Task CaughtUp() => Services.GetRequiredService<LogWorker>().CatchUp(TestContext.Current.CancellationToken);

    /// <summary>Waits until everything committed so far stands under a published checkpoint: from then on its time is known.</summary>
    internal async Task Signed()
    {
        await CaughtUp();
        var (size, proofs) = (await Services.GetRequiredService<LogPositions>().Last(TestContext.Current.CancellationToken) + 1, Services.GetRequiredService<LogProofs>());
        while (await proofs.Published(TestContext.Current.CancellationToken) is not { } published || published.Checkpoint.Size < size) await Task.Yield();
    }

    /// <summary>How many events there are: a refusal must not change it.</summary>
    internal async Task<long> EventCount()
    {
        await using var command = Services.GetRequiredService<Database>().Source.CreateCommand("select count(*) from events.mt_events");
        return Convert.ToInt64(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken), CultureInfo.InvariantCulture);
    }

    /// <summary>Of a Host on a free port that logs nothing and lets tests sign in as often as they must.</summary>
    internal static WebApplicationBuilder Builder()
    {
        var builder = WebHost.Builder(["--urls", "http://127.0.0.1:0", "--environment", "Production"]);
        builder.Configuration.AddInMemoryCollection([new("ClusterNet:RateLimits:SecretsPerMinute", "100000"), new("ClusterNet:RateLimits:VerificationsPerMinute", "100000"), new("Serilog:MinimumLevel:Default", "Fatal")]);
        return builder;
    }

    public async ValueTask InitializeAsync()
    {
        Settings = await (await Installed.Once()).Copy(Folder);
        if (Mail is not null) Settings = Settings with { Mail = Mail };
        var builder = Builder();
        builder.Configuration.AddInMemoryCollection(More);
        if (Clock is not null) builder.Services.AddSingleton(Clock);
        _backbone = await Backbone.Open(Settings, _ => { }, CancellationToken.None);
        _app = WebHost.Build(builder, Settings, _backbone);
        if (Log is not null) Services.GetRequiredService<ILoggerFactory>().AddProvider(Log);
        await _app.Services.Prepare(_ => { }, CancellationToken.None);
        await _app.StartAsync();
        Url = new(_app.Urls.Single());
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }

        if (_backbone is not null) await _backbone.DisposeAsync();
    }
}
