using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.Design.Markdown;
using ClusterNet.EventStore;
using ClusterNet.Learning.Communities;
using ClusterNet.Learning.Contracts;
using ClusterNet.Search;

namespace ClusterNet.Learning.Discussions;

/// <summary>A text with the people it names.</summary>
/// <param name="Text">People stand in it by their ids, <c>@[id]</c>.</param>
internal sealed record Addressed(string Text, ValueList<Id<Person>> People);

/// <summary>Finds who is meant by <c>@[Name]</c> or <c>@[id]</c>: only members who can see what is written, for nobody is called to what they cannot read.</summary>
internal sealed class Mentions(Database database, CommunityDesk desk, IPeopleNames names)
{
    public static readonly Refusal TooMany = new("too-many-mentions", $"A text names {DiscussionRules.MaxMentions} people at most. Leave some out.", 422);

    public static readonly Refusal Strangers = new(
        "mention-not-possible",
        "Some people named with @[…] are no members who can read this, so they would not learn of it. Write a member's name as the list of members shows it, or take the brackets away.",
        422);

    public static readonly Refusal Ambiguous = new(
        "mention-ambiguous", "Several members have a name that stands in @[…]. Choose the person from the field for people instead.", 422);

    /// <param name="known">People whom the text has named before: they may stay.</param>
    /// <param name="also">Somebody chosen from a list, named at the end unless the text does already.</param>
    public async Task<(Addressed? Text, Refusal? Refusal)> Resolve(
        SeenCommunity community, Caller caller, string text, CancellationToken ct, IReadOnlyCollection<Id<Person>>? known = null, Id<Person>? also = null)
    {
        if (also is { } chosen && !text.Contains($"@[{chosen}]", StringComparison.Ordinal)) text = $"{text.TrimEnd()}\n\n@[{chosen}]";
        var said = UserText.Names(text);
        if (said.Count == 0) return (new(text, []), null);
        if (said.Count > DiscussionRules.MaxMentions) return (null, TooMany);
        var members = await desk.Readers(community.Row.Cluster, [.. (await desk.Members(community.Row.Id, ct)).Select(m => m.Person)], ct);
        var seen = await names.SeenBy(caller, [.. members], ct);
        var byName = seen.ToLookup(n => Folding.Of(n.Value), n => n.Key);
        // That somebody is a member is told only of those whom the caller may see, and of those who have written for all readers.
        HashSet<Id<Person>> told = [.. seen.Keys, .. await Writers(community.Row.Id, [.. members.Except(seen.Keys)], ct)];
        var (people, strangers, doubles) = (new Dictionary<string, Id<Person>>(), new List<string>(), new List<string>());
        foreach (var name in said)
        {
            if (Id<Person>.TryParse(name, null, out var id) && (told.Contains(id) || known?.Contains(id) == true)) people[name] = id;
            else if (byName[Folding.Of(name)].ToList() is { Count: > 0 } found) (found.Count == 1 ? (Action)(() => people[name] = found[0]) : () => doubles.Add(name))();
            else strangers.Add(name);
        }

        if (strangers.Count > 0) return (null, Strangers.With("names", strangers));
        if (doubles.Count > 0) return (null, Ambiguous.With("names", doubles));
        return (new(UserText.Renamed(text, name => people[name].ToString()), [.. people.Values.Distinct()]), null);
    }

    private async Task<IReadOnlyList<Id<Person>>> Writers(Id<Community> community, IReadOnlyCollection<Id<Person>> people, CancellationToken ct) => await database.Query(
        LearningModule.Name,
        Statement.Of(
            "select distinct author from learning.discussion_posts where community = $1 and status = 'shown' and author = any($2)", community.Value,
            people.Select(p => p.Value).ToArray()),
        r => new Id<Person>(r.GetGuid(0)), ct);

    /// <summary>The text as its author can go on writing it: names instead of ids, where the name is one person's.</summary>
    public static string Readable(string text, IReadOnlyDictionary<Id<Person>, string> seen) =>
        UserText.Renamed(text, name => Id<Person>.TryParse(name, null, out var id) && seen.TryGetValue(id, out var known)
            && seen.Values.Count(n => n == known) == 1 && !known.Contains('[', StringComparison.Ordinal) && !known.Contains(']', StringComparison.Ordinal) ? known : null);
}
