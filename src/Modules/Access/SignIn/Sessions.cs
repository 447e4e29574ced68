using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using Microsoft.AspNetCore.Http;

namespace ClusterNet.Access.SignIn;

/// <summary>Signed-in sessions: state, ended on the server, so that a stolen cookie dies with them.</summary>
internal static class Sessions
{
    public const string Cookie = "clusternet-session";
    public const string Script = """
        create table access.session (token_hash bytea primary key, person uuid not null, created_at timestamptz not null, expires_at timestamptz not null);
        create index session_person on access.session (person);
        create index session_expires on access.session (expires_at);
        """;

    public static readonly TimeSpan Lasts = TimeSpan.FromHours(12);

    public static IEnumerable<Statement> Begin(Id<Person> person, byte[] hash, DateTimeOffset now) =>
    [
        Statement.Of("delete from access.session where person = $1 and expires_at < $2", person.Value, now),
        Statement.Of(
            "insert into access.session (token_hash, person, created_at, expires_at) values ($1, $2, $3, $4)", hash, person.Value, now, now + Lasts),
    ];

    public static Statement End(byte[] hash) => Statement.Of("delete from access.session where token_hash = $1", hash);

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
