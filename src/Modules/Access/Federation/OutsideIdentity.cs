using System.Security.Cryptography;
using System.Text;
using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;

namespace ClusterNet.Access.Federation;

/// <summary>
/// Who a person is at an issuer: state, kept as a hash of issuer and subject (OpenID Connect Core 1.0 section 5.7: only the two together identify, and an
/// address never does). A person has one identity at an issuer, and an identity is one person's.
/// </summary>
internal static class OutsideIdentity
{
    public const string Script = """
        create table access.outside_identity (identity_hash bytea primary key, issuer text not null, person uuid not null, firm uuid not null,
            linked_at timestamptz not null, last_used_at timestamptz not null, unique (person, issuer));
        create index outside_identity_firm on access.outside_identity (firm);
        """;

    public static byte[] HashOf(string issuer, string subject) => SHA256.HashData(Encoding.UTF8.GetBytes($"{issuer}\n{subject}"));

    public static Statement Link(byte[] hash, string issuer, Id<Person> person, Guid firm, DateTimeOffset now) => Statement.Of(
        "insert into access.outside_identity (identity_hash, issuer, person, firm, linked_at, last_used_at) values ($1, $2, $3, $4, $5, $5) " +
        "on conflict (identity_hash) do update set last_used_at = excluded.last_used_at",
        hash, issuer, person.Value, firm, now);

    /// <summary>Links of a firm's people that its present provider did not make are of no use any more.</summary>
    public static Statement ForgetOthers(Guid firm, string? issuer) =>
        Statement.Of("delete from access.outside_identity where firm = $1 and ($2::text is null or issuer <> $2)", firm, issuer);

    public static Statement Unlink(Id<Person> person, Guid firm) =>
        Statement.Of("delete from access.outside_identity where person = $1 and firm = $2", person.Value, firm);

    public static Task<List<LinkedIdentity>> Of(Id<Person> person, Database database, CancellationToken ct) => database.Query(
        AccessModule.Name,
        Statement.Of("select firm, issuer, linked_at, last_used_at from access.outside_identity where person = $1 order by linked_at", person.Value),
        r => new LinkedIdentity(r.GetGuid(0), r.GetString(1), r.GetFieldValue<DateTimeOffset>(2), r.GetFieldValue<DateTimeOffset>(3)), ct);
}

/// <summary>A link between a person's account and the sign-in of a firm.</summary>
internal sealed record LinkedIdentity(Guid Firm, string Issuer, DateTimeOffset LinkedAt, DateTimeOffset LastUsedAt);
