using System.Security.Cryptography;

namespace ClusterNet.Postgres;

/// <summary>Lays out a new data directory in a sibling folder and renames it, so that half of one is never taken for a whole.</summary>
internal sealed class NewCluster(ServerFiles files, ServerBinaries binaries, ServerCommand command, PostgresOptions options)
{
    public const string User = "clusternet";

    private const int FirstMajorWithBuiltinLocale = 17;

    private string Draft => files.Cluster + ".new";

    /// <summary>Before the folder is handed to the server's user: the password is among what he gets.</summary>
    public static void WritePassword(ServerFiles files)
    {
        if (File.Exists(files.Password) && new FileInfo(files.Password).Length > 0)
            return;
        if (files.Initialised)
            throw new PostgresUnavailableException(
                $"The password file {files.Password} of the embedded PostgreSQL is gone: " +
                "restore it, or start with a new ClusterNet__DataDirectory.");
        var create = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            create.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(files.Password, create);
        writer.WriteLine(RandomNumberGenerator.GetHexString(48, lowercase: true));
    }

    public async Task Create(CancellationToken ct)
    {
        var result = new Tool.Result(1, "");
        foreach (var locale in Locales())
        {
            if (Directory.Exists(Draft))
                Directory.Delete(Draft, recursive: true);
            result = await command.Run(binaries.InitDb, [.. Arguments(), .. locale], ct);
            if (result.Succeeded || !result.Output.Contains("locale", StringComparison.Ordinal))
                break;
        }
        if (!result.Succeeded)
            throw new PostgresUnavailableException(
                $"PostgreSQL {binaries.Version} could not lay out its data in {files.Root} ({result.OneLine}): " +
                "check the space and the permissions there, or name another ClusterNet__DataDirectory.");
        var conf = Path.Combine(Draft, "postgresql.conf");
        await File.AppendAllTextAsync(conf, $"\ninclude_if_exists = '{Path.GetFileName(files.Settings)}'\n", ct);
        Directory.Move(Draft, files.Cluster);
    }

    private string[] Arguments() =>
    [
        "--pgdata", Draft, "--username", User, "--pwfile", files.Password, "--auth", "scram-sha-256",
        "--encoding", "UTF8", "--data-checksums", "--no-instructions", .. options.Disposable ? ["--no-sync"] : Array.Empty<string>(),
    ];

    // Sorted by code point everywhere; what counts as a letter comes from Unicode where the machine knows it.
    private IEnumerable<string[]> Locales()
    {
        string[] sorting = binaries.Major >= FirstMajorWithBuiltinLocale
            ? ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
            : ["--locale=C"];
        return [[.. sorting, "--lc-ctype=C.UTF-8"], [.. sorting, "--lc-ctype=en_US.UTF-8"], sorting];
    }
}
