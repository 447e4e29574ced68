using System.Text.Json.Serialization;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Projections;
using ClusterNet.Resources.Sessions;

namespace ClusterNet.Resources.Bookings;

/// <summary>Why a firm had to wait when it asked for seats.</summary>
[JsonConverter(typeof(WireNameConverter<WhyWait>))]
internal enum WhyWait
{
    /// <summary>Fewer were free than it asked for.</summary>
    [JsonStringEnumMemberName("too-few-free")]
    TooFewFree,

    /// <summary>Others waited already, and nobody overtakes them.</summary>
    [JsonStringEnumMemberName("others-waited")]
    OthersWaited,
}

/// <summary>What a firm asked for and what it got: firms, no people.</summary>
/// <param name="SeatsFree">When it asked.</param>
/// <param name="Why">Null for who got seats at once.</param>
/// <param name="MovedUpAt">From the waiting list.</param>
internal sealed record SeatClaim(
    Id<Reservation> Reservation, Id<Firm> Firm, int Count, DateTimeOffset AskedAt, int SeatsFree, WhyWait? Why, DateTimeOffset? MovedUpAt, DateTimeOffset? GivenBackAt)
{
    public bool Waits() => Why is not null && MovedUpAt is null && GivenBackAt is null;
}

/// <summary>Who asked first, for all of the cluster to see.</summary>
internal static class SeatOrder
{
    /// <returns>In order of asking, also what was given back.</returns>
    public static IReadOnlyList<SeatClaim> Of(IReadOnlyList<Recorded> events)
    {
        var (claims, state) = (new List<SeatClaim>(), Session.Initial);
        foreach (var fact in events.Select(e => e.Fact).OfType<SessionEvent>())
        {
            var booked = state as Session.Booked;
            var free = Math.Max(0, booked?.SeatsFree ?? 0);
            switch (fact)
            {
                case SessionSeatsReserved e:
                    claims.Add(new(e.Reservation, e.Firm, e.Count, e.At, free, null, null, null));
                    break;
                case SessionSeatsWaitlisted e:
                    claims.Add(new(e.Reservation, e.Firm, e.Count, e.At, free, booked?.Waiting.Any() == true ? WhyWait.OthersWaited : WhyWait.TooFewFree, null, null));
                    break;
                case SessionSeatsPromoted e:
                    Change(e.Reservation, c => c with { MovedUpAt = e.At });
                    break;
                case SessionSeatsCancelled e:
                    Change(e.Reservation, c => c with { GivenBackAt = e.At });
                    break;
            }

            state = Session.Evolve(state, fact);
        }

        return claims;

        void Change(Id<Reservation> reservation, Func<SeatClaim, SeatClaim> change)
        {
            if (claims.FindIndex(c => c.Reservation == reservation) is >= 0 and var at) claims[at] = change(claims[at]);
        }
    }
}
