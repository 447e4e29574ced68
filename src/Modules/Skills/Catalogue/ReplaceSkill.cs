using ClusterNet.EventStore;

namespace ClusterNet.Skills.Catalogue;

/// <summary>Puts other skills in the place of one that may be in use: what names it keeps it, new use is sent to them.</summary>
internal sealed record ReplaceSkill(ValueList<string> ByUris, string Source, DateTimeOffset Now) : ICommand<Skill, SkillEvent>
{
    public static readonly Refusal NotListed = new("skill-unknown", "The catalogue has no such skill; look it up with GET /api/v1/skills?q=….", 404);
    public static readonly Refusal ByItself = new("skill-replaced-by-itself", "A skill cannot stand in its own place; name another one.", 422);
    public static readonly Refusal ByNothing = new("successor-needed", "Name at least one skill that stands in its place, or withdraw it.", 422);

    public Decision<SkillEvent> Decide(Skill state) => state switch
    {
        Skill.Listed known when ByUris.Contains(known.Uri) => ByItself,
        Skill.Listed when ByUris.Count == 0 => ByNothing,
        Skill.Listed known when known.ReplacedBy.Equals(ByUris) => Decision<SkillEvent>.Nothing,
        Skill.Listed => new SkillReplaced(ByUris, Source, Now),
        _ => NotListed,
    };
}

/// <summary>Takes a skill out of new use with nothing in its place.</summary>
internal sealed record RetireSkill(SkillEnd Why, string Source, DateTimeOffset Now) : ICommand<Skill, SkillEvent>
{
    public Decision<SkillEvent> Decide(Skill state) => state switch
    {
        Skill.Listed { IsRetired: true } => Decision<SkillEvent>.Nothing,
        Skill.Listed => new SkillRetired(Why, Source, Now),
        _ => ReplaceSkill.NotListed,
    };
}

/// <summary>Lists a skill that was not imported: a cluster's own, or a framework's.</summary>
/// <param name="Cluster">Null for everybody's.</param>
internal sealed record ListSkill(
    string Uri, Id<Clusters.Contracts.Cluster>? Cluster, SkillShape Shape, ValueList<SkillWords> Words, string Source, DateTimeOffset Now)
    : ICommand<Skill, SkillEvent>
{
    public static readonly Refusal ListedOtherwise = new("skill-listed", "The catalogue has this skill with another content; change that one.");

    public Decision<SkillEvent> Decide(Skill state) => state switch
    {
        Skill.Absent => new SkillListed(Uri, Cluster, Shape, Words, Source, Now),
        Skill.Listed known when known.Cluster == Cluster && known.Shape == Shape && known.Words.Equals(Words) => Decision<SkillEvent>.Nothing,
        _ => ListedOtherwise,
    };
}

/// <summary>Changes a listed skill's shape or languages; what is null or not named stays.</summary>
internal sealed record ChangeSkill(SkillShape? Shape, ValueList<SkillWords> Words, string Source, DateTimeOffset Now) : ICommand<Skill, SkillEvent>
{
    public Decision<SkillEvent> Decide(Skill state)
    {
        if (state is not Skill.Listed known) return ReplaceSkill.NotListed;
        var shape = Shape == known.Shape ? null : Shape;
        var words = Words.Where(w => known.WordsIn(w.Language)?.SaysTheSame(w) != true);
        ValueList<SkillWords> changed = [.. words.OrderBy(w => w.Language, StringComparer.Ordinal)];
        return shape is null && changed.Count == 0 ? Decision<SkillEvent>.Nothing : new SkillChanged(shape, changed, Source, Now);
    }
}
