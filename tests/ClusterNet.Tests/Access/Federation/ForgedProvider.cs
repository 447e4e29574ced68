using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ClusterNet.Tests.Access.Federation;

/// <summary>A provider that answers whatever the test wants, for what no honest provider does.</summary>
internal sealed class ForgedProvider : IAsyncDisposable
{
    private readonly RSA _rsa = RSA.Create(2048);
    private readonly WebApplication _app;

    private ForgedProvider(WebApplication app) => _app = app;

    public string Issuer { get; private set; } = "";

    /// <summary>What the discovery document says to be the issuer.</summary>
    public string? ClaimedIssuer { get; set; }

    /// <summary>The next answer of the token endpoint.</summary>
    public string IdToken { get; set; } = "";

    /// <summary>How many codes were exchanged.</summary>
    public int Exchanges { get; private set; }

    /// <summary>Where discovery is redirected to, if it is.</summary>
    public string? DiscoveryLeadsTo { get; set; }

    /// <summary>The discovery document is this many bytes longer than it should be.</summary>
    public int Padding { get; set; }

    public byte[] PublicKey => _rsa.ExportSubjectPublicKeyInfo();

    public static async Task<ForgedProvider> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var provider = new ForgedProvider(app);
        app.MapGet("/.well-known/openid-configuration", provider.Discovery);
        app.MapGet("/jwks", () => Results.Json(new { keys = new[] { provider.Jwk() } }));
        app.MapPost("/token", () =>
        {
            provider.Exchanges++;
            return Results.Json(new { access_token = "at", token_type = "Bearer", id_token = provider.IdToken });
        });
        await app.StartAsync();
        provider.Issuer = app.Urls.Single();
        return provider;
    }

    /// <summary>A token signed with the provider's own key, or with another.</summary>
    public string Token(IDictionary<string, object> claims, string? issuer = null, TimeSpan? ends = null, RSA? key = null, string algorithm = "RS256") =>
        new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer ?? Issuer,
            Claims = claims,
            IssuedAt = DateTime.UtcNow.AddMinutes(-5),
            NotBefore = DateTime.UtcNow.AddMinutes(-5),
            Expires = DateTime.UtcNow + (ends ?? TimeSpan.FromMinutes(10)),
            SigningCredentials = new(new RsaSecurityKey(key ?? _rsa) { KeyId = "k1" }, algorithm),
        });

    /// <summary>RFC 8725 section 2.1: HMAC with the public key as its secret.</summary>
    public string SignedWithPublicKey(IDictionary<string, object> claims)
    {
        var input = $"{Part(new { alg = "HS256", kid = "k1", typ = "JWT" })}.{Part(claims)}";
        return $"{input}.{Base64UrlEncoder.Encode(HMACSHA256.HashData(PublicKey, Encoding.ASCII.GetBytes(input)))}";
    }

    /// <summary>RFC 8725 section 2.1: no signature at all.</summary>
    public static string Unsigned(IDictionary<string, object> claims, string algorithm = "none") => $"{Part(new { alg = algorithm, typ = "JWT" })}.{Part(claims)}.";

    public Dictionary<string, object> Claims(string audience, string subject, string? email = null, object? verified = null, string? nonce = null)
    {
        var (now, claims) = (DateTimeOffset.UtcNow.ToUnixTimeSeconds(), new Dictionary<string, object> { ["iss"] = Issuer, ["aud"] = audience, ["sub"] = subject });
        (claims["iat"], claims["exp"]) = (now - 5, now + 600);
        if (email is not null) claims["email"] = email;
        if (verified is not null) claims["email_verified"] = verified;
        if (nonce is not null) claims["nonce"] = nonce;
        return claims;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _rsa.Dispose();
    }

    private IResult Discovery() => DiscoveryLeadsTo is { } there
        ? Results.Redirect(there)
        : Results.Json(new
        {
            issuer = ClaimedIssuer ?? Issuer,
            authorization_endpoint = $"{Issuer}/auth",
            token_endpoint = $"{Issuer}/token",
            jwks_uri = $"{Issuer}/jwks",
            padding = new string('x', Padding),
        });

    private object Jwk()
    {
        var key = _rsa.ExportParameters(false);
        return new { kty = "RSA", kid = "k1", use = "sig", alg = "RS256", n = Base64UrlEncoder.Encode(key.Modulus), e = Base64UrlEncoder.Encode(key.Exponent) };
    }

    private static string Part(object value) => Base64UrlEncoder.Encode(JsonSerializer.SerializeToUtf8Bytes(value));
}
