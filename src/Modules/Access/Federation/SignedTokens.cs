using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ClusterNet.Access.Federation;

/// <summary>Signed tokens of others, believed only after issuer, audience, signature, algorithm and time (RFC 7519, RFC 8725).</summary>
internal sealed class SignedTokens(ProviderDocuments documents, TimeProvider clock)
{
    private const int MaxLength = 16 * 1024;
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);
    private static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = MaxLength };

    /// <returns>The token; null when it does not hold.</returns>
    /// <exception cref="ProviderException">The issuer's keys cannot be had.</exception>
    public async Task<JsonWebToken?> Read(string token, string issuer, string audience, IEnumerable<string> algorithms, CancellationToken ct)
    {
        if (token.Length > MaxLength) return null;
        var provider = await documents.Of(issuer, ct);
        var result = await Validate(token, provider, audience, algorithms);
        if (result is { IsValid: false, Exception: SecurityTokenSignatureKeyNotFoundException or SecurityTokenInvalidSignatureException })
        {
            // Keys are changed without notice (OpenID Connect Core 1.0 section 10.1.1).
            var newer = await documents.WithNewKeys(issuer, ct);
            if (!ReferenceEquals(newer, provider)) result = await Validate(token, newer, audience, algorithms);
        }

        return result.IsValid ? (JsonWebToken)result.SecurityToken : null;
    }

    private Task<TokenValidationResult> Validate(string token, Provider provider, string audience, IEnumerable<string> algorithms) =>
        Handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = provider.Issuer,
            ValidAudience = audience,
            IssuerSigningKeys = provider.Keys,
            ValidAlgorithms = algorithms,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            LifetimeValidator = (from, until, _, _) => until is { } end && end > clock.GetUtcNow().UtcDateTime - Skew
                && (from is not { } start || start < clock.GetUtcNow().UtcDateTime + Skew),
        });
}

/// <summary>What a token or the provider's answer says of a person.</summary>
/// <param name="Verified">What <c>email_verified</c> says; null when it is left out.</param>
internal sealed record PersonClaims(string Subject, string? Email, bool? Verified)
{
    public static PersonClaims Of(JsonWebToken token) =>
        new(token.Subject ?? "", Text(token, "email"), Said(Text(token, "email_verified")));

    /// <summary>Some providers write the boolean as a string.</summary>
    public static bool? Said(string? text) => bool.TryParse(text, out var value) ? value : null;

    private static string? Text(JsonWebToken token, string claim) => token.TryGetClaim(claim, out var found) ? found.Value : null;
}
