using System.Security.Cryptography;
using System.Text;
using ClusterNet.EventStore;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;

namespace ClusterNet.Access.Identity;

/// <summary>
/// The authenticator app's secret, readable only with the Host's keys (OWASP ASVS 5.0, 13.3), and recovery codes as slow hashes: with 47 bits
/// they are lookup secrets that need one (6.5.2).
/// </summary>
internal sealed partial class HolderStore
    : IUserTwoFactorStore<AccountHolder>, IUserAuthenticatorKeyStore<AccountHolder>, IUserTwoFactorRecoveryCodeStore<AccountHolder>
{
    public const string Script = """
        create table access.two_factor (person uuid primary key, secret text not null, enabled_at timestamptz, recovery_salt bytea);
        create table access.recovery_code (person uuid not null, hash bytea not null, used_at timestamptz, primary key (person, hash));
        create table access.used_code (person uuid not null, code text not null, used_at timestamptz not null, primary key (person, code));
        """;

    private const int Rounds = 210_000;

    private IDataProtector ProtectorOf(AccountHolder user) => protection.CreateProtector("access.two-factor", user.Person.ToString());

    public Task<bool> GetTwoFactorEnabledAsync(AccountHolder user, CancellationToken cancellationToken) => Task.FromResult(user.TwoFactorSince is not null);

    public Task SetTwoFactorEnabledAsync(AccountHolder user, bool enabled, CancellationToken cancellationToken)
    {
        user.TwoFactorSince = enabled ? user.TwoFactorSince ?? clock.GetUtcNow() : null;
        if (!enabled) user.AuthenticatorKey = null;
        user.TwoFactorChanged = true;
        return Task.CompletedTask;
    }

    public Task<string?> GetAuthenticatorKeyAsync(AccountHolder user, CancellationToken cancellationToken) =>
        Task.FromResult(user.AuthenticatorKey is { } secret ? ProtectorOf(user).Unprotect(secret) : null);

    public Task SetAuthenticatorKeyAsync(AccountHolder user, string key, CancellationToken cancellationToken)
    {
        (user.AuthenticatorKey, user.TwoFactorChanged) = (ProtectorOf(user).Protect(key), true);
        return Task.CompletedTask;
    }

    public async Task ReplaceCodesAsync(AccountHolder user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        await database.Execute(
            AccessModule.Name,
            [
                Statement.Of("delete from access.recovery_code where person = $1", user.Person),
                Statement.Of("update access.two_factor set recovery_salt = $2 where person = $1", user.Person, salt),
                .. recoveryCodes.Select(c => Statement.Of("insert into access.recovery_code (person, hash) values ($1, $2)", user.Person, HashOf(c, salt))),
            ],
            cancellationToken);
    }

    public async Task<bool> RedeemCodeAsync(AccountHolder user, string code, CancellationToken cancellationToken)
    {
        var salts = await database.Query(
            AccessModule.Name, Statement.Of("select recovery_salt from access.two_factor where person = $1 and recovery_salt is not null", user.Person),
            r => r.GetFieldValue<byte[]>(0), cancellationToken);
        if (salts.Count == 0) return false;
        var used = Statement.Of(
            "update access.recovery_code set used_at = $3 where person = $1 and hash = $2 and used_at is null", user.Person, HashOf(code, salts[0]),
            clock.GetUtcNow());
        return await database.Execute(AccessModule.Name, [used], cancellationToken) == 1;
    }

    public Task<int> CountCodesAsync(AccountHolder user, CancellationToken cancellationToken) => Task.FromResult(user.RecoveryCodesLeft);

    private static byte[] HashOf(string code, byte[] salt) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(code.ToUpperInvariant()), salt, Rounds, HashAlgorithmName.SHA512, 32);

    private static IEnumerable<Statement> TwoFactorChanges(AccountHolder user) => user.AuthenticatorKey is { } secret
        ?
        [
            Statement.Of(
                "insert into access.two_factor (person, secret, enabled_at) values ($1, $2, $3::timestamptz) " +
                "on conflict (person) do update set secret = excluded.secret, enabled_at = excluded.enabled_at",
                user.Person, secret, user.TwoFactorSince is { } since ? since : (object)DBNull.Value),
        ]
        : [Statement.Of("delete from access.two_factor where person = $1", user.Person), Statement.Of("delete from access.recovery_code where person = $1", user.Person)];
}
