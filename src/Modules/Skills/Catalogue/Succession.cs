using ClusterNet.EventStore;
using ClusterNet.Skills.Contracts;
using ClusterNet.Skills.Levels;

namespace ClusterNet.Skills.Catalogue;

/// <summary>What a skill was called under which something was said.</summary>
internal sealed record FormerSkill(string SkillUri, string Label);

/// <summary>A skill under the name that it goes by now.</summary>
/// <param name="Was">Under which names it was asked for, where those are others.</param>
internal sealed record SkillNow(string SkillUri, int Level, IReadOnlyList<string> Was)
{
    public IReadOnlyList<FormerSkill> Former(IReadOnlyDictionary<string, SkillCard> labels) => [.. Was.Select(u => new FormerSkill(u, labels.LabelOf(u)))];
}

/// <summary>
/// Under which name skills go now: own skills that were merged into another, concepts that their source replaced. What was said of a skill stays where it was
/// said, and is read under the one that stands in its place; a merge that is undone turns that back. A skill in whose place several stand keeps its name:
/// which of them is meant is for people to say.
/// </summary>
/// <param name="Replaced">From replaced skills to the one that stands in their place.</param>
internal sealed record Succession(IReadOnlyDictionary<string, string> Replaced)
{
    public static readonly Succession None = new(new Dictionary<string, string>());

    public string Now(string uri) => Replaced.GetValueOrDefault(uri, uri);

    /// <summary>The name under which something was said, where it is not that of now.</summary>
    public string? Was(string uri) => Replaced.ContainsKey(uri) ? uri : null;

    /// <summary>Skills under their names of now, each once: of two that became one the higher level is asked for.</summary>
    public IReadOnlyList<SkillNow> Of(IEnumerable<RequiredSkill> skills) =>
    [
        .. skills.GroupBy(s => Now(s.SkillUri)).Select(g => new SkillNow(g.Key, g.Max(s => s.Level), [.. g.Select(s => Was(s.SkillUri)).OfType<string>()])),
    ];
}

/// <summary>Reads from the catalogue what stands in the place of what.</summary>
internal sealed class Successions(Database database, ISkillCatalogue catalogue)
{
    public async Task<Succession> Of(IEnumerable<string> uris, CancellationToken ct)
    {
        var replaced = await database.Query(
            SkillsModule.Name, Statement.Of("select uri from skills.skills where uri = any($1) and cardinality(replaced_by) > 0", [uris.Distinct().ToArray()]),
            r => r.GetString(0), ct);
        if (replaced.Count == 0) return Succession.None;
        var cards = await catalogue.Find(replaced, Languages.Fallback, ct);
        return new(cards.Values.Where(c => c.SuccessorUris.Count == 1).ToDictionary(c => c.Uri, c => c.SuccessorUris[0]));
    }
}
