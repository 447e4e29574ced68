using ClusterNet.Backups;
using ClusterNet.Host.CommandLine;
using ClusterNet.Host.Composition;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;

namespace ClusterNet.Tests.Backups;

/// <summary>Another installation with the key and mirror directories of a first one, and new databases.</summary>
internal sealed class Restored : IAsyncDisposable
{
    private readonly Backbone _backbone;
    private readonly WebApplication _app;

    private Restored(Backbone backbone, WebApplication app) => (_backbone, _app) = (backbone, app);

    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    public IServiceProvider Services => _app.Services;

    public List<string> Said { get; } = [];

    /// <summary>The keys first, unless there is no backup of them.</summary>
    public static async Task<Restored> WithKeys(HostSettings of, string? keysArchive)
    {
        var server = await TestServer.Instance();
        var settings = of with { ConnectionString = await server.CreateDatabase(), KeysConnectionString = await server.CreateDatabase() };
        if (keysArchive is not null)
        {
            await using var bare = await Backbone.OpenWithoutKeys(settings, _ => { }, Ct);
            await Restore.Keys(keysArchive, bare.Keys, bare.Vault, Ct);
        }

        return await Start(settings);
    }

    public static async Task<Restored> Start(HostSettings settings)
    {
        var builder = WebHost.Builder(["--urls", "http://127.0.0.1:0", "--environment", "Production"]);
        builder.Configuration.AddInMemoryCollection([new("Serilog:MinimumLevel:Default", "Fatal")]);
        var backbone = await Backbone.Open(settings, _ => { }, Ct);
        return new(backbone, WebHost.Build(builder, settings, backbone));
    }

    public Task<int> Events(string archive) => RestoreVerb.Events(Services, archive, json: false, Said.Add, Ct);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _backbone.DisposeAsync();
    }
}
