using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace ClusterNet.Access.Federation;

/// <summary>A provider as its own documents describe it (OpenID Connect Discovery 1.0 section 3).</summary>
/// <param name="SecretInForm">It takes the client's secret in the form only.</param>
/// <param name="NamesItself">Its answers carry <c>iss</c> (RFC 9207).</param>
internal sealed record Provider(
    string Issuer, Uri? Authorization, Uri? Token, Uri? UserInfo, IReadOnlyList<SecurityKey> Keys, bool SecretInForm, bool NamesItself,
    DateTimeOffset FetchedAt);

/// <summary>Discovery documents and keys of issuers, kept for an hour; a key that is not known yet is looked for again, once a minute at most.</summary>
internal sealed class ProviderDocuments(OutsideHttp http, FederationSettings settings, TimeProvider clock)
{
    private const int MaxKeys = 50;
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(1), Usable = TimeSpan.FromHours(24), Patience = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, Kept> _kept = new(StringComparer.Ordinal);

    private sealed record Kept(Provider? Provider, ProviderException? Fault, DateTimeOffset TriedAt);

    /// <exception cref="ProviderException">There is none that can be used.</exception>
    public Task<Provider> Of(string issuer, CancellationToken ct) => Of(issuer, Fresh, ct);

    /// <summary>The same after a key was missing in what is known.</summary>
    public Task<Provider> WithNewKeys(string issuer, CancellationToken ct) => Of(issuer, Patience, ct);

    /// <summary>Looks for itself, whatever is known.</summary>
    public async Task<Provider> Fetch(string issuer, CancellationToken ct)
    {
        var document = await Get(new Uri(issuer.TrimEnd('/') + "/.well-known/openid-configuration"), ct);
        var found = Parsed(() => OpenIdConnectConfiguration.Create(document));
        // The document must say the issuer for which it was asked, or one provider could speak for another (section 4.3).
        if (found.Issuer != issuer) throw new ProviderException(ProviderFault.OtherIssuer);
        var set = await Get(Endpoint(found.JwksUri) ?? throw new ProviderException(ProviderFault.Malformed), ct);
        var keys = Parsed(() => new JsonWebKeySet(set));
        return Described(found, document, [.. keys.GetSigningKeys().Where(k => k is not SymmetricSecurityKey).Take(MaxKeys)]);
    }

    private async Task<Provider> Of(string issuer, TimeSpan maxAge, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (_kept.TryGetValue(issuer, out var kept))
        {
            if (kept.Provider is { } provider && now - provider.FetchedAt < maxAge) return provider;
            if (now - kept.TriedAt < Patience) return kept.Provider ?? throw new ProviderException(kept.Fault?.Fault ?? ProviderFault.Unreachable);
        }

        try
        {
            var provider = await Fetch(issuer, ct);
            _kept[issuer] = new(provider, null, now);
            return provider;
        }
        catch (ProviderException e)
        {
            // A provider that is away for a while goes on with what it said before.
            var before = kept?.Provider is { } known && now - known.FetchedAt < Usable ? known : null;
            _kept[issuer] = new(before, e, now);
            return before ?? throw new ProviderException(e.Fault, e);
        }
    }

    private Provider Described(OpenIdConnectConfiguration found, string document, IReadOnlyList<SecurityKey> keys)
    {
        var methods = found.TokenEndpointAuthMethodsSupported;
        var namesItself = JsonNode.Parse(document)?["authorization_response_iss_parameter_supported"] is JsonValue value && value.TryGetValue<bool>(out var yes) && yes;
        return new(
            found.Issuer, Endpoint(found.AuthorizationEndpoint), Endpoint(found.TokenEndpoint), Endpoint(found.UserInfoEndpoint), keys,
            methods.Contains("client_secret_post") && !methods.Contains("client_secret_basic"), namesItself, clock.GetUtcNow());
    }

    private Uri? Endpoint(string? url)
    {
        if (string.IsNullOrEmpty(url)) return null;
        return Uri.TryCreate(url, UriKind.Absolute, out var parsed) && FederationSettings.IsEndpoint(parsed, settings.AllowLoopbackIssuers)
            ? parsed
            : throw new ProviderException(ProviderFault.AddressNotAllowed);
    }

    private async Task<string> Get(Uri url, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        var (status, body) = await http.Send(request, ct);
        return status == HttpStatusCode.OK ? body : throw new ProviderException(ProviderFault.Malformed);
    }

    private static T Parsed<T>(Func<T> parse)
    {
        try
        {
            return parse();
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException or FormatException)
        {
            throw new ProviderException(ProviderFault.Malformed, e);
        }
    }
}
