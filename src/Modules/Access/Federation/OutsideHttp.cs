using System.Net;
using ClusterNet.Outgoing;

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
            ConnectCallback = (context, ct) => PublicAddresses.Connect(context.DnsEndPoint, MayReach, ct),
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
        catch (HttpRequestException e) when (e.InnerException is AddressRefusedException)
        {
            throw new ProviderException(ProviderFault.AddressNotAllowed, e);
        }
        catch (Exception e) when (e is HttpRequestException or InvalidOperationException || (e is TaskCanceledException && !ct.IsCancellationRequested))
        {
            throw new ProviderException(ProviderFault.Unreachable, e);
        }
    }

    public void Dispose() => _client.Dispose();

    private bool MayReach(IPAddress address) => PublicAddresses.Contain(address) || (_loopback && IPAddress.IsLoopback(address));
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
