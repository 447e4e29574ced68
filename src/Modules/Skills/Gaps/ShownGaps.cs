using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;

namespace ClusterNet.Skills.Gaps;

/// <param name="Firm">Null for several small firms together.</param>
internal sealed record GapCell(Id<Firm>? Firm, string SkillUri, GapFigures Figures);

/// <summary>
/// What may be told of many people's gaps (ADR 24). One skill in one firm is told from five people on. Firms with fewer are put together, and told
/// from five people of three firms on; less than that is not told at all. Every total adds up cells that are told, and nothing else: so what is not
/// told is not in any figure, and no subtraction brings it out.
/// </summary>
/// <param name="Hidden">How many cells are not told.</param>
internal sealed record ShownGaps(IReadOnlyList<GapCell> Cells, int Hidden)
{
    public const int LeastPeople = 5;

    /// <summary>With two firms, each would know the other's figure by taking away its own.</summary>
    public const int LeastFirms = 3;

    public static ShownGaps Of(IReadOnlyCollection<FoundGap> found)
    {
        List<GapCell> cells = [];
        var hidden = 0;
        foreach (var skill in found.GroupBy(f => f.SkillUri).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            List<FoundGap> together = [];
            foreach (var firm in skill.GroupBy(f => f.Firm).OrderBy(g => g.Key))
            {
                if (PeopleIn(firm) < LeastPeople) together.AddRange(firm);
                else if (MayBeTold(firm)) cells.Add(new(firm.Key, skill.Key, GapFigures.Of(firm)));
                else hidden++;
            }

            if (together.Count == 0) continue;
            var firms = together.Select(f => f.Firm).Distinct().Count();
            if (firms >= LeastFirms && MayBeTold(together)) cells.Add(new(null, skill.Key, GapFigures.Of(together)));
            else hidden++;
        }

        return new(cells, hidden);
    }

    public IReadOnlyDictionary<string, GapFigures> BySkill() =>
        Cells.GroupBy(c => c.SkillUri).ToDictionary(g => g.Key, g => GapFigures.Sum(g.Select(c => c.Figures)));

    /// <summary>Each skill counts in all of its areas.</summary>
    public IReadOnlyList<AreaCell> ByArea(IReadOnlyDictionary<string, IReadOnlyList<string>> areas) =>
    [
        .. Cells.SelectMany(c => areas.GetValueOrDefault(c.SkillUri, []).Select(area => (Area: area, c.Firm, c.Figures)))
            .GroupBy(c => (c.Area, c.Firm)).Select(g => new AreaCell(g.Key.Firm, g.Key.Area, GapFigures.Sum(g.Select(c => c.Figures)))),
    ];

    /// <summary>
    /// Five whose level is known, and nobody erased: a figure without the one who was erased would tell, beside the one from before, what they had.
    /// Who belongs together follows from who was asked, so an erasure takes a figure away and moves nobody into another one.
    /// </summary>
    private static bool MayBeTold(IEnumerable<FoundGap> gaps) => gaps.All(g => !g.Erased) && PeopleIn(gaps.Where(g => g.Level is not null)) >= LeastPeople;

    private static int PeopleIn(IEnumerable<FoundGap> gaps) => gaps.Select(g => g.Person).Distinct().Count();
}

/// <summary>All skills of an area in one firm, or in several small ones together.</summary>
internal sealed record AreaCell(Id<Firm>? Firm, string Area, GapFigures Figures);
