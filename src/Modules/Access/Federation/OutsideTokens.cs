using ClusterNet.Access.Tokens;
using ClusterNet.EventStore;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;

namespace ClusterNet.Access.Federation;

/// <summary>Bearer tokens of configured issuers (RFC 9068, RFC 8725): whom they name, and how far they reach.</summary>
internal sealed partial class OutsideTokens(SignedTokens tokens, FederationSettings settings, ILogger<OutsideTokens> logger)
{
    private static readonly JsonWebTokenHandler Reader = new();

    /// <summary>A bearer credential with two dots is a signed token; those of our own have none.</summary>
    public bool Reads(string credential) => settings.JwtIssuers.Count > 0 && credential.Length > 20 && credential.Count(c => c == '.') == 2;

    /// <returns>What the token says, if it holds; null otherwise.</returns>
    public async Task<OutsideCaller?> Read(string credential, CancellationToken ct)
    {
        // The issuer is read before anything is believed: it only chooses which of the configured ones must have signed.
        if (!Reader.CanReadToken(credential) || IssuerOf(credential) is not { } issuer) return null;
        try
        {
            if (await tokens.Read(credential, issuer.Authority, issuer.Audience, issuer.Algorithms, ct) is not { } token) return null;
            var claims = PersonClaims.Of(token);
            if (claims.Subject.Length is 0 or > 255 || !IsForAccess(token)) return null;
            var trusted = claims.Verified == true && MailDomain.Of(claims.Email) is { } domain && issuer.Domains.Contains(domain);
            return new(
                OutsideIdentity.HashOf(issuer.Authority, claims.Subject), issuer.Authority, trusted ? claims.Email!.ToLowerInvariant() : null, // it has a domain
                ScopesOf(token, issuer), new DateTimeOffset(token.ValidTo, TimeSpan.Zero), issuer.AllRoles);
        }
        catch (ProviderException e)
        {
            LogFault(logger, issuer.Authority, e.Fault);
            return null;
        }
    }

    private JwtIssuer? IssuerOf(string credential)
    {
        try
        {
            return settings.IssuerOf(Reader.ReadJsonWebToken(credential).Issuer);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>A token that tells a client of a sign-in is none for the API (RFC 9068 section 2.1, RFC 8725 section 3.11).</summary>
    private static bool IsForAccess(JsonWebToken token) =>
        token.Typ?.ToLowerInvariant() is null or "" or "jwt" or "at+jwt" or "application/at+jwt"
        && !token.TryGetClaim("nonce", out _);

    /// <summary>The issuer's setting is the most; scopes of ours in the token (RFC 8693 section 4.2) narrow it.</summary>
    private static IReadOnlyList<string> ScopesOf(JsonWebToken token, JwtIssuer issuer)
    {
        var said = token.Claims.Where(c => c.Type is "scope" or "scp").SelectMany(c => c.Value.Split(' ')).Where(TokenScopes.All.Contains).ToList();
        return said.Count == 0 ? issuer.Scopes : TokenScopes.Ordered(said.Where(s => TokenScopes.Cover(issuer.Scopes, s)));
    }

    /// <summary>The person by link, or by verified address where the issuer is trusted for its domain; with the roles of now, in one query.</summary>
    public static Statement Find(OutsideCaller caller, DateTimeOffset now) => Statement.Of(
        $"""
        with who as (
            select a.id from access.outside_identity l join access.accounts a on a.id = l.person and a.can_sign_in where l.identity_hash = $1
            union all
            select a.id from access.accounts a where a.email = $2 and a.can_sign_in and not exists (
                select from access.outside_identity l where l.identity_hash = $1 or (l.issuer = $3 and l.person = a.id)))
        select w.id, r.role, r.scope_kind, r.scope_id
        from who w left join access.role_assignments r on r.person = w.id and r.active and (r.expires_at is null or r.expires_at > $4)
            and ($5 or r.scope_kind = 'firm') and {Grants.Grants.RoleCounts("$4")}
        """, caller.IdentityHash, caller.Email ?? "", caller.Issuer, now, caller.AllRoles);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Tokens of {Issuer} could not be checked: {Fault}")]
    private static partial void LogFault(ILogger logger, string issuer, ProviderFault fault);
}

/// <summary>Whom a signed token names.</summary>
/// <param name="Email">Only where it is verified and of a domain for which the issuer is trusted.</param>
/// <param name="AllRoles">Not only the roles in firms.</param>
internal sealed record OutsideCaller(
    byte[] IdentityHash, string Issuer, string? Email, IReadOnlyList<string> Scopes, DateTimeOffset EndsAt, bool AllRoles);
