using ClusterNet.Access.Contracts;
using ClusterNet.Host.Composition;

namespace ClusterNet.Host.CommandLine;

/// <summary>The main verb: serve the web app and the API.</summary>
internal static class Serve
{
    public static async Task<int> Run(string[] args, bool demo, CancellationToken ct)
    {
        var builder = WebHost.Builder(args);
        var settings = HostSettings.From(builder.Configuration);
        await using var backbone = await Backbone.Open(settings, Say, ct);
        await using var app = WebHost.Build(builder, settings, backbone);
        await app.Services.Prepare(Say, ct);
        await app.StartAsync(ct);
        Say($"ClusterNet serves {string.Join(", ", app.Urls)}");
        if (await app.Services.GetRequiredService<FirstOperatorCode>().Current(ct) is { } code)
            Say($"This installation has no operator yet. Become the first one with the code {code}");
        await app.WaitForShutdownAsync(ct);
        _ = demo;
        return 0;
    }

    private static void Say(string line) => Console.WriteLine(line);
}
