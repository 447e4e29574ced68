using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Projections;
using ClusterNet.Resources.Sessions;
using ClusterNet.Resources.Terms;

namespace ClusterNet.Resources.Figures;

/// <param name="Waited">It was on the waiting list.</param>
/// <param name="LeftAt">When its seats, or its place on the list, were given back.</param>
internal sealed record SeatWaitRow(
    Id<Session> Session, Id<Reservation> Reservation, Id<Firm> Firm, int Count, bool Waited, DateTimeOffset AskedAt, DateTimeOffset? SeatAt, DateTimeOffset? LeftAt, long Version);

/// <summary>When seats were asked for, and when they were had.</summary>
internal sealed class SeatWaits() : InlineRows<SessionEvent, SeatWaitRow>(ResourcesModule.Name, Table, "session")
{
    public static readonly Table<SeatWaitRow> Table = new(ResourcesModule.Name, "seat_waits", nameof(SeatWaitRow.Session), nameof(SeatWaitRow.Reservation));

    protected override IReadOnlyList<SeatWaitRow> Apply(IReadOnlyList<SeatWaitRow> rows, Recorded<SessionEvent> recorded) => recorded.Fact switch
    {
        SessionSeatsReserved e => [.. rows, new(new(recorded.Stream), e.Reservation, e.Firm, e.Count, false, e.At, e.At, null, recorded.Version)],
        SessionSeatsWaitlisted e => [.. rows, new(new(recorded.Stream), e.Reservation, e.Firm, e.Count, true, e.At, null, null, recorded.Version)],
        SessionSeatsPromoted e => Change(rows, e.Reservation, r => r with { SeatAt = e.At, Version = recorded.Version }),
        SessionSeatsAccepted e => Change(rows, e.Reservation, r => r with { SeatAt = e.At, Version = recorded.Version }),
        SessionSeatsReduced e => Change(rows, e.Reservation, r => r with { Count = r.Count - e.Count, Version = recorded.Version }),
        SessionSeatsLapsed e => Change(rows, e.Reservation, r => r with { LeftAt = e.At, Version = recorded.Version }),
        SessionSeatsCancelled e => Change(rows, e.Reservation, r => r with { LeftAt = e.At, Version = recorded.Version }),
        _ => rows,
    };

    private static IReadOnlyList<SeatWaitRow> Change(IReadOnlyList<SeatWaitRow> rows, Id<Reservation> reservation, Func<SeatWaitRow, SeatWaitRow> change) =>
        [.. rows.Select(r => r.Reservation == reservation ? change(r) : r)];
}
