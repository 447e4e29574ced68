using ClusterNet.EventStore;

namespace ClusterNet.Skills.Catalogue;

/// <summary>
/// Takes one concept in. Languages are merged: what the import says of a language replaces what was known of it, other languages stay.
/// Where the import says nothing (no type, no relations file), what was known stays as well.
/// </summary>
internal sealed record ImportSkill(
    string Uri, string Type, string ReuseLevel, ValueList<SkillTexts> Texts, ValueList<string> BroaderUris, string Source,
    DateTimeOffset Now)
    : ICommand<Skill, SkillEvent>
{
    public static ImportSkill Of(EscoConcept concept, string source, DateTimeOffset now) => new(
        concept.Uri, concept.SkillType, concept.ReuseLevel,
        [.. concept.PreferredLabels.OrderBy(l => l.Key, StringComparer.Ordinal)
            .Select(l => new SkillTexts(l.Key, l.Value, [.. concept.AltLabels.GetValueOrDefault(l.Key, []).Distinct()]))],
        [.. concept.BroaderUris], source, now);

    public Decision<SkillEvent> Decide(Skill state)
    {
        if (state is not Skill.Listed known) return new SkillImported(Uri, Type, ReuseLevel, Texts, BroaderUris, Source, Now);
        var merged = new Skill.Listed(
            Type.Length == 0 ? known.Type : Type, ReuseLevel.Length == 0 ? known.ReuseLevel : ReuseLevel,
            Merged(known.Texts), BroaderUris.Count == 0 ? known.BroaderUris : BroaderUris);
        return merged == known
            ? Decision<SkillEvent>.Nothing
            : new SkillRevised(merged.Type, merged.ReuseLevel, merged.Texts, merged.BroaderUris, Source, Now);
    }

    private ValueList<SkillTexts> Merged(ValueList<SkillTexts> known)
    {
        var ours = Texts.Select(t => t.Language).ToHashSet();
        return [.. known.Where(t => !ours.Contains(t.Language)).Concat(Texts).OrderBy(t => t.Language, StringComparer.Ordinal)];
    }
}
