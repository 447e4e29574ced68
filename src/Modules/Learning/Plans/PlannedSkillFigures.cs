using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Projections;

namespace ClusterNet.Learning.Plans;

/// <summary>A goal with a skill, as long as it is kept.</summary>
/// <param name="EndedAt">When it was dropped or its plan was closed; null while it is open.</param>
internal sealed record PlanGoalRow(Id<Goal> Id, Id<Plan> Plan, Id<Person> Person, string SkillUri, DateTimeOffset AddedAt, DateTimeOffset? EndedAt);

internal sealed class PlanGoalRows() : InlineRows<PlanEvent, PlanGoalRow>(LearningModule.Name, Table, "plan")
{
    public static readonly Table<PlanGoalRow> Table = new(LearningModule.Name, "plan_goals", nameof(PlanGoalRow.Id)) { Indexes = ["(person)", "(plan)"] };

    protected override IReadOnlyList<PlanGoalRow> Apply(IReadOnlyList<PlanGoalRow> rows, Recorded<PlanEvent> recorded) => recorded.Fact switch
    {
        PlanGoalAdded { SkillUri: { } uri } e => [.. rows, new(e.Goal, new(recorded.Stream), e.Person, uri, e.At, null)],
        PlanGoalDropped e => [.. rows.Select(r => r.Id == e.Goal ? Ended(r, e.At) : r)],
        PlanClosed e => [.. rows.Select(r => Ended(r, e.At))],
        _ => rows,
    };

    private static PlanGoalRow Ended(PlanGoalRow row, DateTimeOffset at) => row.EndedAt is null ? row with { EndedAt = at } : row;
}

/// <summary>Somebody who has a goal with a skill, in a firm.</summary>
internal readonly record struct Aspirant(Id<Person> Person, Id<Firm> Firm, string SkillUri);

/// <summary>What may be told of many people's plans (ADR 35).</summary>
internal static class PlannedSkillFigures
{
    public static IReadOnlyList<PlannedSkill> Of(IReadOnlyCollection<Aspirant> aspirants)
    {
        List<PlannedSkill> told = [];
        foreach (var skill in aspirants.GroupBy(a => a.SkillUri).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var firms = skill.GroupBy(a => a.Firm).OrderBy(f => f.Key).Select(f => (f.Key, People: f.Select(a => a.Person).ToHashSet())).ToList();
            told.AddRange(firms.Where(f => f.People.Count >= PlannedSkill.Step).Select(f => new PlannedSkill(skill.Key, f.Key, Stepped(f.People.Count))));
            var small = firms.Where(f => f.People.Count < PlannedSkill.Step).ToList();
            var together = small.SelectMany(f => f.People).Distinct().Count();
            if (small.Count >= PlannedSkill.LeastFirms && together >= PlannedSkill.Step) told.Add(new(skill.Key, null, Stepped(together)));
        }

        return told;
    }

    private static int Stepped(int people) => people - (people % PlannedSkill.Step);
}

/// <summary>The port that modules above use.</summary>
internal sealed class PlannedSkillReads(Database database, IFirmDirectory directory, TimeProvider clock) : IPlannedSkills
{
    public async Task<PlannedSkills> Of(Id<Cluster> cluster, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var asOf = new DateTimeOffset(now.Year, now.Month, 1, 0, 0, 0, TimeSpan.Zero);
        var firms = (await directory.AdmittedTo(cluster, ct)).Select(f => f.Firm).ToList();
        var employed = (await directory.EmployedBy(firms, ct)).ToLookup(e => e.Person, e => e.Firm);
        var rows = await database.Query(
            LearningModule.Name,
            Statement.Of(
                PlanGoalRows.Table.Select("where person = any($1) and added_at < $2 and (ended_at is null or ended_at >= $2)"),
                employed.Select(e => e.Key.Value).ToArray(), asOf),
            PlanGoalRows.Table.Read, ct);
        return new(asOf, PlannedSkillFigures.Of([.. rows.SelectMany(r => employed[r.Person].Select(firm => new Aspirant(r.Person, firm, r.SkillUri)))]));
    }
}
