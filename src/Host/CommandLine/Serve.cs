using ClusterNet.Access.Contracts;
using ClusterNet.Host.Composition;
using ClusterNet.Ledger;

namespace ClusterNet.Host.CommandLine;

/// <summary>The main verb: serve the web app and the API.</summary>
internal static class Serve
{
    /// <summary>In the data directory: what the demo's story has done.</summary>
    public const string DemoFile = "demo.json";

    public static async Task<int> Run(string[] args, bool demo, CancellationToken ct)
    {
        var builder = WebHost.Builder(args);
        if (demo)
        {
            KeepToLoopback(builder);
            KeepReadable(builder);
        }

        var settings = HostSettings.From(builder.Configuration);
        await using var backbone = await Backbone.Open(settings, Say, ct);
        await using var app = WebHost.Build(builder, settings, backbone);
        await app.Services.Prepare(Say, ct);
        await app.Services.GetRequiredService<SignedLog>().Open(ct);
        await app.StartAsync(ct);
        Say($"ClusterNet serves {string.Join(", ", app.Urls)}");
        var code = await app.Services.GetRequiredService<FirstOperatorCode>().Current(ct);
        if (demo)
        {
            if (await DemoVerb.Run(new(app.Urls.First()), code, Path.Combine(settings.DataDirectory, DemoFile)) == 0)
                await ReplayVerb.Compare(app.Services, ct);
        }
        else if (code is not null)
        {
            Say($"This installation has no operator yet. Become the first one with the code {code}");
        }

        Say("Press Ctrl+C to stop.");
        await app.WaitForShutdownAsync(ct);
        return 0;
    }

    /// <summary>The demo's accounts are no secret to whoever reads its state file, so it is for this machine only.</summary>
    private static void KeepToLoopback(WebApplicationBuilder builder)
    {
        var urls = builder.WebHost.GetSetting("urls") ?? "";
        var open = urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(u => !Uri.TryCreate(u, UriKind.Absolute, out var url) || !url.IsLoopback).ToList();
        if (open.Count > 0) throw new SettingsException([$"--demo serves this machine only, but --urls names {string.Join(", ", open)}. Use an address such as {WebHost.DefaultUrl}."]);
        builder.Configuration.AddInMemoryCollection([new("ClusterNet:RateLimits:SecretsPerMinute", "600")]);
    }

    /// <summary>The demo's console tells a story; of requests only those that failed stand between its lines, unless the settings say otherwise.</summary>
    private static void KeepReadable(WebApplicationBuilder builder)
    {
        foreach (var source in new[] { "ClusterNet.Web.RequestLog", "ClusterNet.Access.SignIn", "Microsoft.Hosting.Lifetime" })
        {
            var level = $"Serilog:MinimumLevel:Override:{source}";
            if (builder.Configuration[level] is null) builder.Configuration.AddInMemoryCollection([new(level, "Warning")]);
        }
    }

    private static void Say(string line) => Console.WriteLine(line);
}
