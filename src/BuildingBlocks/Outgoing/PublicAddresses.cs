using System.Net;
using System.Net.Sockets;

namespace ClusterNet.Outgoing;

/// <summary>
/// Connections to hosts that others named: each name is looked up here, every address that it has is judged, and the connection goes to those
/// very addresses, so that no name can point inside, not even for the second look (server-side request forgery, CWE-918; OWASP ASVS 5.0, 1.3.6).
/// </summary>
public static class PublicAddresses
{
    /// <summary>Whether an address is somebody's out there (IANA's registries of special-purpose addresses, RFC 6890).</summary>
    public static bool Contain(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) return Contain(address.MapToIPv4());
        var b = address.GetAddressBytes();
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            // Global unicast without what carries an IPv4 address (6to4, Teredo) and without documentation.
            return (b[0] & 0xE0) == 0x20 && (b[0], b[1]) != (0x20, 0x02) && !(b[0] == 0x20 && b[1] == 0x01 && (b[2] < 0x02 || (b[2], b[3]) == (0x0d, 0xb8)));
        }

        return (b[0], b[1]) switch
        {
            (0 or 10 or 127 or >= 224, _) => false,
            (100, >= 64 and <= 127) => false,
            (169, 254) or (192, 168) or (198, 18 or 19) => false,
            (172, >= 16 and <= 31) => false,
            (192, 0) => b[2] is not (0 or 2),
            (198, 51) => b[2] != 100,
            (203, 0) => b[2] != 113,
            _ => true,
        };
    }

    /// <summary>For <see cref="SocketsHttpHandler.ConnectCallback"/>.</summary>
    /// <param name="mayReach">Judges each address of the host.</param>
    /// <exception cref="AddressRefusedException">The host has none, or one that must not be reached.</exception>
    public static async ValueTask<Stream> Connect(DnsEndPoint host, Func<IPAddress, bool> mayReach, CancellationToken ct)
    {
        var addresses = await Dns.GetHostAddressesAsync(host.Host, ct);
        if (addresses.Length == 0 || !addresses.All(mayReach)) throw new AddressRefusedException();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, host.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>A host at an address that must not be reached.</summary>
public sealed class AddressRefusedException() : Exception("The host has no public address, or one that is not.");
