using ClusterNet.EventStore;
using ClusterNet.Projections;
using ClusterNet.Skills.Contracts;

namespace ClusterNet.Skills.Levels;

/// <summary>Tells modules above where an audit found somebody below what is asked.</summary>
internal sealed class PublishedGaps : IFactSource
{
    public Type Family => typeof(LevelEvent);

    public object? Publish(Recorded recorded)
    {
        if (recorded.Fact is not SkillLevelsRated e || !e.Effective.TryGet(out var levels)) return null;
        SkillGap[] gaps = [.. e.Required.Zip(levels).Where(x => x.Second < x.First.Level).Select(x => new SkillGap(x.First.SkillUri, x.First.Level, x.Second < 0 ? null : x.Second))];
        return gaps.Length == 0 ? null : new SkillGapsFound(e.Person, e.Firm, e.Audit, gaps, e.At);
    }
}
