using System.Security.Claims;
using System.Text.Encodings.Web;
using ClusterNet.Access.Contracts;
using ClusterNet.Access.Federation;
using ClusterNet.Access.Tokens;
using ClusterNet.EventStore;
using ClusterNet.Projections;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ClusterNet.Access.SignIn;

/// <summary>Knows the caller by bearer token (RFC 6750) or session cookie, with the roles of this moment, in one query.</summary>
internal sealed class CallerAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, Database database, OutsideTokens outside, TimeProvider clock)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ClusterNet";
    private const string Bearer = "Bearer ";

    /// <summary>A client holds the one role that it was given; what is granted to people is never looked up for it.</summary>
    private static readonly string Find = $"""
        with who as (
            select person, id as session, created_at, last_seen_at as seen_at, 'session' as kind, null::text[] as scopes, expires_at,
                null as role, null as scope_kind, null::uuid as scope_id
            from access.session where token_hash = $1 and expires_at > $2 and last_seen_at > $3
            union all
            select t.person, null, null, s.last_used_at, 'token', t.scopes, t.expires_at, null, null, null
            from access.token_secret s join access.tokens t on t.id = s.token where s.token_hash = $1 and t.active and t.expires_at > $2
            union all
            select c.id, null, null, u.last_used_at, 'client', k.scopes, k.expires_at, c.role, c.scope_kind, c.scope_id
            from access.client_token k join access.clients c on c.id = k.client left join access.client_use u on u.client = c.id
            where k.token_hash = $1 and k.expires_at > $2 and c.active and c.expires_at > $2)
        select w.person, coalesce(w.role, r.role), coalesce(w.scope_kind, r.scope_kind), coalesce(w.scope_id, r.scope_id),
            w.session, w.created_at, w.seen_at, w.kind, w.scopes, w.expires_at
        from who w left join access.role_assignments r on w.kind <> 'client' and r.person = w.person and r.active
            and (r.expires_at is null or r.expires_at > $2) and {Grants.Grants.RoleCounts("$2")}
        """;

    private sealed record Row(Id<Person> Person, HeldRole? Role, CurrentSession? Session, DateTimeOffset? SeenAt, Presented Presented);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Credential() is not { } credential) return AuthenticateResult.NoResult();
        var rows = outside.Reads(credential) ? await FromOutside(credential) : await Ours(credential);
        if (rows.Count == 0) return AuthenticateResult.Fail("unknown or expired");
        var caller = new Caller(rows[0].Person, [.. rows.Select(r => r.Role).OfType<HeldRole>()]);
        Context.Features.Set(caller);
        Context.Features.Set(rows[0].Presented);
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

    private async Task<List<Row>> Ours(string credential)
    {
        var (hash, now) = (Secret.HashOf(credential), clock.GetUtcNow());
        var rows = await database.Query(AccessModule.Name, Statement.Of(Find, hash, now, now - Sessions.IdleFor) with { PlannedOnce = true }, Read, Context.RequestAborted);
        if (rows is [var first, ..] && first.SeenAt is var seen && (seen is null || seen < now - Sessions.SeenEvery))
            await database.Execute(AccessModule.Name, [Seen(first, hash, now)], Context.RequestAborted);
        return rows;
    }

    private async Task<List<Row>> FromOutside(string credential)
    {
        if (await outside.Read(credential, Context.RequestAborted) is not { } known) return [];
        var presented = new Presented(CredentialKind.Outside, known.Scopes, known.EndsAt);
        return await database.Query(
            AccessModule.Name, OutsideTokens.Find(known, clock.GetUtcNow()), r => new Row(new(r.GetGuid(0)), RoleOf(r), null, null, presented),
            Context.RequestAborted);
    }

    private static Statement Seen(Row row, byte[] hash, DateTimeOffset now) => row.Presented.Kind switch
    {
        CredentialKind.Session => Sessions.Seen(hash, now),
        CredentialKind.Client => LastUse.OfClient(row.Person.Value, now),
        _ => LastUse.OfToken(hash, now),
    };

    private static Row Read(NpgsqlDataReader r)
    {
        var kind = r.GetString(7) switch { "session" => CredentialKind.Session, "client" => CredentialKind.Client, _ => CredentialKind.Token };
        var scopes = r.IsDBNull(8) ? TokenScopes.Unlimited : r.GetFieldValue<string[]>(8);
        return new(
            new(r.GetGuid(0)), RoleOf(r), r.IsDBNull(4) ? null : new(r.GetGuid(4), r.GetFieldValue<DateTimeOffset>(5)),
            r.IsDBNull(6) ? null : r.GetFieldValue<DateTimeOffset>(6),
            new(kind, kind == CredentialKind.Session ? [] : scopes, r.GetFieldValue<DateTimeOffset>(9)));
    }

    private static HeldRole? RoleOf(NpgsqlDataReader r) => r.IsDBNull(1)
        ? null
        : new(WireNames.Parse<Role>(r.GetString(1)), new(WireNames.Parse<ScopeKind>(r.GetString(2)), r.GetGuid(3)));

    private string? Credential()
    {
        var header = Request.Headers.Authorization.ToString();
        // A session stays in its cookie and a token in its header: one that was stolen from a place is of no use in the other.
        if (header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
            return header[Bearer.Length..].Trim() is var token && !token.StartsWith(Sessions.Prefix, StringComparison.Ordinal) ? token : null;
        return header.Length == 0 && Request.Cookies[Sessions.Cookie] is { } session && session.StartsWith(Sessions.Prefix, StringComparison.Ordinal) ? session : null;
    }
}
