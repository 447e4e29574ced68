using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;

namespace ClusterNet.Access.Identity;

/// <summary>What a single-use secret is for.</summary>
internal static class OneTimeKind
{
    public const string SecondFactor = "second-factor";
    public const string PasskeyCreation = "passkey-creation";
    public const string PasskeySignIn = "passkey-sign-in";
    public const string PasswordReset = "password-reset";
    public const string Email = "email";
}

/// <summary>
/// Secrets that work once and for a short time: links in mails, the second step of a sign-in, what a passkey's ceremony remembers. They are kept
/// here and not in a protected cookie, because only the database knows that one was used already.
/// </summary>
internal static class OneTime
{
    public const string Script = """
        create table access.one_time (
            token_hash bytea primary key, kind text not null, person uuid, detail text, tries int not null default 0, expires_at timestamptz not null);
        create index one_time_person on access.one_time (person);
        create index one_time_expires on access.one_time (expires_at);
        """;

    private const string Open = "where token_hash = $1 and kind = $2 and expires_at > $3";

    internal sealed record Kept(Id<Person> Person, string? Detail);

    public static IEnumerable<Statement> Put(Secret secret, string kind, Id<Person>? person, string? detail, DateTimeOffset now, TimeSpan lasts) =>
    [
        Purge(now),
        Statement.Of(
            "insert into access.one_time (token_hash, kind, person, detail, expires_at) values ($1, $2, $3::uuid, $4::text, $5)", secret.Hash, kind,
            person?.Value, detail, now + lasts),
    ];

    public static Statement Purge(DateTimeOffset now) => Statement.Of("delete from access.one_time where expires_at < $1", now);

    /// <summary>Uses it up.</summary>
    public static Task<Kept?> Take(this Database database, string token, string kind, DateTimeOffset now, CancellationToken ct) =>
        One(database, $"delete from access.one_time {Open} returning person, detail", token, kind, now, ct);

    /// <summary>Looks without using it up.</summary>
    public static Task<Kept?> Peek(this Database database, string token, string kind, DateTimeOffset now, CancellationToken ct) =>
        One(database, $"select person, detail from access.one_time {Open}", token, kind, now, ct);

    /// <summary>Counts a try before it is looked at, so that many at once are not more than the limit.</summary>
    public static Task<Kept?> Try(this Database database, string token, string kind, int limit, DateTimeOffset now, CancellationToken ct) =>
        One(database, $"update access.one_time set tries = tries + 1 {Open} and tries < {limit} returning person, detail", token, kind, now, ct);

    public static async Task<int> OpenFor(this Database database, Id<Person> person, string kind, DateTimeOffset now, CancellationToken ct) =>
        (await database.Query(
            AccessModule.Name,
            Statement.Of("select count(*)::int from access.one_time where person = $1 and kind = $2 and expires_at > $3", person, kind, now),
            r => r.GetInt32(0), ct))[0];

    private static async Task<Kept?> One(Database database, string sql, string token, string kind, DateTimeOffset now, CancellationToken ct)
    {
        var rows = await database.Query(
            AccessModule.Name, Statement.Of(sql, Secret.HashOf(token), kind, now),
            r => new Kept(r.IsDBNull(0) ? default : new(r.GetGuid(0)), r.IsDBNull(1) ? null : r.GetString(1)), ct);
        return rows.Count == 0 ? null : rows[0];
    }
}
