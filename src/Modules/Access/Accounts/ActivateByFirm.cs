using ClusterNet.EventStore;

namespace ClusterNet.Access.Accounts;

/// <summary>A firm's provider vouched for somebody whom the firm had entered: the account begins without a password.</summary>
internal sealed record ActivateByFirm(DateTimeOffset Now) : ICommand<Account, AccountEvent>
{
    public Decision<AccountEvent> Decide(Account state) => state is Account.Known or Account.Invited
        ? new AccountActivated(Now)
        : Decision<AccountEvent>.Nothing;
}
