using ClusterNet.Access.Contracts;
using ClusterNet.Access.SignIn;
using ClusterNet.EventStore;
using ClusterNet.Web;

namespace ClusterNet.Access.Accounts;

/// <summary>Somebody who follows the link of an invitation gets an account that can sign in.</summary>
/// <param name="ByMail">See <see cref="ISignUp.Prepare"/>.</param>
internal sealed record SignUp(string Email, string Name, bool ByMail, DateTimeOffset Now) : ICommand<Account, AccountEvent>
{
    public static readonly Refusal CanSignIn = new(
        "account-already-active", "There is an account with this address already. Sign in with it first, then open the link again.");

    public static readonly Refusal HolderFirst = new(
        "account-waits-for-its-holder",
        "There is an account with this address that nobody has signed in to yet. Accept the invitation to sign in first (whoever opened the account sends " +
        "it), then open this link again.");

    public Decision<AccountEvent> Decide(Account state) => state switch
    {
        Account.Absent when ByMail => Decision<AccountEvent>.Of(new AccountOpened(Email, Name, Now), new AccountActivated(Now), new AccountEmailConfirmed(Now)),
        Account.Absent => Decision<AccountEvent>.Of(new AccountOpened(Email, Name, Now), new AccountActivated(Now)),
        Account.Known or Account.Invited when !ByMail => HolderFirst,
        Account.Known or Account.Invited => Decision<AccountEvent>.Of(new AccountActivated(Now), new AccountEmailConfirmed(Now)),
        Account.Closed => InviteAccount.Closed,
        _ => CanSignIn,
    };
}

/// <summary>The port that modules above use.</summary>
internal sealed class SignUps(Streams<Account, AccountEvent> accounts) : ISignUp
{
    public void Check(Faults faults, string member, string? password, params IReadOnlyList<string> personal) =>
        Passwords.Validate(faults, member, password, personal);

    public async Task<Prepared> Prepare(Id<Person> person, NewHolder holder, bool byMail, DateTimeOffset now, CancellationToken ct)
    {
        var prepared = await accounts.Prepare(person.Value, new SignUp(holder.Email, holder.Name, byMail, now), ct);
        return prepared.Append is { } append
            ? prepared with { Append = append with { Statements = [.. append.Statements, Passwords.Store(person, holder.Password)] } }
            : prepared;
    }
}
