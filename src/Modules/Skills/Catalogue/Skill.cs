using System.Diagnostics;
using ClusterNet.EventStore;

namespace ClusterNet.Skills.Catalogue;

internal abstract record SkillEvent;

/// <param name="Texts">Labels, one entry per language, ordered by language.</param>
/// <param name="Source">Where it came from, such as <c>starter 1</c> or <c>ESCO 1.1.1</c>.</param>
[StoredAs("skill_imported")]
internal sealed record SkillImported(
    string Uri, string Type, string ReuseLevel, ValueList<SkillTexts> Texts, ValueList<string> BroaderUris, string Source,
    DateTimeOffset At) : SkillEvent;

/// <summary>A later import said otherwise: the whole content as it is from now on.</summary>
[StoredAs("skill_revised")]
internal sealed record SkillRevised(
    string Type, string ReuseLevel, ValueList<SkillTexts> Texts, ValueList<string> BroaderUris, string Source, DateTimeOffset At)
        : SkillEvent;

/// <summary>What a skill is called in one language.</summary>
/// <param name="Language">BCP 47, such as <c>de</c>.</param>
internal sealed record SkillTexts(string Language, string Preferred, ValueList<string> Alternative);

/// <summary>One concept of the catalogue: a skill or a piece of knowledge in ESCO's sense, named by its concept URI.</summary>
internal abstract record Skill : IState<Skill, SkillEvent>
{
    public sealed record Absent : Skill;

    public sealed record Listed(string Type, string ReuseLevel, ValueList<SkillTexts> Texts, ValueList<string> BroaderUris) : Skill;

    public static Skill Initial { get; } = new Absent();

    public static Skill Evolve(Skill state, SkillEvent fact) => fact switch
    {
        SkillImported e => new Listed(e.Type, e.ReuseLevel, e.Texts, e.BroaderUris),
        SkillRevised e => new Listed(e.Type, e.ReuseLevel, e.Texts, e.BroaderUris),
        _ => throw new UnreachableException(fact.GetType().Name),
    };

    /// <summary>The stream of a concept: the same URI is always the same stream.</summary>
    public static Guid StreamOf(string uri) => NamedGuid.Of("skill", uri);
}
