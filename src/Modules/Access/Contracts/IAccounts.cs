using ClusterNet.EventStore;
using ClusterNet.Privacy;

namespace ClusterNet.Access.Contracts;

/// <summary>Accounts, for modules above: every person has one, with or without a way to sign in.</summary>
public interface IAccounts
{
    /// <summary>The person with this address, compared without case; null when nobody has it.</summary>
    Task<Id<Person>?> FindByEmail(string email, CancellationToken ct);

    /// <summary>The same for many addresses at once; the result's keys are lower-case.</summary>
    Task<IReadOnlyDictionary<string, Id<Person>>> FindByEmails(IReadOnlyCollection<string> emails, CancellationToken ct);

    /// <summary>Names and addresses of persons, where they are known and not erased.</summary>
    Task<IReadOnlyDictionary<Id<Person>, AccountCard>> Cards(IReadOnlyCollection<Id<Person>> persons, CancellationToken ct);

    /// <summary>The person has shown to receive mail at the address of the account: an address that was only typed proves nothing about who has it.</summary>
    Task<bool> HasConfirmedEmail(Id<Person> person, CancellationToken ct);

    /// <summary>Decides the opening of a new person's account for the transaction of another command. The address must be free: a guard refuses it otherwise.</summary>
    Prepared PrepareOpening(Id<Person> person, string email, string name, DateTimeOffset now);

    /// <summary>The constraint that refuses an address which somebody has already.</summary>
    const string EmailTaken = "accounts_1";
}

/// <summary>How a person is shown to those who may see it.</summary>
public sealed record AccountCard(Id<Person> Person, Personal<string> Name, Personal<string> Email, bool CanSignIn);
