using System.Text.Json.Serialization;
using ClusterNet.Access.Contracts;
using ClusterNet.Accreditation.Applications;
using ClusterNet.Accreditation.Auditing;
using ClusterNet.Accreditation.Credentials;
using ClusterNet.Accreditation.Issuing;
using ClusterNet.Accreditation.Standards;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;

namespace ClusterNet.Accreditation;

/// <summary>The generated serializer of this module's events, and of what their value lists hold.</summary>
[JsonSerializable(typeof(StandardDrafted))]
[JsonSerializable(typeof(StandardPublished))]
[JsonSerializable(typeof(StandardRevised))]
[JsonSerializable(typeof(StandardDiscarded))]
[JsonSerializable(typeof(StandardRetired))]
[JsonSerializable(typeof(ApplicationOpened))]
[JsonSerializable(typeof(ApplicationEvidencePut))]
[JsonSerializable(typeof(ApplicationEvidenceTakenOut))]
[JsonSerializable(typeof(ApplicationMoved))]
[JsonSerializable(typeof(ApplicationSubmitted))]
[JsonSerializable(typeof(ApplicationAssessorAssigned))]
[JsonSerializable(typeof(ApplicationAssessorReleased))]
[JsonSerializable(typeof(ApplicationCriterionRated))]
[JsonSerializable(typeof(ApplicationMoreEvidenceAsked))]
[JsonSerializable(typeof(ApplicationAssessed))]
[JsonSerializable(typeof(ApplicationGranted))]
[JsonSerializable(typeof(ApplicationDeclined))]
[JsonSerializable(typeof(ApplicationWithdrawn))]
[JsonSerializable(typeof(CredentialIssued))]
[JsonSerializable(typeof(CredentialSuspended))]
[JsonSerializable(typeof(CredentialReinstated))]
[JsonSerializable(typeof(CredentialWithdrawn))]
[JsonSerializable(typeof(CredentialListed))]
[JsonSerializable(typeof(IssuerKeyPublished))]
[JsonSerializable(typeof(IssuerKeyRetired))]
[JsonSerializable(typeof(CredentialShared))]
[JsonSerializable(typeof(CredentialShareEnded))]
[JsonSerializable(typeof(AuditorRead))]
[JsonSerializable(typeof(AuditorReadWithinGrant))]
[JsonSerializable(typeof(LearningOutcome[]))]
[JsonSerializable(typeof(Criterion[]))]
[JsonSerializable(typeof(KindRule[]))]
[JsonSerializable(typeof(EvidenceItem[]))]
[JsonSerializable(typeof(EvidenceConfirmation[]))]
[JsonSerializable(typeof(ConflictFacts[]))]
[JsonSerializable(typeof(Tie[]))]
[JsonSerializable(typeof(Id<Person>[]))]
[JsonSerializable(typeof(Id<Firm>[]))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(int[]))]
internal sealed partial class AccreditationJson : JsonSerializerContext;
