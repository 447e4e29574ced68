using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;

namespace ClusterNet.Access.Clients;

/// <summary>The secrets of clients and the tokens that they got: state, kept as hashes.</summary>
internal static class ClientSecrets
{
    public static readonly TimeSpan TokenLasts = TimeSpan.FromHours(1);

    public static Statement Insert(Id<Client> client, byte[] hash, DateTimeOffset now, DateTimeOffset endsAt) => Statement.Of(
        "insert into access.client_secret (secret_hash, client, made_at, ends_at) values ($1, $2, $3, $4)", hash, client.Value, now, endsAt);

    /// <summary>Those of before go on until <paramref name="endsAt"/>, so that a program can be changed over without a gap.</summary>
    public static Statement End(Id<Client> client, DateTimeOffset endsAt) =>
        Statement.Of("update access.client_secret set ends_at = least(ends_at, $2) where client = $1", client.Value, endsAt);

    /// <summary>Its secrets and tokens go at once.</summary>
    public static IReadOnlyList<Statement> Forget(Id<Client> client) =>
    [
        Statement.Of("delete from access.client_secret where client = $1", client.Value),
        Statement.Of("delete from access.client_token where client = $1", client.Value),
    ];

    /// <summary>The client whose secret this is, if both are in force.</summary>
    public static async Task<KnownClient?> Find(Guid client, string secret, Database database, DateTimeOffset now, CancellationToken ct)
    {
        var found = await database.Query(
            AccessModule.Name,
            Statement.Of(
                """
                select c.id, c.scopes, c.expires_at from access.client_secret s join access.clients c on c.id = s.client
                where s.secret_hash = $1 and s.client = $2 and s.ends_at > $3 and c.active and c.expires_at > $3
                """, Secret.HashOf(secret), client, now),
            r => new KnownClient(new(r.GetGuid(0)), r.GetFieldValue<string[]>(1), r.GetFieldValue<DateTimeOffset>(2)), ct);
        return found is [var known] ? known : null;
    }

    /// <summary>Keeps a new token, and throws out what has ended.</summary>
    public static IEnumerable<Statement> Issue(Id<Client> client, byte[] hash, IReadOnlyList<string> scopes, DateTimeOffset now, DateTimeOffset expiresAt) =>
    [
        Statement.Of("delete from access.client_token where client = $1 and expires_at < $2", client.Value, now),
        Statement.Of("delete from access.client_secret where client = $1 and ends_at < $2", client.Value, now),
        Statement.Of(
            "insert into access.client_token (token_hash, client, scopes, issued_at, expires_at) values ($1, $2, $3, $4, $5)",
            hash, client.Value, scopes.ToArray(), now, expiresAt),
    ];
}

/// <summary>A client that showed its secret.</summary>
internal sealed record KnownClient(Id<Client> Id, IReadOnlyList<string> Scopes, DateTimeOffset ExpiresAt);
