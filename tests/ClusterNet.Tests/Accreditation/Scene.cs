using ClusterNet.Access.Contracts;
using ClusterNet.Accreditation.Applications;
using ClusterNet.Accreditation.Credentials;
using ClusterNet.Accreditation.Standards;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;

namespace ClusterNet.Tests.Accreditation;

/// <summary>
/// People, firms and one story: Paula of Baker applies; Ahmed of Cooper assesses, Dora of Dyer decides, Rosa coordinates.
/// </summary>
internal static class Scene
{
    public static readonly DateTimeOffset Now = new(2026, 5, 4, 9, 0, 0, TimeSpan.Zero);

    public static readonly Id<Person> Paula = Someone(1);
    public static readonly Id<Person> Ahmed = Someone(2);
    public static readonly Id<Person> Anna = Someone(3);
    public static readonly Id<Person> Dora = Someone(4);
    public static readonly Id<Person> Rosa = Someone(5);
    public static readonly Id<Person> Witness = Someone(6);
    public static readonly Id<Firm> Baker = new(Number(21));
    public static readonly Id<Firm> Cooper = new(Number(22));
    public static readonly Id<Firm> Dyer = new(Number(23));
    public static readonly Id<Cluster> Valley = new(Number(31));
    public static readonly Id<Cluster> Coast = new(Number(32));
    public static readonly Id<Standard> Negotiating = new(Number(41));
    public static readonly Id<Application> PaulasApplication = new(Number(51));
    public static readonly Id<Credential> PaulasCredential = Credential.IdOf(PaulasApplication);

    public const string SomeNumber = "CN-2026-7F3K-9Q2M-0";

    /// <summary>Two criteria, one assessor, two items of two kinds, an hour, one confirmed, one of them by another firm.</summary>
    public static readonly StandardTerms Terms = new(
        "Negotiating as a small supplier", 1, 4, "http://data.europa.eu/esco/skill/5f2efbdf", [new(OutcomeType.Skill, "negotiates")],
        [new("N1", "prepares"), new("N2", "leads")], new(2, 2, 24, 60, 1, 1), new(1, false, 24), 36);

    public static readonly StandardTerms TwoAssessors = Terms with { EqfLevel = 5, Assessors = Terms.Assessors with { Count = 2 } };

    public static readonly RecordFacts Fair = Record(1, LearningKind.EventOrFair) with { ConfirmedBy = [new(Witness, Dyer)] };
    public static readonly RecordFacts Mistake = Record(2, LearningKind.MistakeReflected);

    public static Id<Person> Someone(int n) => new(Number(n));

    public static Guid Number(int n) => new(n, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);

    public static RecordFacts Record(int n, LearningKind kind) =>
        new(new(Number(100 + n)), Paula, Baker, kind, Now.AddMonths(-3), 40, [], [], [], false, 2);

    public static ApplicationOpened Opened { get; } = new(Paula, Valley, Negotiating, Negotiating, 1, [Baker], "I negotiate every spring.",
        Now);

    public static ApplicationEvidencePut Put(RecordFacts record, params string[] criteria) => new(record.Record, [.. criteria], Now);

    public static ApplicationSubmitted SubmittedWith(params (RecordFacts Facts, string[] Criteria)[] items) =>
        new(Paula, 1, [Baker], [.. items.Select(i => EvidenceItem.Of(i.Facts, [.. i.Criteria]))], Now);

    public static ApplicationSubmitted Submitted { get; } = SubmittedWith((Fair, ["N1", "N2"]), (Mistake, ["N2"]));

    public static ConflictFacts Facts(Id<Person> person, Id<Firm> firm, params Tie[] ties) =>
        new(person, [firm], [Baker], [.. ties], Now.AddMonths(-24), true);

    public static ApplicationAssessorAssigned Assigned(ConflictFacts facts) => new(Rosa, facts, 1, Now);

    public static ApplicationCriterionRated Rated(int number, Id<Person> assessor, string criterion, bool met = true) =>
        new(number, assessor, Paula, criterion, met ? Met : NotMet, "seen", Now);

    public static readonly Judgement Met = new(true, true, true, true, true);
    public static readonly Judgement NotMet = new(false, true, true, true, false);

    public static ApplicationAssessed Assessed(Id<Person>? by = null) => new(by ?? Ahmed, 1, Now);

    /// <summary>Everything up to the complete assessment by Ahmed.</summary>
    public static ApplicationEvent[] UntilAssessed { get; } =
    [
        Opened, Put(Fair, "N1", "N2"), Put(Mistake, "N2"), Submitted, Assigned(Facts(Ahmed, Cooper)), Rated(1, Ahmed, "N1"),
        Rated(2, Ahmed, "N2"), Assessed(),
    ];

    public static DecisionFacts Decision(ConflictFacts decider, params ConflictFacts[] assessors) => new(decider, [.. assessors]);

    public static DecisionFacts DoraDecides { get; } = Decision(Facts(Dora, Dyer), Facts(Ahmed, Cooper));

    public static GrantApplication Grant(DecisionFacts facts) => new(facts, PaulasCredential, SomeNumber, null, "well founded", Terms, Now);

    public static ApplicationGranted Granted { get; } =
        new(Paula, Dora, 1, PaulasCredential, SomeNumber, DoraDecides, [1, 2], "well founded", Now);
}
