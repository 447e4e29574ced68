using System.Globalization;
using ClusterNet.Postgres;
using ClusterNet.Tlog;

namespace ClusterNet.Host.Composition;

/// <summary>The Host's settings, checked at start with every fault named at once.</summary>
internal sealed record HostSettings(
    string? ConnectionString, string? KeysConnectionString, string DataDirectory, string KeyDirectory, string MirrorDirectory, string HostDirectory,
    int? PostgresPort, string? LogOrigin, string LogPolicyFile)
{
    /// <exception cref="SettingsException">Names every fault.</exception>
    public static HostSettings From(IConfiguration configuration)
    {
        var faults = new List<string>();
        var data = Folder("ClusterNet:DataDirectory") ?? DataDirectories.Default(Directory.GetCurrentDirectory());
        var keys = Folder("ClusterNet:KeyDirectory") ?? Path.Combine(data, "keys");
        var mirror = Folder("ClusterNet:MirrorDirectory") ?? Path.Combine(keys, "mirror");
        var policy = Folder("ClusterNet:LogPolicyFile") ?? Path.Combine(keys, "log-policy");
        var origin = configuration["ClusterNet:LogOrigin"] is { Length: > 0 } name ? name : null;
        if (origin is not null && !NoteVerifier.IsName(origin))
            faults.Add($"ClusterNet__LogOrigin is \"{origin}\"; it takes a name without spaces and plus signs, such as example.org/log.");
        int? port = null;
        if (configuration["ClusterNet:PostgresPort"] is { Length: > 0 } text)
        {
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 65536) port = number;
            else faults.Add($"ClusterNet__PostgresPort is \"{text}\"; it takes a port from 1 to 65535.");
        }

        if (faults.Count > 0) throw new SettingsException(faults);
        return new(
            configuration.GetConnectionString("ClusterNet"), configuration.GetConnectionString("ClusterNetKeys"), data, keys, mirror,
            AppContext.BaseDirectory, port, origin, policy);

        string? Folder(string key)
        {
            if (configuration[key] is not { Length: > 0 } path) return null;
            if (path.IndexOfAny(Path.GetInvalidPathChars()) < 0) return Path.GetFullPath(path);
            faults.Add($"{key.Replace(":", "__", StringComparison.Ordinal)} is no path.");
            return null;
        }
    }
}

/// <summary>Settings that cannot be used, all named at once.</summary>
internal sealed class SettingsException(IReadOnlyList<string> faults) : Exception(string.Join(Environment.NewLine, faults));
