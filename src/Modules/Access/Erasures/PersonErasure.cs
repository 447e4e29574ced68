using System.Collections.Immutable;
using System.Diagnostics;
using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;

namespace ClusterNet.Access.Erasures;

/// <summary>
/// One request for erasure, from the asking to the last step; held classes wait in it until they may go. Its id is drawn at random and opens the
/// receipt, also when the person has no account any more.
/// </summary>
internal abstract record PersonErasure : IState<PersonErasure, PersonErasureEvent>
{
    public sealed record Absent : PersonErasure;

    public abstract record Existing(ErasureCase Case) : PersonErasure;

    /// <summary>Nobody has looked yet at what must be kept.</summary>
    public sealed record Requested(ErasureCase Case) : Existing(Case);

    /// <summary>All that could be erased is; the rest is held.</summary>
    public sealed record Waiting(ErasureCase Case) : Existing(Case);

    /// <param name="Classes">What is being erased.</param>
    /// <param name="Taken">The steps that are done.</param>
    public sealed record Erasing(ErasureCase Case, ValueList<string> Classes, ImmutableHashSet<ErasureStep> Taken) : Existing(Case);

    public sealed record Completed(ErasureCase Case) : Existing(Case);

    public static PersonErasure Initial { get; } = new Absent();

    public static PersonErasure Evolve(PersonErasure state, PersonErasureEvent fact) => (state, fact) switch
    {
        (_, PersonErasureRequested e) => new Requested(new(e.Person, e.Classes, e.Basis, e.By, [], [])),
        (Existing x, PersonErasureHeld e) => new Waiting(x.Case with { Holds = e.Holds }),
        (Existing x, PersonErased e) => new Erasing(x.Case with { Erased = [.. x.Case.Erased, .. e.Classes] }, e.Classes, []),
        (Erasing x, PersonErasureStepTaken e) => x with { Taken = x.Taken.Add(e.Step) },
        (Existing x, PersonErasureCompleted) => x.Case.Remaining.Count == 0 ? new Completed(x.Case) : new Waiting(x.Case),
        _ => throw new UnreachableException(fact.GetType().Name),
    };
}

/// <param name="Asked">The classes asked for.</param>
/// <param name="Erased">Those that were ordered to be erased so far.</param>
internal sealed record ErasureCase(
    Id<Person> Person, ValueList<string> Asked, ErasureBasis Basis, Id<Person> By, ValueList<string> Erased, ValueList<Hold> Holds)
{
    public ValueList<string> Remaining => [.. Asked.Except(Erased)];

    /// <summary>Whether erasing these classes ends the account.</summary>
    public static bool Closes(IEnumerable<string> classes) => classes.Intersect(PersonalDataPolicy.OfAccount).Any();
}
