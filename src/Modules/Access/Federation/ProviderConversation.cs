using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;

namespace ClusterNet.Access.Federation;

/// <summary>The authorization code flow with PKCE, state and nonce (OpenID Connect Core 1.0 section 3.1, RFC 7636, RFC 9700 section 2.1).</summary>
internal sealed class ProviderConversation(OutsideHttp http, SignedTokens tokens)
{
    /// <summary>Where the browser goes to sign in.</summary>
    /// <param name="hint">The address that the person typed; the provider may fill it in.</param>
    public static string AddressOf(Provider provider, string clientId, string redirectUri, string state, string nonce, string verifier, string? hint)
    {
        var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        List<KeyValuePair<string, string>> query =
        [
            new("response_type", "code"), new("client_id", clientId), new("redirect_uri", redirectUri), new("scope", "openid email profile"),
            new("state", state), new("nonce", nonce), new("code_challenge", challenge), new("code_challenge_method", "S256"),
        ];
        if (hint is not null) query.Add(new("login_hint", hint));
        var address = provider.Authorization?.ToString() ?? throw new ProviderException(ProviderFault.Malformed);
        var pairs = query.Select(p => $"{p.Key}={Uri.EscapeDataString(p.Value)}");
        return address + (address.Contains('?', StringComparison.Ordinal) ? "&" : "?") + string.Join('&', pairs);
    }

    /// <summary>Exchanges the code and believes the answer only as far as it holds.</summary>
    /// <exception cref="ProviderException">It does not hold.</exception>
    public async Task<PersonClaims> ClaimsFor(
        Provider provider, string clientId, string? secret, string redirectUri, string code, string nonce, string verifier, CancellationToken ct)
    {
        var answer = await Exchange(provider, clientId, secret, redirectUri, code, verifier, ct);
        if (answer["id_token"]?.ToString() is not { Length: > 0 } idToken) throw new ProviderException(ProviderFault.Malformed);
        var token = await tokens.Read(idToken, provider.Issuer, clientId, JwtIssuer.Possible, ct) ?? throw new ProviderException(ProviderFault.Untrusted);
        if (!Holds(token, clientId, nonce)) throw new ProviderException(ProviderFault.Untrusted);
        var claims = PersonClaims.Of(token);
        if (claims.Subject.Length is 0 or > 255) throw new ProviderException(ProviderFault.Malformed);
        return claims.Email is null && provider.UserInfo is not null && answer["access_token"]?.ToString() is { Length: > 0 } access
            ? await Asked(provider.UserInfo, access, claims, ct)
            : claims;
    }

    /// <summary>The nonce is this sign-in's (section 3.1.3.7, 11), and a token for several audiences was made for us (3.1.3.7, 4 and 5).</summary>
    private static bool Holds(JsonWebToken token, string clientId, string nonce)
    {
        var said = token.TryGetClaim("nonce", out var claim) ? claim.Value : "";
        var party = token.TryGetClaim("azp", out var azp) ? azp.Value : null;
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(said), Encoding.UTF8.GetBytes(nonce))
            && (party is null ? token.Audiences.Count() == 1 : party == clientId);
    }

    private async Task<JsonNode> Exchange(
        Provider provider, string clientId, string? secret, string redirectUri, string code, string verifier, CancellationToken ct)
    {
        Dictionary<string, string> form = new()
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = redirectUri,
            ["code_verifier"] = verifier,
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, provider.Token ?? throw new ProviderException(ProviderFault.Malformed));
        if (secret is null || provider.SecretInForm) form["client_id"] = clientId;
        if (secret is not null && provider.SecretInForm) form["client_secret"] = secret;
        if (secret is not null && !provider.SecretInForm)
        {
            // Form-encoded before they are joined (RFC 6749 section 2.3.1).
            var pair = $"{WebUtility.UrlEncode(clientId)}:{WebUtility.UrlEncode(secret)}";
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
        }

        request.Content = new FormUrlEncodedContent(form);
        var (status, body) = await http.Send(request, ct);
        return status == HttpStatusCode.OK ? Json(body) : throw new ProviderException(ProviderFault.Refused);
    }

    /// <summary>Many providers tell the address only there; it must be of the same subject (section 5.3.2).</summary>
    private async Task<PersonClaims> Asked(Uri userInfo, string access, PersonClaims known, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, userInfo);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", access);
        var (status, body) = await http.Send(request, ct);
        if (status != HttpStatusCode.OK) return known;
        var said = Json(body);
        if (said["sub"]?.ToString() != known.Subject) throw new ProviderException(ProviderFault.Untrusted);
        return known with { Email = said["email"]?.ToString(), Verified = PersonClaims.Said(said["email_verified"]?.ToString()) };
    }

    private static JsonNode Json(string body)
    {
        try
        {
            return JsonNode.Parse(body) as JsonObject ?? throw new ProviderException(ProviderFault.Malformed);
        }
        catch (JsonException e)
        {
            throw new ProviderException(ProviderFault.Malformed, e);
        }
    }
}
