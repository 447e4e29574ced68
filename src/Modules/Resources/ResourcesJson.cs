using System.Text.Json.Serialization;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Resources.Accounts;
using ClusterNet.Resources.Attending;
using ClusterNet.Resources.Bookings;
using ClusterNet.Resources.Calendar;
using ClusterNet.Resources.Demand;
using ClusterNet.Resources.Leaving;
using ClusterNet.Resources.Pool;
using ClusterNet.Resources.Rules;
using ClusterNet.Resources.Sessions;
using ClusterNet.Resources.Terms;

namespace ClusterNet.Resources;

/// <summary>The generated serializer of this module's events.</summary>
[JsonSerializable(typeof(ResourceContributed))]
[JsonSerializable(typeof(ResourceWithdrawn))]
[JsonSerializable(typeof(ResourceValued))]
[JsonSerializable(typeof(PoolEntryPosted))]
[JsonSerializable(typeof(PoolPeriodClosed))]
[JsonSerializable(typeof(FunderNamed))]
[JsonSerializable(typeof(PoolRuleProposed))]
[JsonSerializable(typeof(PoolRuleVoted))]
[JsonSerializable(typeof(PoolRuleAdopted))]
[JsonSerializable(typeof(PoolRuleRejected))]
[JsonSerializable(typeof(PoolRuleWithdrawn))]
[JsonSerializable(typeof(SessionBooked))]
[JsonSerializable(typeof(SessionMoved))]
[JsonSerializable(typeof(SessionCancelled))]
[JsonSerializable(typeof(SessionSeatsReserved))]
[JsonSerializable(typeof(SessionSeatsWaitlisted))]
[JsonSerializable(typeof(SessionSeatsPromoted))]
[JsonSerializable(typeof(SessionSeatsCancelled))]
[JsonSerializable(typeof(SessionDescribed))]
[JsonSerializable(typeof(SessionSeatsNamed))]
[JsonSerializable(typeof(SessionAttendanceNoted))]
[JsonSerializable(typeof(SessionCheckedIn))]
[JsonSerializable(typeof(SessionCheckInsCounted))]
[JsonSerializable(typeof(SessionReminded))]
[JsonSerializable(typeof(SessionFeedbackGiven))]
[JsonSerializable(typeof(Attendance[]))]
[JsonSerializable(typeof(SessionRequested))]
[JsonSerializable(typeof(SessionRequestMoved))]
[JsonSerializable(typeof(SessionRequestApproved))]
[JsonSerializable(typeof(SessionRequestDeclined))]
[JsonSerializable(typeof(SessionConfirmed))]
[JsonSerializable(typeof(ResourceApprovalAsked))]
[JsonSerializable(typeof(Wanted[]))]
[JsonSerializable(typeof(SessionTakenOver))]
[JsonSerializable(typeof(PoolFirmLeft))]
[JsonSerializable(typeof(SessionNoShowsCharged))]
[JsonSerializable(typeof(SessionTermsSet))]
[JsonSerializable(typeof(SessionSeatsOffered))]
[JsonSerializable(typeof(SessionSeatsAccepted))]
[JsonSerializable(typeof(SessionSeatsLapsed))]
[JsonSerializable(typeof(SessionSeatsReduced))]
[JsonSerializable(typeof(PoolTermsSet))]
[JsonSerializable(typeof(NoShowCharge[]))]
[JsonSerializable(typeof(Use[]))]
[JsonSerializable(typeof(Line[]))]
[JsonSerializable(typeof(int[]))]
[JsonSerializable(typeof(Id<Person>[]))]
[JsonSerializable(typeof(Id<Firm>[]))]
[JsonSerializable(typeof(ResourceHoursExcepted))]
[JsonSerializable(typeof(ResourceHoursRestored))]
[JsonSerializable(typeof(ResourceDescribed))]
[JsonSerializable(typeof(Slot[]))]
[JsonSerializable(typeof(Accessibility[]))]
[JsonSerializable(typeof(HoursException[]))]
[JsonSerializable(typeof(TrainingWishMade))]
[JsonSerializable(typeof(TrainingWishTakenBack))]
[JsonSerializable(typeof(TrainingPriceSet))]
[JsonSerializable(typeof(DemandProposalPlanned))]
[JsonSerializable(typeof(DemandProposalSetAside))]
[JsonSerializable(typeof(DemandProposalResumed))]
[JsonSerializable(typeof(FeedMade))]
[JsonSerializable(typeof(FeedRevoked))]
internal sealed partial class ResourcesJson : JsonSerializerContext;
