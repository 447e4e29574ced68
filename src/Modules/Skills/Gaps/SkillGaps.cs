using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Skills.Contracts;

namespace ClusterNet.Skills.Gaps;

/// <summary>The port that modules above use.</summary>
internal sealed class SkillGaps(GapReads reads) : ISkillGaps
{
    /// <summary>More than one looks at together.</summary>
    private const int MostAudits = 24;

    public async Task<IReadOnlyList<PersonGap>> Of(Caller caller, Id<Person> person, CancellationToken ct)
    {
        var rows = await reads.Newest(person, ct);
        return
        [
            .. rows.Where(r => caller.Person == person || caller.Is(Role.Manager, RoleScope.Firm(r.Firm))).Select(r => (Row: r, r.Gap))
                .Where(r => !r.Gap.Erased).Select(r => new PersonGap(r.Row.SkillUri, r.Row.Required, r.Gap.Level, r.Gap.Gap, r.Row.At)),
        ];
    }

    public async Task<IReadOnlyList<SkillDemand>> DemandOf(Id<Cluster> cluster, CancellationToken ct)
    {
        if ((await reads.OfCluster(cluster, ct)).FirstOrDefault() is not { } newest) return [];
        return
        [
            .. ShownGaps.Of(await reads.Found(newest.Id, ct)).Cells.Where(c => c.Figures.People > c.Figures.AtLevel).Select(c => new SkillDemand(
                c.SkillUri, c.Firm, c.Figures.People, c.Figures.People - c.Figures.AtLevel, c.Figures.MeanHundredths)),
        ];
    }

    public async Task<IReadOnlyList<GapClosure>> ClosureOf(Id<Cluster> cluster, DateTimeOffset since, CancellationToken ct)
    {
        var closed = await reads.OfCluster(cluster, ct);
        if (closed.Count == 0) return [];
        var measured = closed[0].Profiles.Select(p => p.Profile).ToHashSet();
        var points = new List<GapClosure>();
        foreach (var audit in closed.Where((a, i) => (i == 0 || a.EndedAt >= since) && a.Profiles.Any(p => measured.Contains(p.Profile))).Take(MostAudits).Reverse())
        {
            var told = ShownGaps.Of(await reads.Found(audit.Id, ct)).Cells;
            if (told.Count > 0) points.Add(new(audit.EndedAt ?? audit.Deadline, told.Sum(c => c.Figures.People), told.Sum(c => c.Figures.AtLevel)));
        }

        return points;
    }

    public async Task<IReadOnlyList<SkillMeasure>> MeasuresOf(Id<Cluster> cluster, IReadOnlyCollection<string> skillUris, CancellationToken ct)
    {
        var wanted = skillUris.ToHashSet();
        var measures = new List<SkillMeasure>();
        foreach (var audit in wanted.Count == 0 ? [] : (await reads.OfCluster(cluster, ct)).Take(MostAudits))
        {
            measures.AddRange(ShownGaps.Of(await reads.Found(audit.Id, ct)).BySkill().Where(s => wanted.Contains(s.Key)).Select(s => new SkillMeasure(
                s.Key, audit.EndedAt ?? audit.Deadline, s.Value.People, s.Value.People - s.Value.AtLevel)));
        }

        return measures;
    }
}
