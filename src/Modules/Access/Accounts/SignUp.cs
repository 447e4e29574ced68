using ClusterNet.Access.Contracts;
using ClusterNet.Access.SignIn;
using ClusterNet.EventStore;
using ClusterNet.Web;

namespace ClusterNet.Access.Accounts;

/// <summary>Somebody who follows a link in a mail to the account's address gets an account that can sign in.</summary>
internal sealed record SignUp(string Email, string Name, DateTimeOffset Now) : ICommand<Account, AccountEvent>
{
    public static readonly Refusal CanSignIn = new(
        "account-already-active", "There is an account with this address already. Sign in with it first, then open the link again.");

    public Decision<AccountEvent> Decide(Account state) => state switch
    {
        Account.Absent => Decision<AccountEvent>.Of(new AccountOpened(Email, Name, Now), new AccountActivated(Now), new AccountEmailConfirmed(Now)),
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

    public async Task<Prepared> Prepare(Id<Person> person, string email, string name, string password, DateTimeOffset now, CancellationToken ct)
    {
        var prepared = await accounts.Prepare(person.Value, new SignUp(email, name, now), ct);
        return prepared.Append is { } append
            ? prepared with { Append = append with { Statements = [.. append.Statements, Passwords.Store(person, password)] } }
            : prepared;
    }
}
