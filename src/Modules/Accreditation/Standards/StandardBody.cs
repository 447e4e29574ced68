using System.Text.Json.Serialization;
using ClusterNet.Web;

namespace ClusterNet.Accreditation.Standards;

/// <summary>A standard as it is sent, imported and exported.</summary>
internal record StandardBody(
    string Title, int Version, int EqfLevel, string Skill, int ValidityMonths, IReadOnlyList<LearningOutcome> Outcomes,
    IReadOnlyList<Criterion> Criteria, EvidenceRules EvidenceRules, AssessorRules Assessors) : IValidated
{
    /// <summary>What the network owes to every candidate, in months; a standard may ask for more.</summary>
    public const int LeastCoolingOffMonths = 24;

    /// <summary>The longest time that anything in a standard may take, in months.</summary>
    public const int MostMonths = 240;

    /// <summary>The longest term, in days.</summary>
    public const int MostDays = 3_660;

    /// <summary>Outcomes, and criteria, of one standard.</summary>
    public const int MostLines = 50;

    /// <summary>From this EQF level on the network owes every candidate two assessors.</summary>
    public const int TwoAssessorsFromLevel = 5;

    private const int MostCount = 100;

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SchemeTexts? Scheme { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DecisionTerms? Decisions { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RenewalTerms? Renewal { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SurveillanceTerms? Surveillance { get; init; }

    public static StandardBody Of(StandardTerms t) => new(
        t.Title, t.Version, t.EqfLevel, t.Skill, t.ValidityMonths, t.Outcomes, t.Criteria, t.EvidenceRules, t.Assessors)
    {
        Scheme = t.Scheme,
        Decisions = t.Decisions,
        Renewal = t.Renewal,
        Surveillance = t.Surveillance,
    };

    public void Validate(Faults faults)
    {
        faults.Text("title", Title).Whole("version", Version, 1, 10_000).Whole("eqfLevel", EqfLevel, 1, 8);
        faults.Text("skill", Skill, 1, 500).Whole("validityMonths", ValidityMonths, 1, MostMonths);
        if (Full("outcomes", Outcomes, faults))
            faults.Count("outcomes", Outcomes, 1, MostLines).Each("outcomes", Outcomes, (o, f) => f.Text("text", o.Text, 1, 1000));
        if (Full("criteria", Criteria, faults)) ValidateCriteria(faults);
        Validate(faults.In("evidenceRules"), EvidenceRules);
        faults.In("assessors").Whole("count", Assessors.Count, 1, 10).Whole("coolingOffMonths", Assessors.CoolingOffMonths, LeastCoolingOffMonths, MostMonths)
            .Whole("secondFromLevel", Assessors.SecondFromLevel, 1, TwoAssessorsFromLevel).Whole("blindPercent", Assessors.BlindPercent, 0, 100)
            .Whole("daysToAssess", Assessors.DaysToAssess, 0, MostDays);
        ValidateScheme(faults);
    }

    /// <summary>What stands for nothing is left out, so that the same standard is the same terms.</summary>
    public StandardTerms ToTerms() => new(
        Title.Trim(), Version, EqfLevel, Skill, [.. Outcomes], [.. Criteria],
        EvidenceRules with { Kinds = EvidenceRules.Kinds is { Count: > 0 } kinds ? kinds : null, Recent = EvidenceRules.Recent is { MinItems: > 0 } recent ? recent : null },
        Assessors, ValidityMonths)
    {
        Scheme = Scheme == new SchemeTexts() ? null : Scheme,
        Decisions = Decisions,
        Renewal = Renewal,
        Surveillance = Surveillance,
    };

    private static bool Full<T>(string member, IReadOnlyList<T> list, Faults faults)
    {
        if (!list.Cast<object?>().Contains(null)) return true;
        faults.Add(member, "null-not-allowed", "Take null out of this list.");
        return false;
    }

    private void ValidateCriteria(Faults faults) => faults
        .Count("criteria", Criteria, 1, MostLines)
        .Each("criteria", Criteria, (c, f) => f.Text("code", c.Code, 1, 20).Text("text", c.Text, 1, 1000))
        .Check(Criteria.DistinctBy(c => c.Code).Count() == Criteria.Count, "criteria", "codes-repeat", "Every criterion needs a code of its own.")
        .Check(Criteria.Count == 0 || Criteria.Any(c => !c.Optional), "criteria", "all-optional", "At least one criterion has to be met by everybody.")
        .In("evidenceRules").Whole("minOptional", EvidenceRules.MinOptional, 0, Criteria.Count(c => c.Optional));

    private static void Validate(Faults faults, EvidenceRules rules)
    {
        faults.Whole("minItems", rules.MinItems, 1, MostCount).Whole("minKinds", rules.MinKinds, 0, rules.MinItems)
            .Whole("maxAgeMonths", rules.MaxAgeMonths, 1, MostMonths)
            .Whole("minMinutes", rules.MinMinutes, 0, 100_000).Whole("minConfirmed", rules.MinConfirmed, 0, MostCount)
            .Whole("minFromOtherFirms", rules.MinFromOtherFirms, 0, MostCount).Whole("otherFirmsPercent", rules.OtherFirmsPercent, 0, 100)
            .Whole("minPerCriterion", rules.MinPerCriterion, 0, rules.MinItems).Whole("minKindsPerCriterion", rules.MinKindsPerCriterion, 0, rules.MinItems);
        if (rules.Recent is { } recent)
            faults.In("recent").Whole("minItems", recent.MinItems, 0, MostCount).Whole("withinMonths", recent.WithinMonths, 1, rules.MaxAgeMonths);
        if (rules.Kinds is not { Count: > 0 } kinds || !Full("kinds", kinds, faults)) return;
        faults.Each("kinds", kinds, (k, f) => f.Whole("minItems", k.MinItems, 0, MostCount))
            .Check(kinds.DistinctBy(k => k.Kind).Count() == kinds.Count, "kinds", "kinds-repeat", "Name every kind of learning once.")
            .Check(rules.MinKinds <= kinds.Count, "minKinds", "more-kinds-than-count", "More kinds are asked for than count.", kinds.Count);
    }

    private void ValidateScheme(Faults faults)
    {
        if (Scheme is { } scheme)
        {
            faults.In("scheme").OptionalText("description", scheme.Description, 4000).OptionalText("prerequisites", scheme.Prerequisites, 4000)
                .OptionalText("codeOfConduct", scheme.CodeOfConduct, 4000).OptionalText("limits", scheme.Limits, 2000);
        }

        if (Decisions is { } decisions)
        {
            faults.In("decisions").Whole("deciders", decisions.Deciders, 1, 10).Whole("daysToDecide", decisions.DaysToDecide, 0, MostDays)
                .Whole("daysToAppeal", decisions.DaysToAppeal, 1, MostDays);
        }

        if (Renewal is { } renewal)
        {
            faults.In("renewal").Whole("fromMonths", renewal.FromMonths, 1, Math.Max(1, ValidityMonths)).Whole("minItems", renewal.MinItems, 0, MostCount)
                .Whole("withinMonths", renewal.WithinMonths, 1, MostMonths);
        }

        if (Surveillance is { } surveillance)
            faults.In("surveillance").Whole("percent", surveillance.Percent, 1, 100).Whole("everyMonths", surveillance.EveryMonths, 1, MostMonths);
    }
}
