using ClusterNet.EventStore;

namespace ClusterNet.Access.Contracts;

/// <summary>Published when keys of a person's data were ordered to be destroyed, so that modules above can react.</summary>
/// <param name="Closed">The account ended with it.</param>
public sealed record PersonWasErased(Id<Person> Person, IReadOnlyList<string> Classes, bool Closed, DateTimeOffset At);
