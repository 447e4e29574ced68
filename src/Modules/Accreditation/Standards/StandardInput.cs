using System.Globalization;
using ClusterNet.Design;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Projections;

namespace ClusterNet.Accreditation.Standards;

/// <summary>A standard as somebody types it: the same shape as its body, so that faults find their fields.</summary>
internal sealed class StandardInput
{
    public string? Key { get; set; }

    /// <summary>Which draft the form was filled in on.</summary>
    public string? Seen { get; set; }

    /// <summary>Which button was pressed: save, preview, add-outcome, remove-outcome-2, …</summary>
    public string? Act { get; set; }

    public string? Title { get; set; }

    public string? Version { get; set; }

    public string? EqfLevel { get; set; }

    /// <summary>The skill that is chosen already.</summary>
    public string? SkillUri { get; set; }

    /// <summary>The skill to take in its place.</summary>
    public Picked? Skill { get; set; }

    public string? ValidityMonths { get; set; }

    public List<OutcomeInput>? Outcomes { get; set; }

    public List<CriterionInput>? Criteria { get; set; }

    public List<KindInput>? Kinds { get; set; }

    public RulesInput? EvidenceRules { get; set; }

    public AssessorsInput? Assessors { get; set; }

    public SchemeInput? Scheme { get; set; }

    public DecisionsInput? Decisions { get; set; }

    public bool Renews { get; set; }

    public RenewalInput? Renewal { get; set; }

    public bool Surveys { get; set; }

    public SurveillanceInput? Surveillance { get; set; }

    /// <summary>What a new standard begins with, to be changed: numbers as they are usual.</summary>
    public static StandardInput New => Of(new(
        "", 1, 4, "", [new(OutcomeType.Skill, "")], [new("C1", ""), new("C2", "")], new(4, 2, 24, 180, 2, 1),
        new(1, false, StandardBody.LeastCoolingOffMonths) { SecondFromLevel = StandardBody.TwoAssessorsFromLevel }, 36));

    public static StandardInput Of(StandardTerms t) => new()
    {
        Title = t.Title,
        Version = Typed(t.Version),
        EqfLevel = Typed(t.EqfLevel),
        SkillUri = t.Skill,
        ValidityMonths = Typed(t.ValidityMonths),
        Outcomes = [.. t.Outcomes.Select(o => new OutcomeInput { Type = WireNames.Of(o.Type), Text = o.Text })],
        Criteria = [.. t.Criteria.Select(c => new CriterionInput { Code = c.Code, Text = c.Text, Optional = c.Optional })],
        Kinds = [.. Enum.GetValues<LearningKind>().Select(k => KindInput.Of(t.EvidenceRules.Kinds?.FirstOrDefault(r => r.Kind == k)))],
        EvidenceRules = RulesInput.Of(t.EvidenceRules),
        Assessors = AssessorsInput.Of(t.Assessors),
        Scheme = SchemeInput.Of(t.Scheme ?? new()),
        Decisions = DecisionsInput.Of(t.Deciding()),
        Renews = t.Renewal is not null,
        Renewal = RenewalInput.Of(t.Renewal ?? new(6, 2, 12)),
        Surveys = t.Surveillance is not null,
        Surveillance = SurveillanceInput.Of(t.Surveillance ?? new(10, 12)),
    };

    /// <summary>Takes what the button asks for; false where it asks to save or to show.</summary>
    public bool ChangesRows()
    {
        switch (Act?.Split('-'))
        {
            case ["add", "outcome"]: (Outcomes ??= []).Add(new()); return true;
            case ["add", "criterion"]: (Criteria ??= []).Add(new()); return true;
            case ["remove", "outcome", var index]: Remove(Outcomes, index); return true;
            case ["remove", "criterion", var index]: Remove(Criteria, index); return true;
            default: return false;
        }
    }

    /// <summary>What was typed; what is no number is told at its field.</summary>
    /// <param name="skill">The concept URI of the skill.</param>
    /// <param name="whole">Reads a whole number, or tells that there is none.</param>
    public StandardBody Read(string skill, Func<string?, string, int?> whole)
    {
        var (rules, assessors, decisions) = (EvidenceRules ?? new(), Assessors ?? new(), Decisions ?? new());
        return new(
            Title ?? "", Number(Version, "Version"), Number(EqfLevel, "EqfLevel"), skill, Number(ValidityMonths, "ValidityMonths"),
            [.. (Outcomes ?? []).Select(o => new LearningOutcome(WireNames.TryParse<OutcomeType>(o.Type ?? "", out var type) ? type : OutcomeType.Knowledge, o.Text?.Trim() ?? ""))],
            [.. (Criteria ?? []).Select(c => new Criterion(c.Code?.Trim() ?? "", c.Text?.Trim() ?? "") { Optional = c.Optional })],
            rules.Read(Number, ReadKinds()), assessors.Read(Number, whole))
        {
            Scheme = Scheme?.Read(),
            Decisions = decisions.Read(Number),
            Renewal = Renews ? (Renewal ?? new()).Read(Number) : null,
            Surveillance = Surveys ? (Surveillance ?? new()).Read(Number) : null,
        };

        // What is missing or no number is out of every range, and said once.
        int Number(string? typed, string field) => whole(typed, FaultName(field)) ?? -1;

        ValueList<KindRule>? ReadKinds()
        {
            var kinds = Enum.GetValues<LearningKind>().Zip(Kinds ?? []).Where(k => k.Second.Counts)
                .Select(k => new KindRule(k.First, string.IsNullOrWhiteSpace(k.Second.Min) ? 0 : Number(k.Second.Min, "Kinds"))).ToArray();
            return kinds.Length == 0 ? null : [.. kinds];
        }
    }

    /// <summary>The fault of a field, wherever the field stands.</summary>
    /// <param name="field">Such as <c>EvidenceRules.MinItems</c> or <c>Criteria.0.Code</c>.</param>
    public static string? FaultOf(FormFaults faults, string field) => faults[FaultName(field)];

    /// <summary>Faults name members as JSON does, but for the first.</summary>
    private static string FaultName(string field)
    {
        var parts = field.Split('.');
        return $"Form.{string.Join('.', parts.Select((p, i) => i == 0 ? p : $"{char.ToLowerInvariant(p[0])}{p[1..]}"))}";
    }

    private static void Remove<T>(List<T>? rows, string index)
    {
        if (int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < (rows?.Count ?? 0)) rows?.RemoveAt(at);
    }

    internal static string Typed(int number) => number.ToString(CultureInfo.InvariantCulture);
}

internal sealed class OutcomeInput
{
    public string? Type { get; set; }

    public string? Text { get; set; }
}

internal sealed class CriterionInput
{
    public string? Code { get; set; }

    public string? Text { get; set; }

    public bool Optional { get; set; }
}

internal sealed class KindInput
{
    public bool Counts { get; set; }

    public string? Min { get; set; }

    public static KindInput Of(KindRule? rule) => new() { Counts = rule is not null, Min = rule is { MinItems: > 0 } r ? StandardInput.Typed(r.MinItems) : null };
}
