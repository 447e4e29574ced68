using ClusterNet.Host.Composition;

namespace ClusterNet.Host.CommandLine;

/// <summary>The installation without its web server, for verbs; a Host may serve it meanwhile.</summary>
internal sealed class Offline : IAsyncDisposable
{
    private readonly Backbone _backbone;
    private readonly WebApplication _app;

    private Offline(Backbone backbone, WebApplication app) => (_backbone, _app) = (backbone, app);

    public IServiceProvider Services => _app.Services;

    public static async Task<Offline> Open(string[] args, CancellationToken ct)
    {
        var offline = await OpenAsIs(args, ct);
        await offline.Services.Prepare(Console.Error.WriteLine, ct);
        return offline;
    }

    /// <summary>With a database that nothing was done to yet.</summary>
    public static async Task<Offline> OpenAsIs(string[] args, CancellationToken ct)
    {
        var builder = WebHost.Builder(args);
        builder.Configuration.AddInMemoryCollection([new("Serilog:MinimumLevel:Default", "Warning")]);
        var settings = HostSettings.From(builder.Configuration);
        var backbone = await Backbone.Open(settings, Console.Error.WriteLine, ct);
        return new(backbone, WebHost.Build(builder, settings, backbone));
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _backbone.DisposeAsync();
    }
}
