using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;

namespace ClusterNet.Learning.Contracts;

/// <summary>What stands between two people who might learn together, as modules above know it: any number of them register one. Asked again, it answers the same.</summary>
public interface IMentoringConflicts
{
    /// <returns>Conflicts of some of the mentors with the mentee; empty for none.</returns>
    Task<IReadOnlyList<MentoringConflict>> Of(Id<Person> mentee, IReadOnlyCollection<Id<Person>> mentors, CancellationToken ct);
}

/// <summary>A conflict of interest.</summary>
/// <param name="Code">Kebab-case and stable, such as <c>assesses-you</c>.</param>
/// <param name="Words">In the reader's language, to be shown to the mentee.</param>
public sealed record MentoringConflict(Id<Person> Mentor, string Code, string Words);
