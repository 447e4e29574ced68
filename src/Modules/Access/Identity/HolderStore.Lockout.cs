using ClusterNet.EventStore;
using Microsoft.AspNetCore.Identity;

namespace ClusterNet.Access.Identity;

/// <summary>Failed tries of password and second factor; passkeys, which nobody can guess, are not locked with them.</summary>
internal sealed partial class HolderStore : IUserLockoutStore<AccountHolder>
{
    public Task<bool> GetLockoutEnabledAsync(AccountHolder user, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task SetLockoutEnabledAsync(AccountHolder user, bool enabled, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<DateTimeOffset?> GetLockoutEndDateAsync(AccountHolder user, CancellationToken cancellationToken) => Task.FromResult(user.LockedUntil);

    public async Task SetLockoutEndDateAsync(AccountHolder user, DateTimeOffset? lockoutEnd, CancellationToken cancellationToken)
    {
        user.LockedUntil = lockoutEnd;
        var until = lockoutEnd is { } end ? end.ToUniversalTime() : (object)DBNull.Value;
        var sql = Statement.Of("update access.password set locked_until = $2::timestamptz where person = $1", user.Person, until);
        await database.Execute(AccessModule.Name, [sql], cancellationToken);
    }

    public Task<int> GetAccessFailedCountAsync(AccountHolder user, CancellationToken cancellationToken) => Task.FromResult(user.Failures);

    /// <summary>Counted by the database: of many tries at once none is lost.</summary>
    public async Task<int> IncrementAccessFailedCountAsync(AccountHolder user, CancellationToken cancellationToken)
    {
        var counted = await database.Query(
            AccessModule.Name, Statement.Of("update access.password set failures = failures + 1 where person = $1 returning failures", user.Person),
            r => r.GetInt32(0), cancellationToken);
        return user.Failures = counted.Count == 0 ? 0 : counted[0];
    }

    public async Task ResetAccessFailedCountAsync(AccountHolder user, CancellationToken cancellationToken)
    {
        user.Failures = 0;
        await database.Execute(
            AccessModule.Name, [Statement.Of("update access.password set failures = 0 where person = $1", user.Person)], cancellationToken);
    }
}
