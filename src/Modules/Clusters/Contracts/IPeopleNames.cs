using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;

namespace ClusterNet.Clusters.Contracts;

/// <summary>What people are called, for pages of the modules above.</summary>
public interface IPeopleNames
{
    /// <summary>Names of those whom the caller may see; the others are missing, as is who was erased.</summary>
    Task<IReadOnlyDictionary<Id<Person>, string>> SeenBy(Caller caller, IReadOnlyCollection<Id<Person>> persons, CancellationToken ct);

    /// <summary>Names of persons of whom the caller has a right to know by other means: because they showed the caller a record, or applied.</summary>
    Task<IReadOnlyDictionary<Id<Person>, string>> Known(IReadOnlyCollection<Id<Person>> persons, CancellationToken ct);

    /// <summary>Those who let the caller read what they tell of themselves.</summary>
    Task<IReadOnlySet<Id<Person>>> ProfilesSeenBy(Caller caller, IReadOnlyCollection<Id<Person>> persons, CancellationToken ct);

    /// <summary>Whom a text may mean: people whom the caller may see, and of whose names a word stands in it; full names first.</summary>
    Task<IReadOnlyList<NamedPerson>> NamedIn(Caller caller, string text, CancellationToken ct);
}

/// <summary>Somebody whom a text may mean.</summary>
/// <param name="Whole">The text has given and family name.</param>
/// <param name="Words">The words of the name that stand in the text, folded.</param>
public sealed record NamedPerson(Id<Person> Person, string Name, bool Whole, IReadOnlyList<string> Words);
