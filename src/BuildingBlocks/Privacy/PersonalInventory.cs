using ClusterNet.EventStore;

namespace ClusterNet.Privacy;

/// <summary>
/// Every personal member of every event, from the same mark that encrypts it: what can be exported and what can be erased are this one list.
/// </summary>
public sealed class PersonalInventory(EventTypes types)
{
    public IReadOnlyList<PersonalEntry> Entries { get; } =
    [
        .. types.All.SelectMany(t => t.Personal.Select(m => new PersonalEntry(t.Module, t.Name, m.Name, m.KeyClass)))
            .OrderBy(e => e.Module, StringComparer.Ordinal).ThenBy(e => e.Event, StringComparer.Ordinal)
            .ThenBy(e => e.Member, StringComparer.Ordinal),
    ];
}

/// <summary>One personal member of one kind of event.</summary>
public sealed record PersonalEntry(string Module, string Event, string Member, string KeyClass);
