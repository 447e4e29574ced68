using System.Globalization;
using ClusterNet.Access;
using ClusterNet.Accreditation;
using ClusterNet.Mail;
using ClusterNet.Outgoing;
using ClusterNet.Postgres;
using ClusterNet.Tlog;
using ClusterNet.Web;

namespace ClusterNet.Host.Composition;

/// <summary>The Host's settings, checked at start with every fault named at once.</summary>
internal sealed record HostSettings(
    string? ConnectionString, string? KeysConnectionString, string DataDirectory, string KeyDirectory, string MirrorDirectory, string HostDirectory,
    int? PostgresPort, string? LogOrigin, string LogPolicyFile, int KeyEpochDays = HostSettings.MaxKeyEpochDays)
{
    /// <summary>An erasure is final within one epoch, and the law gives a month.</summary>
    private const int MaxKeyEpochDays = 30;

    private const string DefaultZone = "Europe/Brussels";

    /// <summary>How mail leaves; into a folder of the data directory unless told otherwise.</summary>
    public MailSettings Mail { get; init; } = MailSettings.ToFolder(Path.Combine(DataDirectory, "mail"));

    /// <summary>For mail at a time of day.</summary>
    public TimeZoneInfo Zone { get; init; } = Design.Reader.Find(DefaultZone) ?? TimeZoneInfo.Utc;

    /// <summary>The address of links in mail; null to use the one that the server listens on.</summary>
    public Uri? PublicUrl { get; init; }

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
        var port = Number("ClusterNet:PostgresPort", 65535, "a port");
        var days = Number("ClusterNet:KeyEpochDays", MaxKeyEpochDays, "a number of days") ?? MaxKeyEpochDays;
        faults.AddRange(KnownProxies.FaultsOf(configuration));
        faults.AddRange(AccessModule.SettingFaults(configuration));
        faults.AddRange(AccreditationModule.SettingFaults(configuration));
        OutgoingSettings.From(configuration, faults);
        var mail = MailSettings.Read(configuration, Folder("ClusterNet:Mail:Folder") ?? Path.Combine(data, "mail"), faults);
        var url = Address("ClusterNet:PublicUrl");
        var zone = Design.Reader.Find(configuration["ClusterNet:TimeZone"] is { Length: > 0 } chosen ? chosen : DefaultZone);
        if (zone is null && configuration["ClusterNet:TimeZone"] is { Length: > 0 } named)
            faults.Add($"ClusterNet__TimeZone is \"{named}\"; it takes a name of the IANA time zone database, such as {DefaultZone}.");
        if (faults.Count > 0) throw new SettingsException(faults);
        return new(
            configuration.GetConnectionString("ClusterNet"), configuration.GetConnectionString("ClusterNetKeys"), data, keys, mirror,
            AppContext.BaseDirectory, port, origin, policy, days)
        { Mail = mail, PublicUrl = url, Zone = zone ?? TimeZoneInfo.Utc };

        Uri? Address(string key)
        {
            if (configuration[key] is not { Length: > 0 } text) return null;
            if (Web.PublicUrl.TryRead(text, out var parsed)) return parsed;
            faults.Add($"{Web.PublicUrl.Setting} is \"{text}\"; it takes an address without a path, such as https://learn.example.org.");
            return null;
        }

        int? Number(string key, int max, string what)
        {
            if (configuration[key] is not { Length: > 0 } text) return null;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && number <= max) return number;
            faults.Add($"{key.Replace(":", "__", StringComparison.Ordinal)} is \"{text}\"; it takes {what} from 1 to {max}.");
            return null;
        }

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
