using ClusterNet.Access.Contracts;
using ClusterNet.Accreditation.Standards;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;

namespace ClusterNet.Accreditation.Applications;

/// <summary>
/// A learning record as evidence: its facts as they were at the version named, and the criteria to which the candidate put it.
/// </summary>
internal sealed record EvidenceItem(
    Id<LearningRecord> Record, long Version, Id<Firm> Firm, LearningKind Kind, DateTimeOffset HappenedAt, int Minutes,
    ValueList<string> SkillUris, ValueList<Id<Person>> With, ValueList<EvidenceConfirmation> ConfirmedBy, bool Disputed,
    ValueList<string> Criteria)
{
    public static EvidenceItem Of(RecordFacts facts, ValueList<string> criteria) => new(
        facts.Record, facts.Version, facts.Firm, facts.Kind, facts.HappenedAt, facts.Minutes, [.. facts.SkillUris], [.. facts.With],
        [.. facts.ConfirmedBy.Select(c => new EvidenceConfirmation(c.Person, c.Firm))], facts.Disputed, criteria);
}

/// <summary>Who was there and confirmed it, with the firm of that time.</summary>
internal sealed record EvidenceConfirmation(Id<Person> Person, Id<Firm> Firm);

/// <summary>One rule that the evidence does not satisfy.</summary>
internal sealed record Shortfall(string Rule, int Have, int Need);

/// <summary>What the evidence rules say of a portfolio.</summary>
/// <param name="TooOld">Records that do not count because of their age.</param>
/// <param name="Disputed">Records that do not count because somebody disputes them: they are not shown to be authentic.</param>
/// <param name="Uncovered">Criteria to which no counting record is put.</param>
internal sealed record EvidenceVerdict(
    ValueList<Shortfall> Shortfalls, ValueList<Id<LearningRecord>> TooOld, ValueList<Id<LearningRecord>> Disputed,
    ValueList<string> Uncovered)
{
    /// <summary>The rule that every criterion has evidence.</summary>
    public const string CriteriaCovered = "criteriaCovered";

    public bool Sufficient => Shortfalls.Count == 0;

    /// <summary>
    /// Evidence has to be valid (put to a criterion), authentic (not disputed, confirmed), current (age) and sufficient (number, kinds,
    /// time) (European guidelines for validating non-formal and informal learning, Cedefop 2015, section 4.1).
    /// </summary>
    public static EvidenceVerdict Of(Id<Person> candidate, IReadOnlyCollection<EvidenceItem> items, StandardTerms terms, DateTimeOffset at)
    {
        var rules = terms.EvidenceRules;
        var oldest = at.AddMonths(-rules.MaxAgeMonths);
        var counting = items.Where(i => !i.Disputed && i.HappenedAt >= oldest && i.HappenedAt <= at).ToList();
        ValueList<string> uncovered = [.. terms.Criteria.Select(c => c.Code).Where(code => !counting.Any(i => i.Criteria.Contains(code)))];
        Shortfall[] all =
        [
            new("minItems", counting.Count, rules.MinItems),
            new("minKinds", counting.DistinctBy(i => i.Kind).Count(), rules.MinKinds),
            new("minMinutes", counting.Sum(i => i.Minutes), rules.MinMinutes),
            new("minConfirmed", counting.Count(i => i.ConfirmedBy.Any(c => c.Person != candidate)), rules.MinConfirmed),
            new("minFromOtherFirms", counting.Count(i => i.ConfirmedBy.Any(c => c.Person != candidate && c.Firm != i.Firm)),
                rules.MinFromOtherFirms),
            new(CriteriaCovered, terms.Criteria.Count - uncovered.Count, terms.Criteria.Count),
        ];
        return new(
            [.. all.Where(s => s.Have < s.Need)],
            [.. items.Where(i => i.HappenedAt < oldest).Select(i => i.Record)],
            [.. items.Where(i => i.Disputed).Select(i => i.Record)],
            uncovered);
    }
}
