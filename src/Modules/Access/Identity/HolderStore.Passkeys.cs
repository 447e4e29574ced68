using ClusterNet.Access.Passkeys;
using ClusterNet.EventStore;
using Microsoft.AspNetCore.Identity;
using Npgsql;

namespace ClusterNet.Access.Identity;

/// <summary>Passkeys: public keys, so that a copy of the database signs nobody in.</summary>
internal sealed partial class HolderStore : IUserPasskeyStore<AccountHolder>
{
    private const string Columns =
        "select credential_id, public_key, created_at, sign_count, transports, user_verified, backup_eligible, backed_up, attestation, client_data, name from access.passkey";

    /// <summary>Of a passkey that was just used; a new one is added by the command that names it.</summary>
    public async Task AddOrUpdatePasskeyAsync(AccountHolder user, UserPasskeyInfo passkey, CancellationToken cancellationToken) =>
        await database.Execute(AccessModule.Name, [PasskeyRows.Used(user.Person, passkey, clock.GetUtcNow())], cancellationToken);

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(AccountHolder user, CancellationToken cancellationToken) => await database.Query(
        AccessModule.Name, Statement.Of($"{Columns} where person = $1 order by created_at", user.Person), ReadPasskey, cancellationToken);

    public async Task<AccountHolder?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        await Find("where a.id = (select k.person from access.passkey k where k.credential_id = $1)", credentialId, cancellationToken);

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(AccountHolder user, byte[] credentialId, CancellationToken cancellationToken)
    {
        var found = await database.Query(
            AccessModule.Name, Statement.Of($"{Columns} where person = $1 and credential_id = $2", user.Person, credentialId), ReadPasskey, cancellationToken);
        return found.Count == 0 ? null : found[0];
    }

    public Task RemovePasskeyAsync(AccountHolder user, byte[] credentialId, CancellationToken cancellationToken) =>
        throw new NotSupportedException("A passkey goes only while there is another way to sign in: RemovePasskey sees to it.");

    private static UserPasskeyInfo ReadPasskey(NpgsqlDataReader r) => new(
        r.GetFieldValue<byte[]>(0), r.GetFieldValue<byte[]>(1), r.GetFieldValue<DateTimeOffset>(2), (uint)r.GetInt64(3), r.GetFieldValue<string[]>(4),
        r.GetBoolean(5), r.GetBoolean(6), r.GetBoolean(7), r.GetFieldValue<byte[]>(8), r.GetFieldValue<byte[]>(9))
    { Name = r.GetString(10) };
}
