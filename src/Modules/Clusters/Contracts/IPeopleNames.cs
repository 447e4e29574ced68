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
}
