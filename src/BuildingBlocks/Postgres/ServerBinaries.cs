using System.Globalization;
using System.Text.RegularExpressions;

namespace ClusterNet.Postgres;

/// <summary>One set of initdb, pg_ctl and postgres.</summary>
internal sealed partial record ServerBinaries(string Folder, string Version, string? Libraries = null)
{
    public const int OldestMajor = 15;

    private static readonly string Suffix = OperatingSystem.IsWindows() ? ".exe" : "";

    public int Major => int.Parse(Digits().Match(Version).Value, CultureInfo.InvariantCulture);
    public string InitDb => Path.Combine(Folder, "initdb" + Suffix);
    public string PgCtl => Path.Combine(Folder, "pg_ctl" + Suffix);

    /// <summary>Installed binaries first, then the npm package; of the data's own major version where there is data.</summary>
    public static async Task<ServerBinaries> Find(
        PostgresOptions options, ServerFiles files, Action<string> report, CancellationToken ct)
    {
        var wanted = files.Initialised ? DataMajor(files) : (int?)null;
        var found = new List<ServerBinaries>();
        foreach (var folder in options.SearchFolders ?? UsualFolders())
        {
            if (await At(folder, libraries: null, ct) is not { } binaries)
                continue;
            if (binaries.Major >= OldestMajor && (wanted ?? binaries.Major) == binaries.Major)
                return binaries;
            found.Add(binaries);
        }
        var package = new NpmPackage(options, files, report);
        if (wanted is null || wanted == package.Major)
        {
            var (binaries, why) = await package.Find(ct);
            return binaries ?? throw Missing(found, why);
        }
        throw new PostgresUnavailableException(
            $"The data in {files.Cluster} was written by PostgreSQL {wanted}, but there is only {Names(found, package)}: " +
            $"install PostgreSQL {wanted}, or take a backup with the old version and restore it into a new ClusterNet__DataDirectory.");
    }

    /// <summary>The binaries in a folder, if they are all there and can be run.</summary>
    public static async Task<ServerBinaries?> At(string folder, string? libraries, CancellationToken ct)
    {
        var postgres = Path.Combine(folder, "postgres" + Suffix);
        if (!File.Exists(postgres))
            return null;
        var home = Path.GetDirectoryName(File.ResolveLinkTarget(postgres, returnFinalTarget: true)?.FullName) ?? folder;
        var said = await Tool.Run(postgres, ["--version"], ct, libraries: libraries);
        var version = SaidVersion().Match(said.Output);
        if (!said.Succeeded || !version.Success)
            return null;
        var binaries = new ServerBinaries(home, version.Groups[1].Value, libraries);
        return File.Exists(binaries.InitDb) && File.Exists(binaries.PgCtl) ? binaries : null;
    }

    private static int DataMajor(ServerFiles files) =>
        int.Parse(Digits().Match(File.ReadAllText(files.Version)).Value, CultureInfo.InvariantCulture);

    private static PostgresUnavailableException Missing(List<ServerBinaries> found, string why)
    {
        var old = found.Count == 0
            ? $"No PostgreSQL {OldestMajor} or newer is installed"
            : $"Only PostgreSQL {found[0].Version} is installed ({found[0].Folder}), and {OldestMajor} or newer is needed";
        return new($"{old}, and {why}: " +
            "install PostgreSQL (e.g. apt install postgresql), or Node.js with npm, or set ConnectionStrings__ClusterNet.");
    }

    private static string Names(List<ServerBinaries> found, NpmPackage package) => string.Join(" and ",
        found.Select(b => $"PostgreSQL {b.Version} in {b.Folder}")
            .Concat(package.Major is { } major ? [$"PostgreSQL {major} from npm"] : Array.Empty<string>())
            .DefaultIfEmpty("none"));

    private static IEnumerable<string> UsualFolders() =>
    [
        .. Tool.PathFolders(),
        .. NewestFirst("/usr/lib/postgresql", "*", "bin"),
        .. NewestFirst("/usr", "pgsql-*", "bin"),
        .. NewestFirst("/opt/homebrew/opt", "postgresql@*", "bin"),
        .. NewestFirst("/usr/local/opt", "postgresql@*", "bin"),
        .. NewestFirst(Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "PostgreSQL"), "*", "bin"),
    ];

    private static IEnumerable<string> NewestFirst(string parent, string pattern, string below) =>
        !Directory.Exists(parent)
            ? []
            : Directory.GetDirectories(parent, pattern)
                .OrderByDescending(NumberOf)
                .Select(f => Path.Combine(f, below));

    private static double NumberOf(string folder) =>
        double.TryParse(Number().Match(Path.GetFileName(folder)).Value, CultureInfo.InvariantCulture, out var number) ? number : 0;

    [GeneratedRegex(@"\(PostgreSQL\) (\d[^\s]*)")]
    private static partial Regex SaidVersion();

    [GeneratedRegex(@"^\d+")]
    private static partial Regex Digits();

    [GeneratedRegex(@"\d+(\.\d+)?$")]
    private static partial Regex Number();
}
