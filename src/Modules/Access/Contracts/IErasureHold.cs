using ClusterNet.EventStore;

namespace ClusterNet.Access.Contracts;

/// <summary>Why data of a person must still be kept; every module that keeps some under a legal obligation says so here.</summary>
public interface IErasureHold
{
    /// <summary>The holds that apply now to <paramref name="classes"/>; empty when all of them may be erased.</summary>
    Task<IReadOnlyList<Hold>> Of(Id<Person> person, IReadOnlyCollection<string> classes, CancellationToken ct);
}

/// <summary>A reason to keep one class of a person's data.</summary>
/// <param name="Class">One of <see cref="Privacy.KeyClass"/>.</param>
/// <param name="Reason">Kebab-case and stable, such as <c>open-assessment</c>; no personal data, for it goes into the history.</param>
/// <param name="LegalBasis">Article of the law.</param>
/// <param name="Until">The last day on which it holds; null when an event ends it.</param>
public sealed record Hold(string Class, string Reason, string LegalBasis, DateOnly? Until);
