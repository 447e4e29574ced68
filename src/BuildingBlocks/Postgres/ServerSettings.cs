using System.Globalization;

namespace ClusterNet.Postgres;

/// <summary>The embedded server's configuration, written anew before each start and included by its postgresql.conf.</summary>
internal static class ServerSettings
{
    private const long Megabyte = 1024 * 1024;

    public static void Write(ServerFiles files, ServerAddress address, PostgresOptions options)
    {
        var settings = new Dictionary<string, string>
        {
            ["listen_addresses"] = address.Tcp ? "127.0.0.1" : "",
            ["port"] = address.Port.ToString(CultureInfo.InvariantCulture),
            ["unix_socket_permissions"] = "0700",
            ["password_encryption"] = "scram-sha-256",
            ["max_connections"] = "200",
            ["shared_buffers"] = $"{MemoryShare(part: 8, least: 64, most: 2048)}MB",
            ["effective_cache_size"] = $"{MemoryShare(part: 2, least: 256, most: 65536)}MB",
            ["max_wal_size"] = "2GB",
            ["fsync"] = "on",
            ["synchronous_commit"] = "on",
            // Compiling pays off on long analytical queries only; ours are short.
            ["jit"] = "off",
            ["timezone"] = "UTC",
            ["log_timezone"] = "UTC",
            ["log_checkpoints"] = "off",
            // Statements and row values may be personal data, and the log is no place for them.
            ["log_error_verbosity"] = "terse",
            ["log_min_error_statement"] = "panic",
        };
        if (!OperatingSystem.IsWindows())
            settings["unix_socket_directories"] = address.SocketFolder ?? "";
        foreach (var (name, value) in options.Settings)
            settings[name] = value;
        File.WriteAllLines(files.Settings, ["# Written at every start; use ALTER SYSTEM for your own.", .. settings.Select(Line)]);
    }

    private static string Line(KeyValuePair<string, string> setting) => $"{setting.Key} = '{setting.Value.Replace("'", "''")}'";

    private static long MemoryShare(int part, long least, long most) =>
        Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / part / Megabyte, least, most);
}
