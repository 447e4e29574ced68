using System.Collections.Frozen;
using System.Text;

namespace ClusterNet.Skills.Areas;

/// <summary>
/// In which areas a skill lies unless a cluster says otherwise. From two shipped lists (README.md tells how they were made): one names the
/// areas of each skill of the starter catalogue, the other those of ESCO's groups (its skills hierarchy and, for knowledge, the fields of
/// ISCED-F 2013). Transversal skills (ESCO's reuse level) are cross-job; ESCO's collections of digital and green skills are what they say.
/// </summary>
internal sealed class DefaultAreas
{
    private const string Transversal = "transversal";

    private readonly FrozenDictionary<string, string[]> _starter = Read("starter-areas.csv", p => (p[0], p[1]));
    private readonly FrozenDictionary<string, Group> _groups = Read("area-groups.csv", p => (p[0], p[2]), p => p[1]);

    /// <summary>The areas of a skill by what the catalogue knows of it, in no order; <c>other</c> alone when nothing is known.</summary>
    /// <param name="concepts">The skill and what lies above it, by URI.</param>
    public IReadOnlySet<string> Of(string uri, IReadOnlyDictionary<string, AreaConcept> concepts)
    {
        if (_starter.TryGetValue(uri, out var said)) return said.ToHashSet();
        var (own, transversal) = (new HashSet<string>(), new HashSet<string>());
        Frameworks(uri, own);
        var concept = concepts.GetValueOrDefault(uri);
        Climb(uri, concepts, [], own, transversal);
        if (concept is not null)
        {
            foreach (var target in concept.MappedTo.Where(t => t != uri)) own.UnionWith(Of(target, concepts));
            own.UnionWith(concept.Collections.Where(c => c is AreaKeys.Digital or AreaKeys.Green));
            if (concept.ReuseLevel == Transversal) own.UnionWith([AreaKeys.CrossJob, .. transversal]);
        }

        if (own.Count > 1) own.Remove(AreaKeys.Other);
        // Transversal groups stand beside the others in ESCO: they tell the area only of what lies nowhere else.
        if (own.Count == 0 || own.SetEquals([AreaKeys.Other]) && transversal.Count > 0) own = transversal;
        return own.Count == 0 ? new HashSet<string> { AreaKeys.Other } : own;
    }

    private void Climb(
        string uri, IReadOnlyDictionary<string, AreaConcept> concepts, HashSet<string> seen, HashSet<string> own, HashSet<string> transversal)
    {
        if (!seen.Add(uri)) return;
        if (_groups.TryGetValue(uri, out var group))
        {
            (group.IsTransversal ? transversal : own).UnionWith(group.Areas);
            return;
        }

        foreach (var above in concepts.GetValueOrDefault(uri)?.BroaderUris ?? []) Climb(above, concepts, seen, own, transversal);
    }

    private static void Frameworks(string uri, HashSet<string> areas)
    {
        if (uri.StartsWith("urn:clusternet:framework:digcomp", StringComparison.Ordinal)) areas.Add(AreaKeys.Digital);
        if (uri.StartsWith("urn:clusternet:framework:entrecomp", StringComparison.Ordinal))
            areas.UnionWith([AreaKeys.CrossJob, AreaKeys.Management]);
    }

    private static FrozenDictionary<string, string[]> Read(string file, Func<string[], (string Uri, string Areas)> parts) =>
        Lines(file).Select(parts).ToFrozenDictionary(l => l.Uri, l => l.Areas.Split(';'));

    private static FrozenDictionary<string, Group> Read(string file, Func<string[], (string Uri, string Areas)> parts, Func<string[], string> code) =>
        Lines(file).ToFrozenDictionary(l => parts(l).Uri, l => new Group(parts(l).Areas.Split(';'), code(l).StartsWith('T')));

    // Written by us, without quotes: a comma ends a value.
    private static List<string[]> Lines(string file)
    {
        using var stream = typeof(DefaultAreas).Assembly.GetManifestResourceStream($"ClusterNet.Skills.{file}")!; // embedded by the csproj
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(l => l.Split(','))];
    }

    private sealed record Group(string[] Areas, bool IsTransversal);
}

/// <summary>What the areas look at in a concept.</summary>
internal sealed record AreaConcept(string Uri, string ReuseLevel, IReadOnlyList<string> BroaderUris, IReadOnlyList<string> Collections)
{
    /// <summary>Of an own skill, what it is mapped to: it lies where that lies.</summary>
    public IReadOnlyList<string> MappedTo { get; init; } = [];
}
