namespace ClusterNet.Skills.Areas;

/// <summary>One skill as one cluster sees it. Pure.</summary>
internal static class AreaView
{
    /// <summary>
    /// What the cluster says of the skill itself counts before what it says of a concept above it, the nearer before the farther, and all of
    /// that before what is shipped. Of two concepts equally far above, the one that includes the skill wins.
    /// </summary>
    public static IReadOnlyList<string> Of(
        string uri, IReadOnlyDictionary<string, AreaConcept> concepts, DefaultAreas defaults, ClusterAreas areas)
    {
        var shipped = defaults.Of(uri, concepts);
        if (areas.Rules.Count == 0) return [.. AreaKeys.InOrder(areas).Where(shipped.Contains)];
        var levels = Levels(uri, concepts);
        string[] found = [.. AreaKeys.InOrder(areas).Where(k => k != AreaKeys.Other && (Said(k, levels, areas) ?? shipped.Contains(k)))];
        return found.Length == 0 ? [AreaKeys.Other] : found;
    }

    private static bool? Said(string area, List<HashSet<string>> levels, ClusterAreas areas)
    {
        var rules = areas.Rules.Where(r => r.Area == area).ToList();
        if (rules.Count == 0) return null;
        foreach (var level in levels)
        {
            var here = rules.Where(r => level.Contains(r.Uri)).ToList();
            if (here.Count > 0) return here.Any(r => r.Included);
        }

        return null;
    }

    /// <summary>The skill, then all one step above it, and so on.</summary>
    private static List<HashSet<string>> Levels(string uri, IReadOnlyDictionary<string, AreaConcept> concepts)
    {
        List<HashSet<string>> levels = [];
        var seen = new HashSet<string>();
        for (HashSet<string> level = [uri]; level.Count > 0;)
        {
            levels.Add(level);
            seen.UnionWith(level);
            level = [.. level.SelectMany(u => concepts.GetValueOrDefault(u)?.BroaderUris ?? []).Where(u => !seen.Contains(u))];
        }

        return levels;
    }
}
