using ClusterNet.Access.Contracts;
using ClusterNet.Backups;
using ClusterNet.Host.Demo;
using ClusterNet.Projections;
using ClusterNet.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace ClusterNet.Tests.Backups;

/// <summary>The demo's installation and its two backups.</summary>
public sealed class BackedUp : IAsyncLifetime
{
    internal RunningHost Host { get; } = new();

    internal string Events { get; } = Path.Combine(TestServer.NewFolder(), "events.zip");

    internal string Keys { get; } = Path.Combine(TestServer.NewFolder(), "keys.zip");

    public async ValueTask InitializeAsync()
    {
        await Host.InitializeAsync();
        using var api = new DemoApi(Host.Url);
        var code = await Host.Services.GetRequiredService<FirstOperatorCode>().Current(CancellationToken.None);
        await new DemoStory(api, new DemoState(Path.Combine(TestServer.NewFolder(), "demo.json")), TextWriter.Null).Play(code);
        await Host.Services.GetRequiredService<LogWorker>().CatchUp(CancellationToken.None);
        await Host.Services.GetRequiredService<Backup>().Take(Events, CancellationToken.None);
        await Host.Services.GetRequiredService<Backup>().TakeKeys(Keys, CancellationToken.None);
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
