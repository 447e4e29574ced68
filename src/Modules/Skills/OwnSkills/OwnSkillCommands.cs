using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Skills.Catalogue;

namespace ClusterNet.Skills.OwnSkills;

internal static class OwnSkillRefusals
{
    public static readonly Refusal Unknown = new("own-skill-unknown", "The cluster has no such own skill; look it up in its list.", 404);

    public static readonly Refusal NotListed = new(
        "own-skill-not-listed", "That can be done with an accepted skill only. Look at its state; a proposal has to be reviewed first.");

    public static readonly Refusal LabelTaken = new(
        "label-taken", "The cluster has a skill of this name in this language already, or somebody proposed it. Use that one, or choose another name.");
}

/// <summary>Proposes a skill that the catalogue lacks.</summary>
internal sealed record ProposeOwnSkill(
    Id<Cluster> Cluster, string Type, ValueList<OwnSkillWords> Words, string Why, Id<Person> By, DateTimeOffset Now)
    : ICommand<OwnSkill, OwnSkillEvent>
{
    public Decision<OwnSkillEvent> Decide(OwnSkill state) => state is OwnSkill.Absent
        ? new OwnSkillProposed(Cluster, Type, Words, By, Why, Now)
        : Decision<OwnSkillEvent>.Nothing;
}

/// <summary>Says it in other words: who proposed it while it is a proposal, a coordinator at any time.</summary>
internal sealed record RewordOwnSkill(
    Id<Cluster> Cluster, string Type, ValueList<OwnSkillWords> Words, Id<Person> By, bool IsCoordinator, DateTimeOffset Now)
    : ICommand<OwnSkill, OwnSkillEvent>
{
    public static readonly Refusal NotYours = new(
        "not-allowed", "A proposal is reworded by who made it, an accepted skill by a coordinator of the cluster.", 403);

    public Decision<OwnSkillEvent> Decide(OwnSkill state) => state switch
    {
        OwnSkill.Proposed p when p.Cluster != Cluster => OwnSkillRefusals.Unknown,
        OwnSkill.Listed l when l.Cluster != Cluster => OwnSkillRefusals.Unknown,
        OwnSkill.Proposed p when p.By != By && !IsCoordinator => NotYours,
        OwnSkill.Listed when !IsCoordinator => NotYours,
        OwnSkill.Proposed { IsReturned: false } p when p.Type == Type && p.Words.Equals(Words) => Decision<OwnSkillEvent>.Nothing,
        OwnSkill.Listed l when l.Type == Type && l.Words.Equals(Whole(l.Words)) => Decision<OwnSkillEvent>.Nothing,
        OwnSkill.Proposed => new OwnSkillReworded(Cluster, Type, Words, By, Now),
        OwnSkill.Listed l => new OwnSkillReworded(Cluster, Type, Whole(l.Words), By, Now),
        OwnSkill.Absent => OwnSkillRefusals.Unknown,
        _ => OwnSkillRefusals.NotListed,
    };

    // Of what is listed no language goes: somebody may know the skill by that name only.
    private ValueList<OwnSkillWords> Whole(ValueList<OwnSkillWords> known) =>
        [.. known.Where(k => Words.All(w => w.Language != k.Language)).Concat(Words).OrderBy(w => w.Language, StringComparer.Ordinal)];
}

/// <summary>What a coordinator answers to a proposal.</summary>
internal enum ReviewVerdict
{
    Accept,
    Decline,
    Return,
}

internal sealed record ReviewOwnSkill(Id<Cluster> Cluster, ReviewVerdict Verdict, string Reason, Id<Person> By, DateTimeOffset Now)
    : ICommand<OwnSkill, OwnSkillEvent>
{
    public static readonly Refusal NotProposed = new(
        "own-skill-not-proposed", "There is no proposal to review: it was accepted or declined already. Look at its state.");

    public static readonly Refusal IsReturned = new(
        "own-skill-returned", "The proposal was sent back and waits for who made it. Reword it yourself, or wait.");

    public Decision<OwnSkillEvent> Decide(OwnSkill state) => (state, Verdict) switch
    {
        (OwnSkill.Proposed p, _) when p.Cluster != Cluster => OwnSkillRefusals.Unknown,
        (OwnSkill.Proposed { IsReturned: true }, ReviewVerdict.Return) => Decision<OwnSkillEvent>.Nothing,
        (OwnSkill.Proposed { IsReturned: true }, ReviewVerdict.Accept) => IsReturned,
        (OwnSkill.Proposed, ReviewVerdict.Accept) => new OwnSkillAccepted(Cluster, By, Now),
        (OwnSkill.Proposed, ReviewVerdict.Decline) => new OwnSkillDeclined(Cluster, By, Reason, Now),
        (OwnSkill.Proposed, ReviewVerdict.Return) => new OwnSkillReturned(Cluster, By, Reason, Now),
        (OwnSkill.Listed l, ReviewVerdict.Accept) when l.Cluster == Cluster => Decision<OwnSkillEvent>.Nothing,
        (OwnSkill.Declined d, ReviewVerdict.Decline) when d.Cluster == Cluster => Decision<OwnSkillEvent>.Nothing,
        (OwnSkill.Absent, _) => OwnSkillRefusals.Unknown,
        _ => NotProposed,
    };
}

/// <summary>Says to which concept of the catalogue an own skill corresponds, and how; or that it does not any more.</summary>
/// <param name="Match">Null takes the mapping back.</param>
internal sealed record MapOwnSkill(Id<Cluster> Cluster, Id<OwnSkill> Own, string Uri, MatchKind? Match, Id<Person> By, DateTimeOffset Now)
    : ICommand<OwnSkill, OwnSkillEvent>
{
    private const int Most = 20;

    public static readonly Refusal ToItself = new("mapped-to-itself", "A skill cannot be mapped to itself. Choose a concept of another classification.", 422);

    public static readonly Refusal ToOwn = new(
        "mapped-to-own", "This is a cluster's own skill. Mappings lead to another classification; merge two own skills that are the same.", 422);

    public static readonly Refusal ToRetired = new(
        "mapped-to-retired", "This concept is not in use any more. Map to what stands in its place.", 422);

    public static readonly Refusal ToGroup = new(
        "mapped-to-group", "This is a group of skills: an own skill can only be narrower than it. Send broad.", 422);

    public static readonly Refusal SecondExact = new(
        "exact-match-exists", "The skill is the same as another concept already: two exact matches would say that those two are one. Make one of them close.");

    public static readonly Refusal TooMany = new("mappings-full", $"A skill has {Most} mappings at most. Take one back first.");

    public Decision<OwnSkillEvent> Decide(OwnSkill state) => state switch
    {
        _ when Uri == OwnSkill.UriOf(Own) => ToItself,
        OwnSkill.Listed l when l.Cluster != Cluster => OwnSkillRefusals.Unknown,
        OwnSkill.Listed l when l.Mappings.FirstOrDefault(m => m.Uri == Uri)?.Match == Match => Decision<OwnSkillEvent>.Nothing,
        OwnSkill.Listed when Match is null => new OwnSkillUnmapped(Cluster, Uri, By, Now),
        // exactMatch is transitive (SKOS Reference, S45).
        OwnSkill.Listed l when Match == MatchKind.Exact && l.Mappings.Any(m => m.Match == MatchKind.Exact && m.Uri != Uri) => SecondExact,
        OwnSkill.Listed l when l.Mappings.Count >= Most && l.Mappings.All(m => m.Uri != Uri) => TooMany,
        OwnSkill.Listed => new OwnSkillMapped(Cluster, Uri, Match!.Value, By, Now), // null was answered above
        OwnSkill.Absent => OwnSkillRefusals.Unknown,
        _ => OwnSkillRefusals.NotListed,
    };
}

internal sealed record RetireOwnSkill(Id<Cluster> Cluster, string Reason, Id<Person> By, DateTimeOffset Now) : ICommand<OwnSkill, OwnSkillEvent>
{
    public Decision<OwnSkillEvent> Decide(OwnSkill state) => state switch
    {
        OwnSkill.Listed l when l.Cluster != Cluster => OwnSkillRefusals.Unknown,
        OwnSkill.Listed => new OwnSkillRetired(Cluster, By, Reason, Now),
        OwnSkill.Retired r when r.Cluster == Cluster => Decision<OwnSkillEvent>.Nothing,
        OwnSkill.Absent => OwnSkillRefusals.Unknown,
        _ => OwnSkillRefusals.NotListed,
    };
}

/// <summary>Merges one own skill into another: this is the side that goes. <see cref="TakeOver"/> decides the other in the same commit.</summary>
internal sealed record MergeOwnSkill(Id<Cluster> Cluster, Id<OwnSkill> Own, Id<OwnSkill> Into, Id<Person> By, DateTimeOffset Now)
    : ICommand<OwnSkill, OwnSkillEvent>
{
    public static readonly Refusal IntoItself = new("merged-into-itself", "A skill cannot be merged into itself. Choose another one.", 422);

    public static readonly Refusal AlreadyMerged = new("own-skill-merged", "The skill was merged already. Undo that first, or merge what it was merged into.");

    public Decision<OwnSkillEvent> Decide(OwnSkill state) => state switch
    {
        _ when Own == Into => IntoItself,
        OwnSkill.Listed l when l.Cluster != Cluster => OwnSkillRefusals.Unknown,
        OwnSkill.Listed => new OwnSkillMerged(Cluster, Into, By, Now),
        OwnSkill.Merged m when m.Was.Cluster != Cluster => OwnSkillRefusals.Unknown,
        OwnSkill.Merged m when m.Into == Into => Decision<OwnSkillEvent>.Nothing,
        OwnSkill.Merged => AlreadyMerged,
        OwnSkill.Absent => OwnSkillRefusals.Unknown,
        _ => OwnSkillRefusals.NotListed,
    };
}

/// <summary>The side of a merge that stays. It must be listed, so no merge can lead in a circle: what was merged takes nothing over.</summary>
internal sealed record TakeOver(Id<Cluster> Cluster, Id<OwnSkill> From, ValueList<OwnSkillWords> Words, Id<Person> By, DateTimeOffset Now)
    : ICommand<OwnSkill, OwnSkillEvent>
{
    public static readonly Refusal IntoMerged = new(
        "merged-into-merged", "That skill was itself merged into another one. Merge into the one that stands in its place.");

    public static readonly Refusal OtherCluster = new(
        "merged-across-clusters", "The two skills belong to different clusters. Only skills of the same cluster are merged.", 422);

    public Decision<OwnSkillEvent> Decide(OwnSkill state) => state switch
    {
        OwnSkill.Listed l when l.Cluster != Cluster => OtherCluster,
        OwnSkill.Merged m when m.Was.Cluster != Cluster => OtherCluster,
        OwnSkill.Proposed p when p.Cluster != Cluster => OtherCluster,
        OwnSkill.Listed => new OwnSkillTookOver(Cluster, From, Words, By, Now),
        OwnSkill.Merged => IntoMerged,
        OwnSkill.Absent => OwnSkillRefusals.Unknown with { Status = 422 },
        _ => OwnSkillRefusals.NotListed,
    };
}

/// <summary>Undoes a merge, from the side that went.</summary>
internal sealed record UnmergeOwnSkill(Id<Cluster> Cluster, Id<OwnSkill> From, Id<Person> By, DateTimeOffset Now) : ICommand<OwnSkill, OwnSkillEvent>
{
    public static readonly Refusal NotMerged = new("own-skill-not-merged", "The skill is not merged into another one: there is nothing to undo.");

    public Decision<OwnSkillEvent> Decide(OwnSkill state) => state switch
    {
        OwnSkill.Merged m when m.Was.Cluster == Cluster => new OwnSkillUnmerged(Cluster, m.Into, By, Now),
        OwnSkill.Absent => OwnSkillRefusals.Unknown,
        OwnSkill.Merged => OwnSkillRefusals.Unknown,
        _ => NotMerged,
    };
}

/// <summary>
/// Undoes a merge, on the side that stayed. Safe only while that side is listed: since it was merged on or retired, others may rely on where
/// it led.
/// </summary>
internal sealed record GiveBack(Id<Cluster> Cluster, Id<OwnSkill> From, Id<Person> By, DateTimeOffset Now) : ICommand<OwnSkill, OwnSkillEvent>
{
    public static readonly Refusal WentOn = new(
        "merge-not-undoable", "What it was merged into was itself merged or retired since. Undo that first.");

    public Decision<OwnSkillEvent> Decide(OwnSkill state) =>
        state is OwnSkill.Listed l && l.Stands.Any(s => s.From == From) ? new OwnSkillGaveBack(Cluster, From, By, Now) : WentOn;
}

/// <summary>For new use again in the catalogue.</summary>
internal sealed record RestoreSkill(string Source, DateTimeOffset Now) : ICommand<Skill, SkillEvent>
{
    public Decision<SkillEvent> Decide(Skill state) =>
        state is Skill.Listed { IsRetired: true } ? new SkillRestored(Source, Now) : Decision<SkillEvent>.Nothing;
}
