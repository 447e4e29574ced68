using ClusterNet.Host.Composition;
using ClusterNet.Projections;
using Microsoft.Extensions.DependencyInjection;

namespace ClusterNet.Tests.Hosting;

/// <summary>
/// A new installation as the program makes it, made once in a run: each test's Host begins on a copy of it. Its log is signed and its projections are
/// caught up.
/// </summary>
internal sealed record Installed(string Database, string Keys, string Folder)
{
    private static readonly Lazy<Task<Installed>> Shared = new(Make);

    public static Task<Installed> Once() => Shared.Value;

    /// <summary>The settings of a Host on databases of its own, with all its files in a folder.</summary>
    public static HostSettings Settings(string database, string keys, string folder) => new(
        database, keys, folder, Path.Combine(folder, "keys"), Path.Combine(folder, "mirror"), folder, null, null, Path.Combine(folder, "keys", "log-policy"));

    /// <summary>Databases and files of their own, as they were when the installation was made.</summary>
    public async Task<HostSettings> Copy(string folder)
    {
        var server = await TestServer.Instance();
        foreach (var file in Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy) ?? folder);
            File.Copy(file, copy);
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(copy, File.GetUnixFileMode(file));
        }

        return Settings(await server.CreateDatabase(Database), await server.CreateDatabase(Keys), folder);
    }

    private static async Task<Installed> Make()
    {
        const string name = "installed", keysName = "installed_keys";
        var (server, folder) = (await TestServer.Instance(), TestServer.NewFolder());
        await server.Template(name, database => server.Template(keysName, keys => Install(Settings(database, keys, folder))));
        return new(name, keysName, folder);
    }

    private static async Task Install(HostSettings settings)
    {
        await using var backbone = await Backbone.Open(settings, _ => { }, CancellationToken.None);
        await using var app = WebHost.Build(RunningHost.Builder(), settings, backbone);
        await app.Services.Prepare(_ => { }, CancellationToken.None);
        await app.StartAsync();
        await app.Services.GetRequiredService<LogWorker>().CatchUp(CancellationToken.None);
        await app.StopAsync();
    }
}
