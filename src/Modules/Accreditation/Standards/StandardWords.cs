using System.Globalization;
using ClusterNet.Accreditation.Resources;
using ClusterNet.Learning.Contracts;
using Microsoft.Extensions.Localization;

namespace ClusterNet.Accreditation.Standards;

/// <summary>One part of a standard, in sentences.</summary>
/// <param name="Part">Part-… among the texts.</param>
internal sealed record StandardPart(string Part, IReadOnlyList<string> Lines);

/// <summary>What a version says and the other one does not.</summary>
internal sealed record StandardChanges(IReadOnlyList<string> Gone, IReadOnlyList<string> Added)
{
    public bool None => Gone.Count + Added.Count == 0;
}

/// <summary>A standard in plain words of the reader's language: what asks for nothing is not said.</summary>
internal sealed class StandardWords(IStringLocalizer<StandardTexts> text, IStringLocalizer<Texts> common)
{
    /// <param name="skill">What the skill is called.</param>
    public IReadOnlyList<StandardPart> Of(StandardTerms terms, string skill)
    {
        StandardPart[] parts =
        [
            new("About", [.. About(terms, skill)]),
            new("Outcomes", [.. terms.Outcomes.Select(o => text[$"W-Outcome-{o.Type}", o.Text].Value)]),
            new("Criteria", [.. Criteria(terms)]), new("Evidence", [.. Evidence(terms.EvidenceRules)]), new("Assessment", [.. Assessment(terms.Assessors)]),
            new("Decision", [.. Decision(terms.Deciding())]), new("Validity", [.. Validity(terms)]),
            new("Conduct", terms.Scheme is { CodeOfConduct.Length: > 0 } s ? [s.CodeOfConduct] : []),
        ];
        return [.. parts.Where(p => p.Lines.Count > 0)];
    }

    public static StandardChanges Between(IReadOnlyList<StandardPart> before, IReadOnlyList<StandardPart> after)
    {
        var (old, now) = (before.SelectMany(p => p.Lines).ToList(), after.SelectMany(p => p.Lines).ToList());
        return new([.. old.Except(now)], [.. now.Except(old)]);
    }

    public string KindOf(LearningKind kind) => common["Kind-" + kind];

    private IEnumerable<string> About(StandardTerms terms, string skill)
    {
        yield return text["W-Skill", skill];
        yield return text["W-Level", terms.EqfLevel];
        if (terms.Scheme is not { } scheme) yield break;
        if (scheme.Description.Length > 0) yield return scheme.Description;
        if (scheme.Prerequisites.Length > 0) yield return text["W-Prerequisites", scheme.Prerequisites];
        if (scheme.Limits.Length > 0) yield return text["W-Limits", scheme.Limits];
    }

    private IEnumerable<string> Criteria(StandardTerms terms)
    {
        foreach (var criterion in terms.Criteria) yield return text[criterion.Optional ? "W-CriterionOptional" : "W-Criterion", criterion.Code, criterion.Text];
        if (terms.EvidenceRules.MinOptional > 0) yield return text["W-MinOptional", terms.EvidenceRules.MinOptional];
    }

    private IEnumerable<string> Evidence(EvidenceRules rules)
    {
        yield return text["W-MinItems", rules.MinItems, rules.MaxAgeMonths];
        (string Key, int Number)[] numbers =
        [
            ("W-MinKinds", rules.MinKinds), ("W-MinMinutes", rules.MinMinutes), ("W-MinConfirmed", rules.MinConfirmed), ("W-MinFromOtherFirms", rules.MinFromOtherFirms),
            ("W-OtherFirmsPercent", rules.OtherFirmsPercent), ("W-MinPerCriterion", rules.MinPerCriterion), ("W-MinKindsPerCriterion", rules.MinKindsPerCriterion),
        ];
        foreach (var (key, number) in numbers)
            if (number > 0) yield return text[key, number.ToString("N0", CultureInfo.CurrentCulture)];
        if (rules.Recent is { } recent) yield return text["W-Recent", recent.MinItems, recent.WithinMonths];
        if (rules.Kinds is not { Count: > 0 } kinds) yield break;
        yield return text["W-KindsCount", string.Join(", ", kinds.Select(k => KindOf(k.Kind)))];
        foreach (var kind in kinds.Where(k => k.MinItems > 0)) yield return text["W-KindMin", kind.MinItems, KindOf(kind.Kind)];
    }

    private IEnumerable<string> Assessment(AssessorRules rules)
    {
        yield return text["W-Assessors", rules.Count];
        if (rules.SecondFromLevel is { } level) yield return text["W-SecondFromLevel", level];
        yield return text["W-CoolingOff", rules.CoolingOffMonths];
        if (rules.BlindPercent > 0) yield return text["W-Blind", rules.BlindPercent];
        if (rules.DaysToAssess > 0) yield return text["W-DaysToAssess", rules.DaysToAssess];
    }

    private IEnumerable<string> Decision(DecisionTerms terms)
    {
        yield return text["W-Deciders", terms.Deciders];
        if (terms.DaysToDecide > 0) yield return text["W-DaysToDecide", terms.DaysToDecide];
        yield return text["W-DaysToAppeal", terms.DaysToAppeal];
        yield return text[terms.Conditions ? "W-Conditions" : "W-NoConditions"];
    }

    private IEnumerable<string> Validity(StandardTerms terms)
    {
        yield return text["W-Validity", terms.ValidityMonths];
        if (terms.Renewal is { } renewal)
        {
            yield return text["W-RenewFrom", renewal.FromMonths];
            if (renewal.MinItems > 0) yield return text["W-RenewItems", renewal.MinItems, renewal.WithinMonths];
        }

        if (terms.Surveillance is { } surveillance) yield return text["W-Surveillance", surveillance.Percent, surveillance.EveryMonths];
    }
}
