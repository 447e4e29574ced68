using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Configuration;

namespace ClusterNet.Outgoing;

/// <summary>Whom this installation asks when it verifies what others signed; the section <c>ClusterNet:Fetches</c> of the configuration.</summary>
/// <param name="Enabled">Whether anybody is asked at all.</param>
/// <param name="Allowed">Hosts with their ports that may be asked though they are inside.</param>
/// <param name="Authorities">Who may vouch for those hosts, beside the authorities that the machine trusts.</param>
public sealed record OutgoingSettings(bool Enabled, IReadOnlySet<DnsEndPoint> Allowed, X509Certificate2Collection Authorities)
{
    private const string Section = "ClusterNet:Fetches", Name = "ClusterNet__Fetches";

    /// <summary>Reads the settings; what is wrong with them goes to <paramref name="faults"/>.</summary>
    public static OutgoingSettings From(IConfiguration configuration, ICollection<string> faults)
    {
        var section = configuration.GetSection(Section);
        var enabled = section["Enabled"] is not { Length: > 0 } said || !bool.TryParse(said, out var parsed) || parsed;
        if (section["Enabled"] is { Length: > 0 } text && !bool.TryParse(text, out _)) faults.Add($"{Name}__Enabled is \"{text}\"; it takes true or false.");
        var allowed = new HashSet<DnsEndPoint>();
        foreach (var host in section.GetSection("AllowedHosts").GetChildren().Select(c => c.Value ?? ""))
        {
            if (Host(host) is { } read) allowed.Add(read);
            else faults.Add($"{Name}__AllowedHosts has \"{host}\"; it takes a host and a port, such as issuer.intern.example:443.");
        }

        return new(enabled, allowed, Certificates(section["AuthorityFile"], faults));
    }

    internal bool Allows(DnsEndPoint host) => Allowed.Contains(Plain(host.Host, host.Port));

    internal bool Names(string host) => Allowed.Any(a => string.Equals(a.Host, host, StringComparison.OrdinalIgnoreCase));

    private static DnsEndPoint? Host(string text)
    {
        var colon = text.LastIndexOf(':');
        return colon > 0 && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65535
            && Uri.CheckHostName(text[..colon]) is UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6
            ? Plain(text[..colon].Trim('[', ']'), port)
            : null;
    }

    private static DnsEndPoint Plain(string host, int port) => new(host.ToLowerInvariant(), port);

    private static X509Certificate2Collection Certificates(string? file, ICollection<string> faults)
    {
        var found = new X509Certificate2Collection();
        if (string.IsNullOrEmpty(file)) return found;
        try
        {
            found.ImportFromPemFile(file);
            if (found.Count == 0) faults.Add($"{Name}__AuthorityFile is {file}, which holds no certificate in PEM.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            faults.Add($"{Name}__AuthorityFile is {file}, which cannot be read: {e.Message}");
        }

        return found;
    }
}
