using ClusterNet.Access.Contracts;
using ClusterNet.Access.SignIn;
using ClusterNet.EventStore;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Npgsql;

namespace ClusterNet.Access.Identity;

/// <summary>
/// What the framework's managers read and write, on this module's tables: addresses and names stay where the accounts' events put them,
/// only secrets and counters are written here (docs/adr/0014).
/// </summary>
internal sealed partial class HolderStore(Database database, IDataProtectionProvider protection, TimeProvider clock)
    : IUserEmailStore<AccountHolder>, IUserPasswordStore<AccountHolder>
{
    private const string Select = """
        select a.id, a.email, a.name, a.can_sign_in, p.hash, p.failures, p.locked_until, t.secret, t.enabled_at,
            (select d.language from access.known_device d where d.person = a.id order by d.seen_at desc limit 1),
            (select count(*)::int from access.passkey k where k.person = a.id),
            (select count(*)::int from access.recovery_code c where c.person = a.id and c.used_at is null)
        from access.accounts a left join access.password p on p.person = a.id left join access.two_factor t on t.person = a.id
        """;

    public Task<AccountHolder?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        Guid.TryParse(userId, out var id) ? Find("where a.id = $1", id, cancellationToken) : Task.FromResult<AccountHolder?>(null);

    public Task<AccountHolder?> FindByEmailAsync(string normalizedEmail, CancellationToken cancellationToken) =>
        Find("where a.email = $1", normalizedEmail, cancellationToken);

    /// <summary>People sign in with their address: there are no other names.</summary>
    public Task<AccountHolder?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        FindByEmailAsync(normalizedUserName, cancellationToken);

    /// <summary>Opaque: what the managers log or put into a principal names nobody.</summary>
    public Task<string> GetUserIdAsync(AccountHolder user, CancellationToken cancellationToken) => Task.FromResult(user.Person.ToString());

    public Task<string?> GetUserNameAsync(AccountHolder user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Person.ToString());

    public Task<string?> GetNormalizedUserNameAsync(AccountHolder user, CancellationToken cancellationToken) => GetUserNameAsync(user, cancellationToken);

    public Task<string?> GetEmailAsync(AccountHolder user, CancellationToken cancellationToken) => Task.FromResult(user.Email);

    public Task<string?> GetNormalizedEmailAsync(AccountHolder user, CancellationToken cancellationToken) => Task.FromResult(user.Email);

    public Task<bool> GetEmailConfirmedAsync(AccountHolder user, CancellationToken cancellationToken) => Task.FromResult(user.CanSignIn);

    // Names and addresses change by events only; the managers set the normalised forms, which here are the only ones, on every update.
    public Task SetUserNameAsync(AccountHolder user, string? userName, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task SetNormalizedUserNameAsync(AccountHolder user, string? normalizedName, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task SetEmailAsync(AccountHolder user, string? email, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task SetNormalizedEmailAsync(AccountHolder user, string? normalizedEmail, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task SetEmailConfirmedAsync(AccountHolder user, bool confirmed, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<IdentityResult> CreateAsync(AccountHolder user, CancellationToken cancellationToken) =>
        throw new NotSupportedException("An account is opened by an event.");

    public Task<IdentityResult> DeleteAsync(AccountHolder user, CancellationToken cancellationToken) =>
        throw new NotSupportedException("An account is closed by an erasure.");

    /// <summary>Counters and codes are written where they change, for they must be counted right by two Hosts at once; this writes the rest.</summary>
    public async Task<IdentityResult> UpdateAsync(AccountHolder user, CancellationToken cancellationToken)
    {
        List<Statement> changes = [];
        // A hash of an older strength, made anew when its password was right.
        if (user is { Rehashed: true, PasswordHash: { } hash })
            changes.Add(Statement.Of("update access.password set hash = $2 where person = $1", user.Person, hash));
        if (user.TwoFactorChanged) changes.AddRange(TwoFactorChanges(user));
        if (changes.Count > 0) await database.Execute(AccessModule.Name, changes, cancellationToken);
        (user.Rehashed, user.TwoFactorChanged) = (false, false);
        return IdentityResult.Success;
    }

    /// <summary>Nobody's hash stands in for a missing one, so that comparing takes the same time.</summary>
    public Task<string?> GetPasswordHashAsync(AccountHolder user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.PasswordHash ?? Passwords.Nobodys);

    public Task<bool> HasPasswordAsync(AccountHolder user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash is not null);

    public Task SetPasswordHashAsync(AccountHolder user, string? passwordHash, CancellationToken cancellationToken)
    {
        (user.PasswordHash, user.Rehashed) = (passwordHash, true);
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        // Holds nothing: the database belongs to the Host.
    }

    private async Task<AccountHolder?> Find(string where, object value, CancellationToken ct)
    {
        var found = await database.Query(AccessModule.Name, Statement.Of($"{Select} {where}", value), Read, ct);
        return found.Count == 0 ? null : found[0];
    }

    private static AccountHolder Read(NpgsqlDataReader r) => new()
    {
        Person = new Id<Person>(r.GetGuid(0)),
        Email = r.IsDBNull(1) ? null : r.GetString(1),
        Name = r.IsDBNull(2) ? null : r.GetString(2),
        CanSignIn = r.GetBoolean(3),
        PasswordHash = r.IsDBNull(4) ? null : r.GetString(4),
        Failures = r.IsDBNull(5) ? 0 : r.GetInt32(5),
        LockedUntil = r.IsDBNull(6) ? null : r.GetFieldValue<DateTimeOffset>(6),
        AuthenticatorKey = r.IsDBNull(7) ? null : r.GetString(7),
        TwoFactorSince = r.IsDBNull(8) ? null : r.GetFieldValue<DateTimeOffset>(8),
        Language = r.IsDBNull(9) ? null : r.GetString(9),
        PasskeyCount = r.GetInt32(10),
        RecoveryCodesLeft = r.GetInt32(11),
    };
}
