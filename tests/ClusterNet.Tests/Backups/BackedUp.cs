using ClusterNet.Access.Contracts;
using ClusterNet.Backups;
using ClusterNet.EventStore;
using ClusterNet.Host.Demo;
using ClusterNet.Projections;
using ClusterNet.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

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
        // Pressing news go to the outbox at once; what is compared with the backup must not be on its way there.
        while (await Pressing()) await Task.Yield();
        await Host.Services.GetRequiredService<Backup>().Take(Events, CancellationToken.None);
        await Host.Services.GetRequiredService<Backup>().TakeKeys(Keys, CancellationToken.None);
    }

    private async Task<bool> Pressing()
    {
        await using var select = Host.Services.GetRequiredService<Database>().Source.CreateCommand("select exists (select from access.notice where mail = 'at-once')");
        return (bool)(await select.ExecuteScalarAsync(CancellationToken.None)).ShouldNotBeNull();
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
