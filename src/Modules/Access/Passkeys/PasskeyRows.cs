using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using Microsoft.AspNetCore.Identity;

namespace ClusterNet.Access.Passkeys;

/// <summary>A passkey as its owner sees it.</summary>
internal sealed record PasskeyCard(Guid Id, string Name, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt);

/// <summary>The passkeys that people registered; what they are called is the person's own text.</summary>
internal static class PasskeyRows
{
    public const string Script = """
        create table access.passkey (
            credential_id bytea primary key, id uuid not null unique, person uuid not null, name text not null, public_key bytea not null,
            sign_count bigint not null, transports text[] not null, user_verified boolean not null, backup_eligible boolean not null,
            backed_up boolean not null, attestation bytea not null, client_data bytea not null, created_at timestamptz not null, last_used_at timestamptz);
        create index passkey_person on access.passkey (person);
        """;

    public static Statement Insert(Guid id, Id<Person> person, UserPasskeyInfo passkey, string name, DateTimeOffset now) => Statement.Of(
        "insert into access.passkey (credential_id, id, person, name, public_key, sign_count, transports, user_verified, backup_eligible, backed_up, " +
        "attestation, client_data, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        passkey.CredentialId, id, person, name, passkey.PublicKey, (long)passkey.SignCount, passkey.Transports ?? [], passkey.IsUserVerified,
        passkey.IsBackupEligible, passkey.IsBackedUp, passkey.AttestationObject, passkey.ClientDataJson, now);

    public static Statement Used(Id<Person> person, UserPasskeyInfo passkey, DateTimeOffset now) => Statement.Of(
        "update access.passkey set sign_count = $3, user_verified = $4, backed_up = $5, last_used_at = $6 where person = $1 and credential_id = $2",
        person, passkey.CredentialId, (long)passkey.SignCount, passkey.IsUserVerified, passkey.IsBackedUp, now);

    public static Task<List<PasskeyCard>> Of(Id<Person> person, Database database, CancellationToken ct) => database.Query(
        AccessModule.Name,
        Statement.Of("select id, name, created_at, last_used_at from access.passkey where person = $1 order by created_at", person),
        r => new PasskeyCard(
            r.GetGuid(0), r.GetString(1), r.GetFieldValue<DateTimeOffset>(2), r.IsDBNull(3) ? null : r.GetFieldValue<DateTimeOffset>(3)),
        ct);
}
