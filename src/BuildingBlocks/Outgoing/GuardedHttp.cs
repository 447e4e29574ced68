using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace ClusterNet.Outgoing;

/// <summary>Why nothing came of a request.</summary>
public enum FetchFault
{
    /// <summary>This installation asks nobody.</summary>
    Off,

    /// <summary>The address is not https, names a user, or a port that web servers do not use.</summary>
    AddressForm,

    /// <summary>The host is inside some network, not out there.</summary>
    AddressInside,

    /// <summary>It leads on to an address that must not be asked, or further than two steps.</summary>
    Redirected,

    /// <summary>No answer within the time, or none at all; its certificate does not hold.</summary>
    Unreachable,

    /// <summary>The server says that it has no such thing (404, 410).</summary>
    Absent,

    /// <summary>The server answers with another status than 200.</summary>
    Status,

    /// <summary>More than was asked for.</summary>
    TooLarge,

    /// <summary>Something of another kind, such as a web page.</summary>
    WrongType,
}

/// <summary>What another's server answered.</summary>
/// <param name="MediaType">In lower case, without parameters.</param>
public readonly record struct FetchedBytes(byte[]? Bytes, string MediaType, FetchFault? Fault);

/// <summary>
/// Gets documents from addresses that strangers wrote: by https, from public hosts, within five seconds, up to a size, with at most two redirects
/// of which each is judged like the first address. No cookies, no proxy, no compression that could unpack to more.
/// </summary>
public sealed class GuardedHttp : IDisposable
{
    private const int MaxRedirects = 2, MaxAtOnce = 16;
    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(5);
    private readonly OutgoingSettings _settings;
    private readonly HttpClient _client;
    private readonly SemaphoreSlim _slots = new(MaxAtOnce);

    public GuardedHttp(OutgoingSettings settings)
    {
        _settings = settings;
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = MaxTime,
            MaxResponseHeadersLength = 32,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            MaxConnectionsPerServer = 4,
            ConnectCallback = (context, ct) => PublicAddresses.Connect(
                context.DnsEndPoint, address => _settings.Allows(context.DnsEndPoint) || PublicAddresses.Contain(address), ct),
        };
        if (settings.Authorities.Count > 0) handler.SslOptions.RemoteCertificateValidationCallback = Trusts;
        _client = new(handler) { Timeout = Timeout.InfiniteTimeSpan };
        _client.DefaultRequestHeaders.UserAgent.ParseAdd("ClusterNet-Verifier/1");
    }

    /// <param name="accept">The media types that are asked for.</param>
    /// <param name="takes">Judges the media type of the answer.</param>
    public async Task<FetchedBytes> Get(Uri url, string accept, Func<string, bool> takes, int maxBytes, CancellationToken ct)
    {
        if (!_settings.Enabled) return Nothing(FetchFault.Off);
        using var time = CancellationTokenSource.CreateLinkedTokenSource(ct);
        time.CancelAfter(MaxTime);
        try
        {
            await _slots.WaitAsync(time.Token);
            try
            {
                return await Follow(url, accept, takes, maxBytes, time.Token);
            }
            finally
            {
                _slots.Release();
            }
        }
        catch (HttpRequestException e) when (e.InnerException is AddressRefusedException)
        {
            return Nothing(FetchFault.AddressInside);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidOperationException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return Nothing(FetchFault.Unreachable);
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        _slots.Dispose();
    }

    private async Task<FetchedBytes> Follow(Uri first, string accept, Func<string, bool> takes, int maxBytes, CancellationToken ct)
    {
        var url = first;
        for (var step = 0; step <= MaxRedirects; step++)
        {
            if (!MayAsk(url)) return Nothing(step == 0 ? FetchFault.AddressForm : FetchFault.Redirected);
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            request.Headers.TryAddWithoutValidation("Accept", accept);
            using var response = await Send(request, step, ct);
            if (response is null) return Nothing(FetchFault.Redirected);
            if (response.StatusCode is not (HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect))
                return await Answer(response, takes, maxBytes, ct);
            if (response.Headers.Location is not { } to) return Nothing(FetchFault.Status);
            url = new Uri(url, to);
        }

        return Nothing(FetchFault.Redirected);
    }

    /// <returns>null where a redirect led inside.</returns>
    private async Task<HttpResponseMessage?> Send(HttpRequestMessage request, int step, CancellationToken ct)
    {
        try
        {
            return await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        }
        catch (HttpRequestException e) when (step > 0 && e.InnerException is AddressRefusedException)
        {
            return null;
        }
    }

    private static async Task<FetchedBytes> Answer(HttpResponseMessage response, Func<string, bool> takes, int maxBytes, CancellationToken ct)
    {
        if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone) return Nothing(FetchFault.Absent);
        if (response.StatusCode != HttpStatusCode.OK) return Nothing(FetchFault.Status);
        var type = response.Content.Headers.ContentType?.MediaType?.ToLowerInvariant() ?? "";
        if (!takes(type) || response.Content.Headers.ContentEncoding.Count > 0) return Nothing(FetchFault.WrongType);
        if (response.Content.Headers.ContentLength > maxBytes) return Nothing(FetchFault.TooLarge);
        await using var body = await response.Content.ReadAsStreamAsync(ct);
        using var bytes = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await body.ReadAsync(buffer, ct) is > 0 and var read)
        {
            if (bytes.Length + read > maxBytes) return Nothing(FetchFault.TooLarge);
            bytes.Write(buffer, 0, read);
        }

        return new(bytes.ToArray(), type, null);
    }

    /// <summary>Ports below 1024 belong to other services than the web's.</summary>
    private bool MayAsk(Uri url) =>
        url.IsAbsoluteUri && url.Scheme == Uri.UriSchemeHttps && url.UserInfo.Length == 0
        && (url.Port is 443 or >= 1024 || _settings.Allows(new DnsEndPoint(url.IdnHost, url.Port)));

    /// <summary>A certificate that the machine trusts, or one of an authority that the operator names, of a host that the operator names.</summary>
    private bool Trusts(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None) return true;
        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || certificate is not X509Certificate2 shown || sender is not SslStream { TargetHostName: var host } || !_settings.Names(host)) return false;
        using var own = new X509Chain();
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.CustomTrustStore.AddRange(_settings.Authorities);
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        foreach (var sent in chain?.ChainElements.Select(e => e.Certificate) ?? []) own.ChainPolicy.ExtraStore.Add(sent);
        return own.Build(shown);
    }

    private static FetchedBytes Nothing(FetchFault fault) => new(null, "", fault);
}
