using System.Globalization;

namespace ClusterNet.Postgres;

/// <summary>
/// The user that PostgreSQL runs as when the Host is root, which PostgreSQL refuses: whoever owns the data already,
/// else <c>postgres</c>, else <c>nobody</c>.
/// </summary>
internal sealed record ServerUser(string Name, string UserId, string GroupId)
{
    public static async Task<ServerUser?> Find(ServerFiles files, CancellationToken ct)
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess)
            return null;
        if (!OperatingSystem.IsLinux())
            throw new PostgresUnavailableException("PostgreSQL refuses to run as root: start the Host as an ordinary user.");

        var known = Known();
        if (files.Initialised && await OwnerOf(files.Cluster, ct) is { UserId: not "0" } owner)
            return known.FirstOrDefault(u => u.UserId == owner.UserId) ?? owner;
        return known.FirstOrDefault(u => u.Name == "postgres") ?? known.FirstOrDefault(u => u.Name == "nobody")
            ?? throw new PostgresUnavailableException(
                "PostgreSQL refuses to run as root, and there is neither a user postgres nor nobody: " +
                "start the Host as an ordinary user, or set ConnectionStrings__ClusterNet.");
    }

    /// <summary>The command line that runs a program as this user.</summary>
    public (string Program, IEnumerable<string> Arguments) Wrap(string program, IEnumerable<string> arguments)
    {
        if (Tool.OnPath("setpriv") is { } setpriv)
            return (setpriv, [$"--reuid={UserId}", $"--regid={GroupId}", "--clear-groups", program, .. arguments]);
        if (Tool.OnPath("runuser") is { } runuser)
            return (runuser, ["-u", Name, "--", program, .. arguments]);
        throw new PostgresUnavailableException(
            "PostgreSQL refuses to run as root, and neither setpriv nor runuser is there to change user: " +
            "install util-linux, start the Host as an ordinary user, or set ConnectionStrings__ClusterNet.");
    }

    /// <summary>Hands the server's folder over and makes sure that the user can get there.</summary>
    public async Task TakeOver(ServerFiles files, CancellationToken ct)
    {
        if (await OwnerOf(files.Root, ct) is { } owner && owner.UserId != UserId)
            await Tool.Run("chown", ["-R", $"{UserId}:{GroupId}", files.Root], ct);

        var (program, arguments) = Wrap("test", ["-w", files.Sockets]);
        var reached = await Tool.Run(program, arguments, ct, folder: "/");
        if (!reached.Succeeded)
            throw new PostgresUnavailableException(
                $"The Host is root, so PostgreSQL runs as {Name}, who cannot reach {files.Root} {Because(reached)}: " +
                $"set ClusterNet__DataDirectory to a folder that everybody may pass through, " +
                $"e.g. {DataDirectories.ForRoot}, or start the Host as an ordinary user.");
    }

    private static string Because(Tool.Result result) => result.Output.Length > 0 ? $"({result.OneLine})" : "(no permission)";

    private static async Task<ServerUser?> OwnerOf(string path, CancellationToken ct)
    {
        var stat = await Tool.Run("stat", ["-c", "%U %u %g", path], ct);
        return stat.Succeeded && stat.Output.Trim().Split(' ') is [var name, var user, var group] ? new(name, user, group) : null;
    }

    private static List<ServerUser> Known() => File.Exists("/etc/passwd")
        ? [.. File.ReadLines("/etc/passwd")
            .Select(line => line.Split(':'))
            .Where(f => f.Length >= 4 && int.TryParse(f[2], CultureInfo.InvariantCulture, out _))
            .Select(f => new ServerUser(f[0], f[2], f[3]))]
        : [];
}
