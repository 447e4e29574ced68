using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;

namespace ClusterNet.Skills.Areas;

internal static class AreaRefusals
{
    public static readonly Refusal UnknownArea = new(
        "area-unknown", "The cluster has no such area. Take a key from its list of areas, or name an area of its own first.", 404);

    public static readonly Refusal TooMany = new(
        "areas-full", "A cluster may say something of 2,000 skills and groups and have 20 areas of its own. Take something back first.");
}

/// <summary>Says of a skill, or of all below a broader concept, that it lies in an area or not, or leaves that to what is shipped.</summary>
/// <param name="Included">Null leaves it to what is shipped.</param>
internal sealed record PlaceInArea(Id<Cluster> Cluster, string Area, string Uri, bool? Included, Id<Person> By, DateTimeOffset Now)
    : ICommand<ClusterAreas, AreasEvent>
{
    private const int MostRules = 2_000;

    public static readonly Refusal IntoOther = new(
        "area-not-chosen", "A skill lies in 'other' when it lies in no area. Take it out of the others instead.", 422);

    public Decision<AreasEvent> Decide(ClusterAreas state) => Included switch
    {
        _ when Area == AreaKeys.Other => IntoOther,
        _ when !state.Knows(Area) => AreaRefusals.UnknownArea,
        _ when state.Says(Area, Uri) == Included => Decision<AreasEvent>.Nothing,
        null => new AreaSkillReset(Cluster, Area, Uri, By, Now),
        _ when state.Rules.Count >= MostRules && state.Says(Area, Uri) is null => AreaRefusals.TooMany,
        true => new AreaSkillAdded(Cluster, Area, Uri, By, Now),
        false => new AreaSkillRemoved(Cluster, Area, Uri, By, Now),
    };
}

/// <summary>Gives a cluster an area of its own, or an own area other names.</summary>
internal sealed record NameArea(Id<Cluster> Cluster, string Area, ValueList<AreaName> Names, Id<Person> By, DateTimeOffset Now)
    : ICommand<ClusterAreas, AreasEvent>
{
    private const int MostOwn = 20;

    public static readonly Refusal IsShipped = new(
        "area-shipped", "This area comes with the product and keeps its name. Choose another key for an area of the cluster's own.");

    public static readonly Refusal NameTaken = new(
        "area-name-taken", "Another area of the cluster has this name. Choose another one.");

    public Decision<AreasEvent> Decide(ClusterAreas state) => state.Own.FirstOrDefault(o => o.Key == Area) switch
    {
        _ when AreaKeys.Shipped.Contains(Area) => IsShipped,
        { } known when known.Names.Equals(Names) => Decision<AreasEvent>.Nothing,
        _ when state.Own.Where(o => o.Key != Area).SelectMany(o => o.Names).Any(Names.Contains) => NameTaken,
        null when state.Own.Count >= MostOwn => AreaRefusals.TooMany,
        _ => new AreaNamed(Cluster, Area, Names, By, Now),
    };
}

/// <summary>Ends an area of the cluster's own.</summary>
internal sealed record CloseArea(Id<Cluster> Cluster, string Area, Id<Person> By, DateTimeOffset Now) : ICommand<ClusterAreas, AreasEvent>
{
    public Decision<AreasEvent> Decide(ClusterAreas state) => state.Own.Any(o => o.Key == Area)
        ? new AreaClosed(Cluster, Area, By, Now)
        : AreaKeys.Shipped.Contains(Area) ? NameArea.IsShipped : AreaRefusals.UnknownArea;
}

/// <summary>Takes back all that the cluster said of one area, or of all.</summary>
/// <param name="Area">Null for all.</param>
internal sealed record RestoreAreas(Id<Cluster> Cluster, string? Area, Id<Person> By, DateTimeOffset Now) : ICommand<ClusterAreas, AreasEvent>
{
    public Decision<AreasEvent> Decide(ClusterAreas state) => Area switch
    {
        { } area when !state.Knows(area) => AreaRefusals.UnknownArea,
        _ when !state.Rules.Any(r => Area is null || r.Area == Area) => Decision<AreasEvent>.Nothing,
        _ => new AreasRestored(Cluster, Area, By, Now),
    };
}

/// <summary>Brings back what was before the last change; twice, the change itself.</summary>
internal sealed record UndoAreas(Id<Cluster> Cluster, Id<Person> By, DateTimeOffset Now) : ICommand<ClusterAreas, AreasEvent>
{
    public static readonly Refusal NothingToUndo = new("nothing-to-undo", "Nothing was changed in the cluster's areas yet.");

    public Decision<AreasEvent> Decide(ClusterAreas state) =>
        state.Before is { } before ? new AreasPutBack(Cluster, before.Rules, before.Own, By, Now) : NothingToUndo;
}
