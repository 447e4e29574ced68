using System.Diagnostics;
using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;

namespace ClusterNet.Access.Accounts;

internal abstract record AccountEvent;

[StoredAs("account_opened")]
internal sealed record AccountOpened(
    [PersonalData(PersonalDataAttribute.Stream, KeyClass.Contact)] Personal<string> Email,
    [PersonalData(PersonalDataAttribute.Stream, KeyClass.Identity)] Personal<string> Name,
    DateTimeOffset At) : AccountEvent;

[StoredAs("account_invited")]
internal sealed record AccountInvited(Id<Person> By, DateTimeOffset ExpiresAt, DateTimeOffset At) : AccountEvent;

[StoredAs("account_activated")]
internal sealed record AccountActivated(DateTimeOffset At) : AccountEvent;

/// <summary>The link in a mail to the account's address came back.</summary>
[StoredAs("account_email_confirmed")]
internal sealed record AccountEmailConfirmed(DateTimeOffset At) : AccountEvent;

/// <summary>The person has another address from now on; a link in a mail to it came back.</summary>
[StoredAs("account_email_changed")]
internal sealed record AccountEmailChanged(
    [PersonalData(PersonalDataAttribute.Stream, KeyClass.Contact)] Personal<string> Email, DateTimeOffset At) : AccountEvent;

/// <summary>The person asked for erasure: nobody signs in with it again.</summary>
[StoredAs("account_closed")]
internal sealed record AccountClosed(DateTimeOffset At) : AccountEvent;

/// <summary>A person's account: known, invited to sign in, able to, or closed for good.</summary>
internal abstract record Account : IState<Account, AccountEvent>
{
    public sealed record Absent : Account;

    public sealed record Known : Account;

    public sealed record Invited : Account;

    /// <param name="EmailConfirmed">A mail to the address was answered.</param>
    public sealed record Active(bool EmailConfirmed = false) : Account;

    public sealed record Closed : Account;

    public static Account Initial { get; } = new Absent();

    public static Account Evolve(Account state, AccountEvent fact) => fact switch
    {
        AccountOpened => new Known(),
        AccountInvited => new Invited(),
        AccountActivated => new Active(),
        AccountClosed => new Closed(),
        AccountEmailConfirmed or AccountEmailChanged => state is Active ? new Active(true) : state,
        _ => throw new UnreachableException(fact.GetType().Name),
    };
}
