using ClusterNet.EventStore;
using ClusterNet.Web;

namespace ClusterNet.Access.Contracts;

/// <summary>Opens or activates an account for who holds the link of an invitation to its address, for modules above.</summary>
public interface ISignUp
{
    /// <summary>Whether the chosen password will do.</summary>
    /// <param name="personal">What a password must not be made of: the person's address and names.</param>
    void Check(Faults faults, string member, string? password, params IReadOnlyList<string> personal);

    /// <summary>Decides it for the transaction of another command. An account that can sign in already is refused.</summary>
    /// <param name="byMail">
    /// The link went by mail and to nobody else, so whoever holds it has the address. Otherwise the inviter saw it, too: the address is not confirmed, and
    /// an account that waits for its holder is not opened by it.
    /// </param>
    Task<Prepared> Prepare(Id<Person> person, NewHolder holder, bool byMail, DateTimeOffset now, CancellationToken ct);
}

/// <summary>What somebody who follows an invitation says of themselves, and the address that was invited.</summary>
public sealed record NewHolder(string Email, string Name, string Password);
