using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using Microsoft.AspNetCore.Http;

namespace ClusterNet.Access.SignIn;

/// <summary>Signed-in sessions: state, ended on the server, so that a stolen cookie dies with them.</summary>
internal static class Sessions
{
    public const string Cookie = "clusternet-session";

    /// <summary>With which every session's secret begins, and nothing else that signs in.</summary>
    public const string Prefix = "cns_";

    public const string Script = """
        create table access.session (token_hash bytea primary key, person uuid not null, created_at timestamptz not null, expires_at timestamptz not null);
        create index session_person on access.session (person);
        create index session_expires on access.session (expires_at);
        """;

    /// <summary>Sessions that people can tell apart, and the devices that they were begun on.</summary>
    public const string ListScript = """
        alter table access.session
            add id uuid not null default gen_random_uuid() unique, add last_seen_at timestamptz not null default now(),
            add device text not null default '', add method text not null default 'password';
        create table access.known_device (
            person uuid not null, device text not null, language text not null, seen_at timestamptz not null, primary key (person, device));
        """;

    /// <summary>However active (OWASP ASVS 5.0, 7.3.2).</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromHours(12);

    /// <summary>Without a request (OWASP ASVS 5.0, 7.3.1).</summary>
    public static readonly TimeSpan IdleFor = TimeSpan.FromHours(2);

    /// <summary>Reading must not write each time: the last request is known to five minutes.</summary>
    public static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(5);

    /// <summary>Within it somebody has just proved who they are (OWASP ASVS 5.0, 7.5.1).</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(15);

    public static IEnumerable<Statement> Begin(Id<Person> person, byte[] hash, string device, string method, DateTimeOffset now) =>
    [
        Statement.Of("delete from access.session where person = $1 and (expires_at < $2 or last_seen_at < $3)", person.Value, now, now - IdleFor),
        Statement.Of(
            "insert into access.session (token_hash, person, created_at, expires_at, last_seen_at, device, method) values ($1, $2, $3, $4, $3, $5, $6)",
            hash, person.Value, now, now + Lasts, device, method),
    ];

    public static Statement Seen(byte[] hash, DateTimeOffset now) => Statement.Of(
        "update access.session set last_seen_at = $2 where token_hash = $1 and last_seen_at < $3", hash, now, now - SeenEvery);

    public static Statement End(byte[] hash) => Statement.Of("delete from access.session where token_hash = $1", hash);

    public static Statement EndOne(Id<Person> person, Guid id) => Statement.Of("delete from access.session where person = $1 and id = $2", person, id);

    /// <param name="except">The session that goes on; null for none.</param>
    public static Statement EndAll(Id<Person> person, Guid? except = null) =>
        Statement.Of("delete from access.session where person = $1 and id <> $2", person, except ?? Guid.Empty);

    public static Task<List<SessionCard>> Of(Id<Person> person, Database database, DateTimeOffset now, CancellationToken ct) => database.Query(
        AccessModule.Name,
        Statement.Of(
            "select id, device, method, created_at, last_seen_at from access.session " +
            "where person = $1 and expires_at > $2 and last_seen_at > $3 order by last_seen_at desc, created_at desc",
            person, now, now - IdleFor),
        r => new SessionCard(r.GetGuid(0), r.GetString(1), r.GetString(2), r.GetFieldValue<DateTimeOffset>(3), r.GetFieldValue<DateTimeOffset>(4)), ct);

    /// <summary>Not readable by script, not sent by other sites (RFC 6265bis section 4.1.2).</summary>
    public static CookieOptions Options(HttpContext http, DateTimeOffset expires) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = http.Request.IsHttps,
        Path = "/",
        Expires = expires,
        IsEssential = true,
    };
}

/// <summary>A session as its owner sees it.</summary>
/// <param name="Device">Browser and system, such as <c>Firefox, Windows</c>; empty for sessions of before they were noted.</param>
internal sealed record SessionCard(Guid Id, string Device, string Method, DateTimeOffset BegunAt, DateTimeOffset LastSeenAt);

/// <summary>The session that this request came with; there is none with a token.</summary>
internal sealed record CurrentSession(Guid Id, DateTimeOffset BegunAt)
{
    public static CurrentSession? Of(HttpContext http) => http.Features.Get<CurrentSession>();

    public bool IsFresh(DateTimeOffset now) => BegunAt > now - Sessions.Fresh;
}
