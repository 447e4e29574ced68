using ClusterNet.EventStore;

namespace ClusterNet.Access.Contracts;

/// <summary>
/// What a module does of its own when a person is erased. Events, their keys and all read rows are seen to already: this is for what is under way
/// and for state that no event made. Both steps are repeated after a crash and must then do nothing twice.
/// </summary>
public interface IErasureStep
{
    /// <summary>Ends what the person has under way, while keys still exist. Only when the account closes.</summary>
    /// <param name="by">Who asked: the person, or an operator on the person's request.</param>
    /// <returns>How many things ended, per store.</returns>
    Task<IReadOnlyList<StoreCount>> Close(Id<Person> person, Id<Person> by, CancellationToken ct);

    /// <summary>Deletes the module's own state about the person.</summary>
    /// <param name="order">What is erased.</param>
    /// <returns>How many rows or files went, per store.</returns>
    Task<IReadOnlyList<StoreCount>> Scrub(ErasureOrder order, CancellationToken ct);
}

/// <summary>What is to be erased.</summary>
/// <param name="Streams">The streams in which the person had personal members of these classes.</param>
/// <param name="Closes">The account closes: nothing of the person is needed for signing in any more.</param>
public sealed record ErasureOrder(Id<Person> Person, IReadOnlyList<string> Classes, IReadOnlyList<Guid> Streams, bool Closes);

/// <summary>How much of a store was erased.</summary>
public sealed record StoreCount(string Store, int Count);
