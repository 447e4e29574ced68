using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Projections;
using ClusterNet.Skills.Contracts;
using ClusterNet.Skills.Levels;

namespace ClusterNet.Skills.Gaps;

/// <param name="Effective">-1 where nobody said anything.</param>
internal sealed record FoundGapRow(
    Guid Stream, Id<Audit> Audit, Id<Person> Person, Id<Firm> Firm, string SkillUri, int Required, Personal<int> Effective, DateTimeOffset At)
{
    /// <summary>Of two skills that became one the higher level is asked for, and the higher one counts; who is erased stays unknown.</summary>
    internal static FoundGapRow Merged(IEnumerable<FoundGapRow> ofOne)
    {
        var rows = ofOne.ToList();
        return (rows.Find(r => !r.Effective.IsKnown) ?? rows.MaxBy(r => r.Effective.Or(SkillLevelsRated.Unknown))!) with { Required = rows.Max(r => r.Required) }; // there is one
    }

    internal FoundGap Gap => new(Person, Firm, SkillUri, Required, Effective.TryGet(out var level) && level >= 0 ? level : null, !Effective.IsKnown);
}

/// <summary>What closed audits found: fixed at their close, so that what is told of them does not move with every answer.</summary>
internal sealed class FoundGapRows() : InlineRows<LevelEvent, FoundGapRow>(SkillsModule.Name, Table, "stream")
{
    public static readonly Table<FoundGapRow> Table = new(
        SkillsModule.Name, "found_gaps", nameof(FoundGapRow.Stream), nameof(FoundGapRow.Audit), nameof(FoundGapRow.Firm), nameof(FoundGapRow.SkillUri))
    {
        Indexes = ["(audit)", "(person)"],
    };

    protected override IReadOnlyList<FoundGapRow> Apply(IReadOnlyList<FoundGapRow> rows, Recorded<LevelEvent> recorded) => recorded.Fact switch
    {
        SkillLevelsRated e =>
        [
            .. rows.Where(r => r.Audit != e.Audit || r.Firm != e.Firm),
            .. e.Required.Index().Select(r => new FoundGapRow(
                recorded.Stream, e.Audit, e.Person, e.Firm, r.Item.SkillUri, r.Item.Level, e.Effective.Select(l => l[r.Index]), e.At)),
        ],
        _ => rows,
    };
}
