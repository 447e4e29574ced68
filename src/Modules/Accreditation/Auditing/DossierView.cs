using ClusterNet.Access.Contracts;
using ClusterNet.Accreditation.Applications;
using ClusterNet.Accreditation.Standards;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Privacy;

namespace ClusterNet.Accreditation.Auditing;

/// <summary>
/// An application as it stood at one version of its stream: who did what, when and why, and under which version of the standard.
/// </summary>
/// <param name="Version">The version of the stream that is shown.</param>
/// <param name="Position">Place of that version's event in the one global order; of the moment asked for, when a past one was.</param>
/// <param name="Statement">Null for who sees how it goes and not what is in it; so are evidence, ratings and requests.</param>
internal sealed record DossierView(
    Id<Application> Id, long Version, long? Position, Phase Phase, Id<Person> Candidate, Id<Cluster> Cluster, Id<Standard> Standard,
    int StandardVersion, IReadOnlyList<Id<Firm>> CandidateFirms, IReadOnlyList<TransitionView> History,
    IReadOnlyList<AssessorView> Assessors, Personal<string>? Statement, IReadOnlyList<MappedView>? Mapping,
    IReadOnlyList<EvidenceView>? Evidence, IReadOnlyList<RatingView>? Ratings, IReadOnlyList<RequestView>? Requests,
    DecisionView? Decision);

/// <summary>A change of phase.</summary>
/// <param name="Why">Grounds or reason; null when the step needs none, or for who does not see the contents.</param>
internal sealed record TransitionView(Phase To, long Version, DateTimeOffset At, Id<Person> By, int StandardVersion, Personal<string>? Why);

/// <summary>An assessor, with the facts on which the assignment rests.</summary>
internal sealed record AssessorView(
    Id<Person> Assessor, DateTimeOffset AssignedAt, Id<Person> AssignedBy, IReadOnlyList<Id<Firm>> Firms,
    IReadOnlyList<Id<Firm>> CandidateFirms, IReadOnlyList<Tie> Ties, DateTimeOffset CoolingOffFrom, DateTimeOffset? ReleasedAt,
    Personal<string>? ReleaseReason);

/// <summary>A record put to criteria, submitted or not.</summary>
internal sealed record MappedView(Id<LearningRecord> Record, IReadOnlyList<string> Criteria);

/// <summary>Evidence as submitted: the record's facts as they were at its version.</summary>
internal sealed record EvidenceView(
    Id<LearningRecord> Record, long RecordVersion, Id<Firm> Firm, LearningKind Kind, DateTimeOffset HappenedAt, int DurationMinutes,
    IReadOnlyList<string> SkillUris, IReadOnlyList<Id<Person>> With, IReadOnlyList<EvidenceConfirmation> ConfirmedBy, bool Disputed,
    IReadOnlyList<string> Criteria);

/// <param name="Counts">Whether a decision would use it: it is the assessor's last one of the criterion, on the evidence as last
/// submitted.</param>
internal sealed record RatingView(
    int Number, Id<Person> Assessor, string Criterion, bool Met, bool Valid, bool Authentic, bool Current, bool Sufficient,
    Personal<string> Comment, DateTimeOffset At, bool Counts);

internal sealed record RequestView(Id<Person> Assessor, IReadOnlyList<string> Criteria, Personal<string> What, DateTimeOffset At);

/// <summary>The decision, with the facts on which its impartiality rests and the ratings that it used.</summary>
internal sealed record DecisionView(
    bool Granted, Id<Person> By, DateTimeOffset At, Personal<string>? Grounds, string? CredentialNumber,
    IReadOnlyList<Id<Firm>> DeciderFirms, IReadOnlyList<Id<Firm>> CandidateFirms, IReadOnlyList<Tie> DeciderTies,
    DateTimeOffset CoolingOffFrom, IReadOnlyList<int> RatingsUsed);
