using System.Text.Json.Serialization;
using ClusterNet.EventStore;
using ClusterNet.Projections;

namespace ClusterNet.Accreditation.Standards;

/// <summary>
/// What a standard asks for: the same demands as formal learning has (Council Recommendation 2012/C 398/01, point 3). What ISO/IEC 17024:2012 wants
/// of a scheme (clause 8) stands here too. Members that came later say nothing where they are missing.
/// </summary>
/// <param name="Version">Number of this version of the standard, as its readers know it.</param>
/// <param name="EqfLevel">Level 1 to 8 of the European Qualifications Framework (Council Recommendation 2017/C 189/03, annex II).</param>
/// <param name="Skill">Concept URI of the skill that the standard is about.</param>
/// <param name="ValidityMonths">Months for which a credential by this standard is valid (ISO/IEC 17024:2012, 9.6).</param>
internal sealed record StandardTerms(
    string Title, int Version, int EqfLevel, string Skill, ValueList<LearningOutcome> Outcomes, ValueList<Criterion> Criteria,
    EvidenceRules EvidenceRules, AssessorRules Assessors, int ValidityMonths)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public SchemeTexts? Scheme { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public DecisionTerms? Decisions { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public RenewalTerms? Renewal { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public SurveillanceTerms? Surveillance { get; init; }

    public bool Knows(string criterion) => Criteria.Any(c => c.Code == criterion);

    /// <summary>How many assessors have to rate each criterion: one more pair of eyes from the level that the standard names.</summary>
    public int AssessorsNeeded() => Assessors.SecondFromLevel is { } level && EqfLevel >= level ? Math.Max(2, Assessors.Count) : Assessors.Count;

    /// <summary>How decisions are made: by one person, with 30 days to appeal, where the standard says nothing.</summary>
    public DecisionTerms Deciding() => Decisions ?? DecisionTerms.Usual;
}

/// <summary>What somebody knows, understands and is able to do on completion of learning.</summary>
internal sealed record LearningOutcome(OutcomeType Type, string Text);

/// <summary>The three columns of the European Qualifications Framework (annex II).</summary>
[JsonConverter(typeof(WireNameConverter<OutcomeType>))]
internal enum OutcomeType
{
    [JsonStringEnumMemberName("knowledge")]
    Knowledge,

    [JsonStringEnumMemberName("skill")]
    Skill,

    [JsonStringEnumMemberName("responsibility")]
    Responsibility,
}

/// <summary>What an assessor judges as met or not met.</summary>
internal sealed record Criterion(string Code, string Text)
{
    /// <summary>One of those of which <see cref="EvidenceRules.MinOptional"/> have to be met; all others have to be.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Optional { get; init; }
}

/// <summary>The words of a scheme (ISO/IEC 17024:2012, 8.2 and 8.3); empty ones say nothing.</summary>
/// <param name="Description">What somebody with the credential does.</param>
/// <param name="Prerequisites">What somebody has to bring before applying.</param>
/// <param name="CodeOfConduct">What holders undertake to do and not to do.</param>
/// <param name="Limits">What the credential does not say; it is printed with its scope (9.4.8).</param>
internal sealed record SchemeTexts(string Description = "", string Prerequisites = "", string CodeOfConduct = "", string Limits = "");

/// <summary>Who may assess, and how.</summary>
/// <param name="Count">Assessors that rate each criterion.</param>
/// <param name="SameFirm">Whether they may be of the candidate's firm; in this network they may not.</param>
/// <param name="CoolingOffMonths">Who taught, mentored or confirmed the candidate within this time may not (ISO/IEC 17024:2012, 5.2 and
/// 9.4, in spirit).</param>
internal sealed record AssessorRules(int Count, bool SameFirm, int CoolingOffMonths)
{
    /// <summary>The EQF level from which on at least two assessors rate, whatever <see cref="Count"/> says; null where the count says all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int? SecondFromLevel { get; init; }

    /// <summary>Of a hundred assessments, how many a further assessor repeats without seeing the ratings (reliability: Cedefop 2015, section 4.1).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int BlindPercent { get; init; }

    /// <summary>Days from the assignment in which an assessor rates; 0 sets no term.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int DaysToAssess { get; init; }
}

/// <summary>How the certification decision is made (ISO/IEC 17024:2012, 9.4 and 9.8).</summary>
/// <param name="Deciders">Decision makers who have to agree.</param>
/// <param name="DaysToDecide">Days from the complete assessment to the decision; 0 sets no term.</param>
/// <param name="DaysToAppeal">Days from the decision in which the candidate may appeal.</param>
/// <param name="Conditions">Whether a grant may carry conditions to be met later.</param>
internal sealed record DecisionTerms(int Deciders = 1, int DaysToDecide = 0, int DaysToAppeal = 30, bool Conditions = false)
{
    public static readonly DecisionTerms Usual = new();
}

/// <summary>How a credential is renewed (ISO/IEC 17024:2012, 9.6).</summary>
/// <param name="FromMonths">Months before the expiry from which on renewal may be asked for.</param>
/// <param name="MinItems">Records that count which the holder has to show; 0 asks for none.</param>
/// <param name="WithinMonths">Months before the renewal in which those records have to have happened.</param>
internal sealed record RenewalTerms(int FromMonths, int MinItems, int WithinMonths);

/// <summary>How grants are looked at again while they are valid (ISO/IEC 17024:2012, 8.4).</summary>
/// <param name="Percent">Of a hundred valid credentials, how many are drawn each time.</param>
/// <param name="EveryMonths">Months between two draws.</param>
internal sealed record SurveillanceTerms(int Percent, int EveryMonths);
