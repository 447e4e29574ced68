using ClusterNet.EventStore;

namespace ClusterNet.Access.Accounts;

/// <summary>Happens in an erasure, and in no other way.</summary>
internal sealed record CloseAccount(DateTimeOffset Now) : ICommand<Account, AccountEvent>
{
    public Decision<AccountEvent> Decide(Account state) => state is Account.Absent or Account.Closed
        ? Decision<AccountEvent>.Nothing
        : new AccountClosed(Now);
}
