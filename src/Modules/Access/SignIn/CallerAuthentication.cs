using System.Security.Claims;
using System.Text.Encodings.Web;
using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Projections;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ClusterNet.Access.SignIn;

/// <summary>Knows the caller by bearer token (RFC 6750) or session cookie, with the roles of this moment, in one query.</summary>
internal sealed class CallerAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, Database database, TimeProvider clock)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ClusterNet";
    private const string Bearer = "Bearer ";

    private static readonly string Find = $"""
        with who as (
            select person, id as session, created_at, last_seen_at from access.session where token_hash = $1 and expires_at > $2 and last_seen_at > $3
            union all
            select t.person, null, null, null from access.token_secret s join access.tokens t on t.id = s.token
            where s.token_hash = $1 and t.active and t.expires_at > $2)
        select w.person, r.role, r.scope_kind, r.scope_id, w.session, w.created_at, w.last_seen_at
        from who w left join access.role_assignments r on r.person = w.person and r.active and (r.expires_at is null or r.expires_at > $2)
            and {Grants.Grants.RoleCounts("$2")}
        """;

    private sealed record Row(Id<Person> Person, HeldRole? Role, CurrentSession? Session, DateTimeOffset? SeenAt);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Credential() is not { } credential) return AuthenticateResult.NoResult();
        var (hash, now) = (Secret.HashOf(credential), clock.GetUtcNow());
        var rows = await database.Query(AccessModule.Name, Statement.Of(Find, hash, now, now - Sessions.IdleFor), Read, Context.RequestAborted);
        if (rows.Count == 0) return AuthenticateResult.Fail("unknown or expired");
        if (rows[0].SeenAt < now - Sessions.SeenEvery) await database.Execute(AccessModule.Name, [Sessions.Seen(hash, now)], Context.RequestAborted);
        var caller = new Caller(rows[0].Person, [.. rows.Select(r => r.Role).OfType<HeldRole>()]);
        Context.Features.Set(caller);
        if (rows[0].Session is { } session) Context.Features.Set(session);
        var identity = new ClaimsIdentity([new(ClaimTypes.NameIdentifier, caller.Person.ToString())], SchemeName);
        return AuthenticateResult.Success(new(new(identity), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = 401;
        Response.Headers.WWWAuthenticate = "Bearer realm=\"ClusterNet\"";
        return Task.CompletedTask;
    }

    private static Row Read(NpgsqlDataReader r) => new(
        new(r.GetGuid(0)),
        r.IsDBNull(1) ? null : new(WireNames.Parse<Role>(r.GetString(1)), new(WireNames.Parse<ScopeKind>(r.GetString(2)), r.GetGuid(3))),
        r.IsDBNull(4) ? null : new(r.GetGuid(4), r.GetFieldValue<DateTimeOffset>(5)),
        r.IsDBNull(6) ? null : r.GetFieldValue<DateTimeOffset>(6));

    private string? Credential()
    {
        var header = Request.Headers.Authorization.ToString();
        if (header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)) return header[Bearer.Length..].Trim();
        return header.Length == 0 ? Request.Cookies[Sessions.Cookie] : null;
    }
}
