using System.Diagnostics;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;

namespace ClusterNet.Skills.Areas;

/// <summary>Cluster and area stand in every fact, so that each can be understood alone.</summary>
internal abstract record AreasEvent;

/// <param name="Uri">A skill, or a broader concept: then all below it.</param>
[StoredAs("area_skill_added")]
internal sealed record AreaSkillAdded(Id<Cluster> Cluster, string Area, string Uri, Id<Person> By, DateTimeOffset At) : AreasEvent;

[StoredAs("area_skill_removed")]
internal sealed record AreaSkillRemoved(Id<Cluster> Cluster, string Area, string Uri, Id<Person> By, DateTimeOffset At) : AreasEvent;

/// <summary>The cluster has no word of its own on it any more: what is shipped holds.</summary>
[StoredAs("area_skill_reset")]
internal sealed record AreaSkillReset(Id<Cluster> Cluster, string Area, string Uri, Id<Person> By, DateTimeOffset At) : AreasEvent;

/// <summary>An own area begins, or has other names from now on.</summary>
[StoredAs("area_named")]
internal sealed record AreaNamed(Id<Cluster> Cluster, string Area, ValueList<AreaName> Names, Id<Person> By, DateTimeOffset At) : AreasEvent;

/// <summary>An own area ends, and with it what the cluster said of it.</summary>
[StoredAs("area_closed")]
internal sealed record AreaClosed(Id<Cluster> Cluster, string Area, Id<Person> By, DateTimeOffset At) : AreasEvent;

/// <summary>Of one area, or of all: what is shipped holds. Own areas stay.</summary>
/// <param name="Area">Null for all.</param>
[StoredAs("areas_restored")]
internal sealed record AreasRestored(Id<Cluster> Cluster, string? Area, Id<Person> By, DateTimeOffset At) : AreasEvent;

/// <summary>The last change was undone: everything is as it stands here.</summary>
[StoredAs("areas_put_back")]
internal sealed record AreasPutBack(
    Id<Cluster> Cluster, ValueList<AreaRule> Rules, ValueList<OwnArea> Own, Id<Person> By, DateTimeOffset At) : AreasEvent;

/// <summary>What a cluster says of a skill, or of all below a broader concept.</summary>
/// <param name="Included">In the area; false for not in it, whatever is shipped.</param>
internal sealed record AreaRule(string Area, string Uri, bool Included);

/// <summary>What an own area is called in one language.</summary>
internal sealed record AreaName(string Language, string Name);

/// <summary>An area that a cluster made itself.</summary>
internal sealed record OwnArea(string Key, ValueList<AreaName> Names);

/// <summary>One cluster's own view of the areas: what it changed in the shipped ones, and areas of its own.</summary>
/// <param name="Before">What an undo brings back; null when there is nothing to undo.</param>
internal sealed record ClusterAreas(ValueList<AreaRule> Rules, ValueList<OwnArea> Own, ClusterAreas? Before) : IState<ClusterAreas, AreasEvent>
{
    public static ClusterAreas Initial { get; } = new([], [], null);

    public static Guid IdOf(Id<Cluster> cluster) => NamedGuid.Of("cluster-areas", cluster.ToString());

    public static ClusterAreas Evolve(ClusterAreas state, AreasEvent fact) => fact switch
    {
        AreaSkillAdded e => state.After(state.With(e.Area, e.Uri, true), state.Own),
        AreaSkillRemoved e => state.After(state.With(e.Area, e.Uri, false), state.Own),
        AreaSkillReset e => state.After(state.With(e.Area, e.Uri, null), state.Own),
        AreaNamed e => state.After(state.Rules, state.Named(new(e.Area, e.Names))),
        AreaClosed e => state.After([.. state.Rules.Where(r => r.Area != e.Area)], [.. state.Own.Where(o => o.Key != e.Area)]),
        AreasRestored e => state.After([.. state.Rules.Where(r => e.Area is not null && r.Area != e.Area)], state.Own),
        AreasPutBack e => state.After(e.Rules, e.Own),
        _ => throw new UnreachableException(fact.GetType().Name),
    };

    public bool Knows(string area) => AreaKeys.Shipped.Contains(area) || Own.Any(o => o.Key == area);

    public bool? Says(string area, string uri) => Rules.FirstOrDefault(r => r.Area == area && r.Uri == uri)?.Included;

    // One step back is kept, not a chain: a state must not hold all of its past.
    private ClusterAreas After(ValueList<AreaRule> rules, ValueList<OwnArea> own) => new(rules, own, this with { Before = null });

    private ValueList<AreaRule> With(string area, string uri, bool? included)
    {
        var others = Rules.Where(r => r.Area != area || r.Uri != uri);
        return included is { } now ? [.. others, new(area, uri, now)] : [.. others];
    }

    private ValueList<OwnArea> Named(OwnArea area) =>
        Own.Any(o => o.Key == area.Key) ? [.. Own.Select(o => o.Key == area.Key ? area : o)] : [.. Own, area];
}

/// <summary>The keys of areas: those that are shipped, and the form of a cluster's own.</summary>
internal static class AreaKeys
{
    /// <summary>Of skills that lie in no area at all.</summary>
    public const string Other = "other";

    public const string CrossJob = "cross-job", Digital = "digital", Green = "green", Management = "management";

    public static IReadOnlyList<string> Shipped { get; } = ["production", "marketing", CrossJob, Digital, Green, Management, Other];

    /// <summary>Where an area stands among the others, by its key alone: as in <see cref="InOrder"/>, a cluster's own ones beside each other.</summary>
    public static int Order(string area) => area == Other ? int.MaxValue : Shipped.Index().Where(k => k.Item == area).Select(k => k.Index).FirstOrDefault(Shipped.Count);

    /// <summary>Shipped ones first, the cluster's own after them, <c>other</c> last.</summary>
    public static IReadOnlyList<string> InOrder(ClusterAreas areas) =>
        [.. Shipped.Where(k => k != Other), .. areas.Own.Select(o => o.Key), Other];
}
