using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Resources.Attending;
using ClusterNet.Resources.Sessions;

namespace ClusterNet.Resources.Terms;

/// <summary>Seats that a firm held and nobody used.</summary>
/// <param name="Absent">Who was named and did not come; of unnamed seats nobody.</param>
internal sealed record NoShow(Id<Reservation> Reservation, Id<Firm> Firm, int Count, ValueList<Id<Person>> Absent);

/// <summary>What was charged for a reservation, or waived.</summary>
/// <param name="Waived">Of its empty seats.</param>
internal sealed record NoShowCharge(Id<Reservation> Reservation, Id<Firm> Firm, int Count, int Waived, long FeeCents);

internal static class NoShows
{
    /// <summary>
    /// Whoever came for a firm fills its seats: first those named for a reservation, then unnamed seats, then those of people who did not come,
    /// for a firm may send somebody else.
    /// </summary>
    public static IReadOnlyList<NoShow> Of(IReadOnlyList<Reservation> reservations, IReadOnlyList<Presence> presences)
    {
        var came = presences.Where(p => p.Attended).ToLookup(p => p.Firm, p => p.Person);
        var found = new List<NoShow>();
        foreach (var firm in reservations.Where(r => r.Held).GroupBy(r => r.Firm))
        {
            var named = firm.SelectMany(r => r.People).ToHashSet();
            var others = came[firm.Key].Count(p => !named.Contains(p));
            var empty = firm.Select(r => (Reservation: r, Absent: r.People.Except(came[firm.Key]).ToList(), Unnamed: r.Count - r.People.Count)).ToList();
            var unnamed = empty.Sum(e => e.Unnamed);
            var (onUnnamed, onNamed) = (Math.Min(others, unnamed), Math.Max(0, others - unnamed));
            foreach (var (reservation, absent, free) in empty)
            {
                var (filled, instead) = (Math.Min(onUnnamed, free), Math.Min(onNamed, absent.Count));
                (onUnnamed, onNamed) = (onUnnamed - filled, onNamed - instead);
                if (free - filled + absent.Count - instead is var count and > 0) found.Add(new(reservation.Id, firm.Key, count, [.. absent]));
            }
        }

        return found;
    }

    /// <summary>Those that are neither charged nor waived.</summary>
    public static IReadOnlyList<NoShow> OpenNoShows(this Session.Booked session) => Open(session.Reservations, session.Presences, session.NoShowCharges);

    public static IReadOnlyList<NoShow> OpenNoShows(this SessionRow session) => Open(session.Reservations, session.Presences, session.NoShowCharges);

    private static IReadOnlyList<NoShow> Open(IReadOnlyList<Reservation> reservations, IReadOnlyList<Presence> presences, IReadOnlyList<NoShowCharge> charged) =>
        [.. Of(reservations, presences).Where(n => charged.All(c => c.Reservation != n.Reservation))];
}
