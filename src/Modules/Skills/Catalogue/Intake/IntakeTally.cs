using ClusterNet.EventStore;
using ClusterNet.Skills.Occupations;

namespace ClusterNet.Skills.Catalogue.Intake;

/// <summary>Counts what an import does to the concepts of one kind, and keeps the first names of each change.</summary>
internal sealed class IntakeTally
{
    internal const int Kept = 20;

    private readonly SortedDictionary<IntakeChange, (int Count, List<string> First)> _changes = [];
    private readonly List<string> _ended = [];

    public bool IsEmpty => _changes.Count == 0;

    /// <summary>All that are not for new use any more, with something in their place or nothing.</summary>
    public IReadOnlyList<string> Ended => _ended;

    /// <param name="stored">What was stored of the concept.</param>
    public void Count(string uri, Append stored)
    {
        var changes = stored.Facts.SelectMany(f => ChangesOf(f, stored.Expected == 0)).ToHashSet();
        if (changes.Overlaps([IntakeChange.Retired, IntakeChange.Replaced])) _ended.Add(uri);
        foreach (var change in changes)
        {
            if (!_changes.TryGetValue(change, out var part)) part = (0, []);
            if (part.First.Count < Kept) part.First.Add(uri);
            _changes[change] = (part.Count + 1, part.First);
        }
    }

    public ValueList<PartTakenIn> ToParts() => [.. _changes.Select(c => new PartTakenIn(c.Key, c.Value.Count, [.. c.Value.First]))];

    private static IEnumerable<IntakeChange> ChangesOf(object fact, bool isNew)
    {
        switch (fact)
        {
            case SkillListed:
                yield return IntakeChange.Added;
                break;
            case SkillChanged e:
                if (e.Words.Count > 0) yield return IntakeChange.Reworded;
                if (e.Shape is not null) yield return IntakeChange.Rearranged;
                break;
            case SkillReplaced:
                yield return IntakeChange.Replaced;
                break;
            case SkillRetired or OccupationRetired:
                yield return IntakeChange.Retired;
                break;
            case SkillRestored:
                yield return IntakeChange.Restored;
                break;
            case OccupationImported:
                yield return isNew ? IntakeChange.Added : IntakeChange.Changed;
                break;
        }
    }
}
