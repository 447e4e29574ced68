using ClusterNet.EventStore;
using ClusterNet.Web;

namespace ClusterNet.Access.Contracts;

/// <summary>Opens or activates an account for who holds the link that was mailed to its address, for modules above.</summary>
public interface ISignUp
{
    /// <summary>Whether the chosen password will do.</summary>
    /// <param name="personal">What a password must not be made of: the person's address and names.</param>
    void Check(Faults faults, string member, string? password, params IReadOnlyList<string> personal);

    /// <summary>Decides it for the transaction of another command. The address counts as confirmed; an account that can sign in already is refused.</summary>
    Task<Prepared> Prepare(Id<Person> person, string email, string name, string password, DateTimeOffset now, CancellationToken ct);
}
