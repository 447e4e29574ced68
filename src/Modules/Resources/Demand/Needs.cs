using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;

namespace ClusterNet.Resources.Demand;

internal enum NeedSource
{
    Gap,
    Wish,
    Plan,
}

/// <summary>A figure of one source: how many people of a firm, or of several small ones together, could use a skill.</summary>
/// <param name="Firm">Null for several firms together.</param>
internal sealed record Need(string SkillUri, NeedSource Source, Id<Firm>? Firm, int AtLeast, int AtMost)
{
    /// <summary>Plans put together are of three firms or more; of firms that were audited together one alone may have the gap.</summary>
    public int FirmsAtLeast => Firm is null && Source == NeedSource.Plan ? SkillNeed.LeastTogether : 1;
}

/// <summary>
/// All that is known of one skill. The same people may stand behind several sources, and who they are is not told: so a figure lies between the
/// most that any source counts and the sum of all (ADR 35).
/// </summary>
/// <param name="Firms">At least.</param>
/// <param name="AtLeast">People, at least; <paramref name="AtMost"/> when nobody stands behind two sources.</param>
/// <param name="PlansAtLeast">In steps of five.</param>
internal sealed record SkillNeed(string SkillUri, int Firms, int AtLeast, int AtMost, int Gaps, int Wishes, int PlansAtLeast)
{
    /// <summary>Small firms are put together when they are three or more.</summary>
    public const int LeastTogether = 3;

    /// <summary>Several firms can share it.</summary>
    public bool IsShared => Firms > 1;

    /// <summary>One for each skill, in the order of the skills.</summary>
    public static IReadOnlyList<SkillNeed> Of(IEnumerable<Need> needs) =>
        [.. needs.Where(n => n.AtLeast > 0).GroupBy(n => n.SkillUri).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => Of(g.Key, [.. g]))];

    private static SkillNeed Of(string skill, List<Need> needs)
    {
        var named = needs.Where(n => n.Firm is not null).GroupBy(n => n.Firm).Select(f => f.GroupBy(n => n.Source).Max(s => s.Sum(n => n.AtLeast))).ToList();
        var sources = needs.GroupBy(n => n.Source).ToDictionary(g => g.Key, g => (Firms: g.Sum(n => n.FirmsAtLeast), People: g.Sum(n => n.AtLeast)));
        return new(
            skill, Math.Max(named.Count, sources.Values.Max(s => s.Firms)), Math.Max(named.Sum(), sources.Values.Max(s => s.People)), needs.Sum(n => n.AtMost),
            PeopleOf(NeedSource.Gap), PeopleOf(NeedSource.Wish), PeopleOf(NeedSource.Plan));

        int PeopleOf(NeedSource source) => sources.GetValueOrDefault(source).People;
    }

    /// <summary>All of it for the coordinator, what all firms may see for others.</summary>
    public static IReadOnlyList<SkillNeed> SeenBy(Caller caller, Id<Cluster> cluster, IEnumerable<Need> needs) =>
        Of(caller.Is(Role.Coordinator, RoleScope.Cluster(cluster)) ? needs : ForFirms(needs));

    /// <summary>
    /// What all firms may see. Figures of gaps and plans that stand for one or two firms are for the coordinator only: of two, each would know the other's.
    /// Wishes are counted for everybody, as who wishes is told.
    /// </summary>
    public static IEnumerable<Need> ForFirms(IEnumerable<Need> needs) =>
        needs.GroupBy(n => (n.SkillUri, n.Source)).Where(g => g.Key.Source == NeedSource.Wish || g.Sum(n => n.Firm is null ? LeastTogether : 1) >= LeastTogether).SelectMany(g => g);
}
