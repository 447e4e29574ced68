using System.Text.Json.Serialization;
using ClusterNet.Access.Contracts;
using ClusterNet.Accreditation.Credentials;
using ClusterNet.Accreditation.Standards;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Privacy;

namespace ClusterNet.Accreditation.Applications;

internal abstract record ApplicationEvent;

/// <summary>Stage 1, identification: the standard is chosen; the dossier stays bound to this version of it.</summary>
/// <param name="Statement">What the candidate says to have that could count.</param>
[StoredAs("application_opened")]
internal sealed record ApplicationOpened(
    Id<Person> Candidate, Id<Cluster> Cluster, Id<Standard> Standard, Id<Standard> Lineage, int StandardVersion,
    ValueList<Id<Firm>> CandidateFirms,
    [PersonalData(nameof(Candidate), KeyClass.Accreditation)] Personal<string> Statement, DateTimeOffset At) : ApplicationEvent;

/// <summary>Stage 2, documentation: a learning record is put to criteria, in place of those it was put to before.</summary>
[StoredAs("application_evidence_put")]
internal sealed record ApplicationEvidencePut(Id<LearningRecord> Record, ValueList<string> Criteria, DateTimeOffset At) : ApplicationEvent;

[StoredAs("application_evidence_taken_out")]
internal sealed record ApplicationEvidenceTakenOut(Id<LearningRecord> Record, DateTimeOffset At) : ApplicationEvent;

/// <summary>A newer version takes the place of the one by which it was opened; records stay with the criteria that both have.</summary>
/// <param name="Criteria">Those of the newer version.</param>
[StoredAs("application_moved")]
internal sealed record ApplicationMoved(
    Id<Person> By, Id<Standard> Standard, int StandardVersion, ValueList<string> Criteria, DateTimeOffset At) : ApplicationEvent;

/// <summary>The evidence as it was at this moment: what assessors rate.</summary>
[StoredAs("application_submitted")]
internal sealed record ApplicationSubmitted(
    Id<Person> By, int StandardVersion, ValueList<Id<Firm>> CandidateFirms, ValueList<EvidenceItem> Evidence, DateTimeOffset At)
        : ApplicationEvent
{
    /// <summary>The candidate declared that the evidence is their own and true.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Declared { get; init; }
}

/// <summary>Stage 3, assessment: somebody without conflict is to rate; with the facts on which that rests.</summary>
[StoredAs("application_assessor_assigned")]
internal sealed record ApplicationAssessorAssigned(Id<Person> By, ConflictFacts Assessor, int StandardVersion, DateTimeOffset At)
    : ApplicationEvent;

/// <summary>The assessor's ratings stay in the dossier and no longer count.</summary>
[StoredAs("application_assessor_released")]
internal sealed record ApplicationAssessorReleased(
    Id<Person> By, Id<Person> Assessor, [PersonalData(nameof(Assessor), KeyClass.Accreditation)] Personal<string> Reason, DateTimeOffset At)
    : ApplicationEvent;

/// <summary>One assessor's judgement of one criterion. Every rating stays; a decision names those that it used.</summary>
/// <param name="Number">The rating's number within the application, from 1.</param>
[StoredAs("application_criterion_rated")]
internal sealed record ApplicationCriterionRated(
    int Number, Id<Person> Assessor, Id<Person> Candidate, string Criterion, Judgement Judgement,
    [PersonalData(nameof(Candidate), KeyClass.Accreditation)] Personal<string> Comment, DateTimeOffset At) : ApplicationEvent;

[StoredAs("application_more_evidence_asked")]
internal sealed record ApplicationMoreEvidenceAsked(
    Id<Person> Assessor, Id<Person> Candidate, ValueList<string> Criteria,
    [PersonalData(nameof(Candidate), KeyClass.Accreditation)] Personal<string> What, DateTimeOffset At) : ApplicationEvent;

/// <summary>All assessors that the standard asks for have rated every criterion.</summary>
[StoredAs("application_assessed")]
internal sealed record ApplicationAssessed(Id<Person> By, int StandardVersion, DateTimeOffset At) : ApplicationEvent;

/// <summary>Stage 4, certification: a person who took no part before decides for it.</summary>
/// <param name="RatingsUsed">Numbers of the ratings on which the decision rests.</param>
[StoredAs("application_granted")]
internal sealed record ApplicationGranted(
    Id<Person> Candidate, Id<Person> By, int StandardVersion, Id<Credential> Credential, string Number, DecisionFacts Facts,
    ValueList<int> RatingsUsed,
    [PersonalData(nameof(Candidate), KeyClass.Accreditation)] Personal<string> Grounds, DateTimeOffset At) : ApplicationEvent;

/// <summary>Stage 4, certification: a person who took no part before decides against it.</summary>
[StoredAs("application_declined")]
internal sealed record ApplicationDeclined(
    Id<Person> Candidate, Id<Person> By, int StandardVersion, DecisionFacts Facts, ValueList<int> RatingsUsed,
    [PersonalData(nameof(Candidate), KeyClass.Accreditation)] Personal<string> Grounds, DateTimeOffset At) : ApplicationEvent;

/// <summary>Validation is voluntary: the candidate may stop after any stage and come back with a new application.</summary>
[StoredAs("application_withdrawn")]
internal sealed record ApplicationWithdrawn(Id<Person> By, DateTimeOffset At) : ApplicationEvent;
