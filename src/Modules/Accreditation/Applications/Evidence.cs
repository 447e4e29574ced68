using System.Text.Json.Serialization;
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

    /// <summary>Whether somebody else than the candidate has confirmed it.</summary>
    public bool IsConfirmed(Id<Person> candidate) => ConfirmedBy.Any(c => c.Person != candidate);

    /// <summary>Whether somebody of another firm than the record's has.</summary>
    public bool IsConfirmedElsewhere(Id<Person> candidate) => ConfirmedBy.Any(c => c.Person != candidate && c.Firm != Firm);
}

/// <summary>Who was there and confirmed it, with the firm of that time.</summary>
internal sealed record EvidenceConfirmation(Id<Person> Person, Id<Firm> Firm);

/// <summary>One rule that the evidence does not satisfy.</summary>
/// <param name="Have">Items, kinds, minutes, criteria or, of shares, parts of a hundred.</param>
/// <param name="Criterion">The criterion that it is about, where it is about one.</param>
/// <param name="Kind">The kind of learning that it is about, where it is about one.</param>
internal sealed record Shortfall(
    string Rule, int Have, int Need,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Criterion = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] LearningKind? Kind = null);

/// <summary>What the evidence rules say of a portfolio.</summary>
/// <param name="TooOld">Records that do not count because of their age.</param>
/// <param name="Disputed">Records that do not count because somebody disputes them: they are not shown to be authentic.</param>
/// <param name="OtherKinds">Records that do not count because the standard takes no evidence of their kind.</param>
/// <param name="Uncovered">Criteria that have to be shown and to which no counting record is put.</param>
internal sealed record EvidenceVerdict(
    ValueList<Shortfall> Shortfalls, ValueList<Id<LearningRecord>> TooOld, ValueList<Id<LearningRecord>> Disputed,
    ValueList<Id<LearningRecord>> OtherKinds, ValueList<string> Uncovered)
{
    /// <summary>The rule that every criterion has evidence.</summary>
    public const string CriteriaCovered = "criteriaCovered";

    /// <summary>The rule on optional criteria.</summary>
    public const string MinOptional = "minOptional";

    public bool Sufficient => Shortfalls.Count == 0;

    /// <summary>
    /// Evidence has to be valid (put to a criterion), authentic (not disputed, confirmed), current (age) and sufficient (number, kinds,
    /// time) (European guidelines for validating non-formal and informal learning, Cedefop 2015, section 4.1).
    /// </summary>
    public static EvidenceVerdict Of(Id<Person> candidate, IReadOnlyCollection<EvidenceItem> items, StandardTerms terms, DateTimeOffset at)
    {
        var rules = terms.EvidenceRules;
        var oldest = at.AddMonths(-rules.MaxAgeMonths);
        var counting = items.Where(i => !i.Disputed && i.HappenedAt >= oldest && i.HappenedAt <= at && rules.Counts(i.Kind)).ToList();
        ValueList<string> uncovered =
            [.. terms.Criteria.Where(c => !c.Optional && !counting.Any(i => i.Criteria.Contains(c.Code))).Select(c => c.Code)];
        var mandatory = terms.Criteria.Count(c => !c.Optional);
        IEnumerable<Shortfall> all =
        [
            .. OfAll(candidate, counting, rules, at), .. OfKinds(counting, rules),
            new(CriteriaCovered, mandatory - uncovered.Count, mandatory), .. OfCriteria(counting, terms),
        ];
        return new(
            [.. all.Where(s => s.Have < s.Need)],
            [.. items.Where(i => i.HappenedAt < oldest).Select(i => i.Record)],
            [.. items.Where(i => i.Disputed).Select(i => i.Record)],
            [.. items.Where(i => !rules.Counts(i.Kind)).Select(i => i.Record)],
            uncovered);
    }

    private static IEnumerable<Shortfall> OfAll(Id<Person> candidate, List<EvidenceItem> counting, EvidenceRules rules, DateTimeOffset at)
    {
        var confirmed = counting.Count(i => i.IsConfirmed(candidate));
        var byOthers = counting.Count(i => i.IsConfirmedElsewhere(candidate));
        yield return new("minItems", counting.Count, rules.MinItems);
        yield return new("minKinds", counting.DistinctBy(i => i.Kind).Count(), rules.MinKinds);
        yield return new("minMinutes", counting.Sum(i => i.Minutes), rules.MinMinutes);
        yield return new("minConfirmed", confirmed, rules.MinConfirmed);
        yield return new("minFromOtherFirms", byOthers, rules.MinFromOtherFirms);
        // Cut off, not rounded: 66.7 of a hundred are not 67. Of nothing confirmed, nothing is from elsewhere.
        yield return new("otherFirmsPercent", confirmed == 0 ? 0 : 100 * byOthers / confirmed, rules.OtherFirmsPercent);
        if (rules.Recent is { } recent)
            yield return new("minRecent", counting.Count(i => i.HappenedAt >= at.AddMonths(-recent.WithinMonths)), recent.MinItems);
    }

    private static IEnumerable<Shortfall> OfKinds(List<EvidenceItem> counting, EvidenceRules rules) =>
        (rules.Kinds ?? []).Select(k => new Shortfall("minOfKind", counting.Count(i => i.Kind == k.Kind), k.MinItems, Kind: k.Kind));

    /// <summary>A criterion without evidence lacks that, and not also the number of it.</summary>
    private static IEnumerable<Shortfall> OfCriteria(List<EvidenceItem> counting, StandardTerms terms)
    {
        var (rules, shown) = (terms.EvidenceRules, 0);
        foreach (var criterion in terms.Criteria)
        {
            var put = counting.Where(i => i.Criteria.Contains(criterion.Code)).ToList();
            var kinds = put.DistinctBy(i => i.Kind).Count();
            if (criterion.Optional)
            {
                if (put.Count >= Math.Max(1, rules.MinPerCriterion) && kinds >= rules.MinKindsPerCriterion) shown++;
            }
            else if (put.Count > 0)
            {
                yield return new("minPerCriterion", put.Count, rules.MinPerCriterion, criterion.Code);
                yield return new("minKindsPerCriterion", kinds, rules.MinKindsPerCriterion, criterion.Code);
            }
        }

        yield return new(MinOptional, shown, rules.MinOptional);
    }
}
