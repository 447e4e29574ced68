using System.Net;
using System.Net.Sockets;

namespace ClusterNet.Access.Federation;

/// <summary>
/// Requests to addresses that others chose: only to public ones, looked at when the connection is made, so that no name can point inside
/// (server-side request forgery, CWE-918; OWASP ASVS 5.0, 1.3.6). No redirects, no proxy, short and small.
/// </summary>
internal sealed class OutsideHttp : IDisposable
{
    private const int MaxBytes = 256 * 1024;
    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(10);
    private readonly HttpClient _client;
    private readonly bool _loopback;

    public OutsideHttp(FederationSettings settings)
    {
        _loopback = settings.AllowLoopbackIssuers;
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectTimeout = MaxTime / 2,
            MaxResponseHeadersLength = 32,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            ConnectCallback = Connect,
        };
        _client = new(handler) { Timeout = MaxTime, MaxResponseContentBufferSize = MaxBytes };
        _client.DefaultRequestHeaders.Accept.ParseAdd("application/json");
    }

    /// <exception cref="ProviderException">It cannot be reached, must not be reached, or answers too much or too late.</exception>
    public async Task<(HttpStatusCode Status, string Body)> Send(HttpRequestMessage request, CancellationToken ct)
    {
        if (request.RequestUri is not { } url || !FederationSettings.IsEndpoint(url, _loopback)) throw new ProviderException(ProviderFault.AddressNotAllowed);
        try
        {
            using var response = await _client.SendAsync(request, ct);
            return (response.StatusCode, await response.Content.ReadAsStringAsync(ct));
        }
        catch (HttpRequestException e) when (e.InnerException is ProviderException inner)
        {
            throw inner;
        }
        catch (Exception e) when (e is HttpRequestException or InvalidOperationException || (e is TaskCanceledException && !ct.IsCancellationRequested))
        {
            throw new ProviderException(ProviderFault.Unreachable, e);
        }
    }

    public void Dispose() => _client.Dispose();

    /// <summary>Whether an address is somebody's out there (IANA's registries of special-purpose addresses, RFC 6890).</summary>
    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) return IsPublic(address.MapToIPv4());
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

    private async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, ct);
        if (addresses.Length == 0 || !addresses.All(MayReach)) throw new ProviderException(ProviderFault.AddressNotAllowed);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private bool MayReach(IPAddress address) => IsPublic(address) || (_loopback && IPAddress.IsLoopback(address));
}

/// <summary>What is wrong with a provider.</summary>
internal enum ProviderFault
{
    Unreachable,
    AddressNotAllowed,

    /// <summary>Its documents are not what the standards say.</summary>
    Malformed,

    /// <summary>It says to be another issuer.</summary>
    OtherIssuer,

    /// <summary>It refused the code or the client.</summary>
    Refused,

    /// <summary>Its token does not hold.</summary>
    Untrusted,
}

/// <summary>A provider that cannot be used; the message is for the log and names nothing of a person.</summary>
internal sealed class ProviderException(ProviderFault fault, Exception? inner = null) : Exception($"provider fault: {fault}", inner)
{
    public ProviderFault Fault { get; } = fault;
}
