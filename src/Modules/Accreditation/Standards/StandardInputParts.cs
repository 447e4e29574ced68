using ClusterNet.EventStore;
using static ClusterNet.Accreditation.Standards.StandardInput;

namespace ClusterNet.Accreditation.Standards;

/// <summary>The rules of evidence as somebody types them.</summary>
internal sealed class RulesInput
{
    public string? MinItems { get; set; }

    public string? MinKinds { get; set; }

    public string? MaxAgeMonths { get; set; }

    public string? MinMinutes { get; set; }

    public string? MinConfirmed { get; set; }

    public string? MinFromOtherFirms { get; set; }

    public string? OtherFirmsPercent { get; set; }

    public string? MinPerCriterion { get; set; }

    public string? MinKindsPerCriterion { get; set; }

    public string? MinOptional { get; set; }

    public RecentInput? Recent { get; set; }

    public static RulesInput Of(EvidenceRules r) => new()
    {
        MinItems = Typed(r.MinItems),
        MinKinds = Typed(r.MinKinds),
        MaxAgeMonths = Typed(r.MaxAgeMonths),
        MinMinutes = Typed(r.MinMinutes),
        MinConfirmed = Typed(r.MinConfirmed),
        MinFromOtherFirms = Typed(r.MinFromOtherFirms),
        OtherFirmsPercent = Typed(r.OtherFirmsPercent),
        MinPerCriterion = Typed(r.MinPerCriterion),
        MinKindsPerCriterion = Typed(r.MinKindsPerCriterion),
        MinOptional = Typed(r.MinOptional),
        Recent = new() { MinItems = Typed(r.Recent?.MinItems ?? 0), WithinMonths = Typed(r.Recent?.WithinMonths ?? 12) },
    };

    public EvidenceRules Read(Func<string?, string, int> number, ValueList<KindRule>? kinds) => new(
        number(MinItems, "EvidenceRules.MinItems"), number(MinKinds, "EvidenceRules.MinKinds"), number(MaxAgeMonths, "EvidenceRules.MaxAgeMonths"),
        number(MinMinutes, "EvidenceRules.MinMinutes"), number(MinConfirmed, "EvidenceRules.MinConfirmed"),
        number(MinFromOtherFirms, "EvidenceRules.MinFromOtherFirms"))
    {
        Kinds = kinds,
        Recent = number(Recent?.MinItems, "EvidenceRules.Recent.MinItems") is var items && items == 0 ? null
            : new(items, number(Recent?.WithinMonths, "EvidenceRules.Recent.WithinMonths")),
        OtherFirmsPercent = number(OtherFirmsPercent, "EvidenceRules.OtherFirmsPercent"),
        MinPerCriterion = number(MinPerCriterion, "EvidenceRules.MinPerCriterion"),
        MinKindsPerCriterion = number(MinKindsPerCriterion, "EvidenceRules.MinKindsPerCriterion"),
        MinOptional = number(MinOptional, "EvidenceRules.MinOptional"),
    };
}

internal sealed class RecentInput
{
    public string? MinItems { get; set; }

    public string? WithinMonths { get; set; }
}

/// <summary>Who assesses, as somebody types it.</summary>
internal sealed class AssessorsInput
{
    public string? Count { get; set; }

    public string? CoolingOffMonths { get; set; }

    public string? SecondFromLevel { get; set; }

    public string? BlindPercent { get; set; }

    public string? DaysToAssess { get; set; }

    public static AssessorsInput Of(AssessorRules r) => new()
    {
        Count = Typed(r.Count),
        CoolingOffMonths = Typed(r.CoolingOffMonths),
        SecondFromLevel = r.SecondFromLevel is { } level ? Typed(level) : null,
        BlindPercent = Typed(r.BlindPercent),
        DaysToAssess = Typed(r.DaysToAssess),
    };

    public AssessorRules Read(Func<string?, string, int> number, Func<string?, string, int?> whole) =>
        new(number(Count, "Assessors.Count"), false, number(CoolingOffMonths, "Assessors.CoolingOffMonths"))
        {
            SecondFromLevel = whole(SecondFromLevel, "Form.Assessors.secondFromLevel"),
            BlindPercent = number(BlindPercent, "Assessors.BlindPercent"),
            DaysToAssess = number(DaysToAssess, "Assessors.DaysToAssess"),
        };
}

/// <summary>The words of a scheme as somebody types them.</summary>
internal sealed class SchemeInput
{
    public string? Description { get; set; }

    public string? Prerequisites { get; set; }

    public string? CodeOfConduct { get; set; }

    public string? Limits { get; set; }

    public static SchemeInput Of(SchemeTexts t) =>
        new() { Description = t.Description, Prerequisites = t.Prerequisites, CodeOfConduct = t.CodeOfConduct, Limits = t.Limits };

    public SchemeTexts Read() => new(Said(Description), Said(Prerequisites), Said(CodeOfConduct), Said(Limits));

    private static string Said(string? text) => text?.Trim().ReplaceLineEndings("\n") ?? "";
}

/// <summary>How decisions are made, as somebody types it.</summary>
internal sealed class DecisionsInput
{
    public string? Deciders { get; set; }

    public string? DaysToDecide { get; set; }

    public string? DaysToAppeal { get; set; }

    public bool Conditions { get; set; }

    public static DecisionsInput Of(DecisionTerms t) =>
        new() { Deciders = Typed(t.Deciders), DaysToDecide = Typed(t.DaysToDecide), DaysToAppeal = Typed(t.DaysToAppeal), Conditions = t.Conditions };

    public DecisionTerms Read(Func<string?, string, int> number) => new(
        number(Deciders, "Decisions.Deciders"), number(DaysToDecide, "Decisions.DaysToDecide"), number(DaysToAppeal, "Decisions.DaysToAppeal"), Conditions);
}

/// <summary>How credentials are renewed, as somebody types it.</summary>
internal sealed class RenewalInput
{
    public string? FromMonths { get; set; }

    public string? MinItems { get; set; }

    public string? WithinMonths { get; set; }

    public static RenewalInput Of(RenewalTerms t) => new() { FromMonths = Typed(t.FromMonths), MinItems = Typed(t.MinItems), WithinMonths = Typed(t.WithinMonths) };

    public RenewalTerms Read(Func<string?, string, int> number) =>
        new(number(FromMonths, "Renewal.FromMonths"), number(MinItems, "Renewal.MinItems"), number(WithinMonths, "Renewal.WithinMonths"));
}

/// <summary>How credentials are looked at again, as somebody types it.</summary>
internal sealed class SurveillanceInput
{
    public string? Percent { get; set; }

    public string? EveryMonths { get; set; }

    public static SurveillanceInput Of(SurveillanceTerms t) => new() { Percent = Typed(t.Percent), EveryMonths = Typed(t.EveryMonths) };

    public SurveillanceTerms Read(Func<string?, string, int> number) => new(number(Percent, "Surveillance.Percent"), number(EveryMonths, "Surveillance.EveryMonths"));
}
