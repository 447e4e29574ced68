using System.Text.Json.Serialization;
using ClusterNet.Clusters.Charters;
using ClusterNet.Clusters.Checks;
using ClusterNet.Clusters.Firms;
using ClusterNet.Clusters.Invitations;
using ClusterNet.Clusters.Memberships;
using ClusterNet.Clusters.People;
using ClusterNet.EventStore;

namespace ClusterNet.Clusters;

/// <summary>The generated serializer of this module's events.</summary>
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(ClusterFounded))]
[JsonSerializable(typeof(FirmRegistered))]
[JsonSerializable(typeof(FirmFiguresReported))]
[JsonSerializable(typeof(FirmLeaderNamed))]
[JsonSerializable(typeof(FirmLeaderReleased))]
[JsonSerializable(typeof(MembershipApplied))]
[JsonSerializable(typeof(MembershipAdmitted))]
[JsonSerializable(typeof(MembershipRejected))]
[JsonSerializable(typeof(MembershipSuspended))]
[JsonSerializable(typeof(MembershipReadmitted))]
[JsonSerializable(typeof(MembershipLeft))]
[JsonSerializable(typeof(PersonRegistered))]
[JsonSerializable(typeof(EmploymentBegan))]
[JsonSerializable(typeof(EmploymentPositionChanged))]
[JsonSerializable(typeof(EmploymentEnded))]
[JsonSerializable(typeof(PersonRenamed))]
[JsonSerializable(typeof(PersonProfileChanged))]
[JsonSerializable(typeof(PersonProfileVisibilityChanged))]
[JsonSerializable(typeof(ValueList<string>))]
[JsonSerializable(typeof(InvitationSent))]
[JsonSerializable(typeof(InvitationSentAgain))]
[JsonSerializable(typeof(InvitationAccepted))]
[JsonSerializable(typeof(InvitationDeclined))]
[JsonSerializable(typeof(InvitationWithdrawn))]
[JsonSerializable(typeof(CheckAnswer[]))]
[JsonSerializable(typeof(ValueList<CheckAnswer>))]
[JsonSerializable(typeof(ClusterReadinessChecked))]
[JsonSerializable(typeof(FirmReadinessChecked))]
[JsonSerializable(typeof(FirmCultureChecked))]
internal sealed partial class ClustersJson : JsonSerializerContext;
