using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Resources.Sessions;

namespace ClusterNet.Resources.Bookings;

/// <summary>A session is wanted that uses what other firms lend on approval: it holds nothing until all of them have approved it.</summary>
/// <param name="Owners">The firms that have to approve.</param>
[StoredAs("session_requested")]
internal sealed record SessionRequested(
    Id<Cluster> Cluster, Id<Firm> Firm, SessionKind Kind, [PersonalData(nameof(By), KeyClass.FreeText)] Personal<string> Title,
    DateTimeOffset StartsAt, DateTimeOffset EndsAt, int SeatCount, DateTimeOffset CancelUntil, Id<Person>? Trainer, ValueList<Wanted> Wanted,
    ValueList<Id<Firm>> Owners, Id<SessionSeries>? Series, Id<Person> By, DateTimeOffset At) : SessionEvent;

/// <summary>It is wanted at another time: all are asked anew.</summary>
[StoredAs("session_request_moved")]
internal sealed record SessionRequestMoved(
    DateTimeOffset StartsAt, DateTimeOffset EndsAt, DateTimeOffset CancelUntil, ValueList<Id<Firm>> Owners, Id<Person> By, DateTimeOffset At) : SessionEvent;

[StoredAs("session_request_approved")]
internal sealed record SessionRequestApproved(Id<Firm> Firm, Id<Person> By, DateTimeOffset At) : SessionEvent;

[StoredAs("session_request_declined")]
internal sealed record SessionRequestDeclined(
    Id<Firm> Firm, [PersonalData(nameof(By), KeyClass.FreeText)] Personal<string> Reason, Id<Person> By, DateTimeOffset At) : SessionEvent;

/// <summary>All have approved: from now on it is booked, and has what it wanted.</summary>
[StoredAs("session_confirmed")]
internal sealed record SessionConfirmed(DateTimeOffset StartsAt, DateTimeOffset EndsAt, Id<Person>? Trainer, ValueList<Use> Uses, DateTimeOffset At) : SessionEvent;

/// <summary>A firm that has to approve a request.</summary>
internal sealed record OwnerAnswer(Id<Firm> Firm, DateTimeOffset? ApprovedAt, DateTimeOffset? DeclinedAt)
{
    public static ValueList<OwnerAnswer> Open(IEnumerable<Id<Firm>> owners) => [.. owners.Select(o => new OwnerAnswer(o, null, null))];

    public bool IsOpen() => ApprovedAt is null && DeclinedAt is null;
}

/// <summary>A request as a cluster's members see it.</summary>
/// <param name="Owners">Firms that have to approve it, and what they answered.</param>
internal sealed record RequestView(DateTimeOffset RequestedAt, IReadOnlyList<OwnerAnswer> Owners, Personal<string>? DeclineReason)
{
    public static RequestView? Of(SessionRow row) => row.RequestedAt is { } at
        ? new(at, row.Owners, row.Standing == SessionStanding.Declined ? row.DeclineReason : (Personal<string>?)null)
        : null;
}
