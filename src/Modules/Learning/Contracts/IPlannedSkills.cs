using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;

namespace ClusterNet.Learning.Contracts;

/// <summary>What people of a cluster set out to learn in their development plans, for planning training. Plans are private: nobody is named, and no figure stands for fewer than five.</summary>
public interface IPlannedSkills
{
    /// <summary>
    /// How many people had an open goal with a skill when the month began. Firms with fewer than five of them are put together when they are three or more
    /// (<see cref="PlannedSkill.Firm"/> is null), or left out.
    /// </summary>
    Task<PlannedSkills> Of(Id<Cluster> cluster, CancellationToken ct);
}

/// <param name="AsOf">The first instant of the month, in UTC: what began since is in no figure, so that none moves with one person.</param>
public sealed record PlannedSkills(DateTimeOffset AsOf, IReadOnlyList<PlannedSkill> Skills);

/// <param name="Firm">Null for several firms together.</param>
/// <param name="AtLeast">How many people, rounded down to a step.</param>
public sealed record PlannedSkill(string SkillUri, Id<Firm>? Firm, int AtLeast)
{
    /// <summary>Figures go up in steps.</summary>
    public const int Step = 5;

    /// <summary>With two firms put together, each would know the other's figure by taking away its own.</summary>
    public const int LeastFirms = 3;

    /// <summary>The most that the figure may stand for.</summary>
    public int AtMost => AtLeast + Step - 1;
}
