using ClusterNet.EventStore;
using ClusterNet.Resources.Sessions;

namespace ClusterNet.Resources.Terms;

/// <summary>The waiting list: who moves up when, always in order of asking.</summary>
internal static class MovingUp
{
    /// <summary>
    /// The session as it is by now: offers that ran out have lapsed, and free seats have gone to those who wait. Every decision begins and
    /// ends here, so that nothing depends on when the clock looks.
    /// </summary>
    /// <returns>The facts that are still to be stored for it.</returns>
    public static (Session.Booked Session, IReadOnlyList<SessionEvent> Facts) MovedUp(this Session.Booked session, DateTimeOffset now)
    {
        var facts = new List<SessionEvent>();
        foreach (var late in session.Reservations.Where(r => session.HasLapsed(r, now))) Add(new SessionSeatsLapsed(late.Id, now));
        while (now < session.StartsAt && session.Waiting.FirstOrDefault() is { } next && next.Count <= session.SeatsFree)
        {
            Add(session.Terms.AcceptHours is { } hours
                ? new SessionSeatsOffered(next.Id, session.TimeToAccept(hours, now), now) : new SessionSeatsPromoted(next.Id, now));
        }

        return (session, facts);

        void Add(SessionEvent fact)
        {
            facts.Add(fact);
            session = session.After(fact);
        }
    }

    /// <summary>After a fact that does not end it.</summary>
    public static Session.Booked After(this Session.Booked session, SessionEvent fact) => (Session.Booked)Session.Evolve(session, fact);

    /// <summary>An offer never lasts beyond the begin, to which the session may have been moved since.</summary>
    public static bool HasLapsed(this Session.Booked session, Reservation seats, DateTimeOffset now) =>
        seats.OfferedUntil is { } until && (until <= now || session.StartsAt <= now);

    /// <summary>Reservations after a fact about one of them.</summary>
    public static ValueList<Reservation> After(this ValueList<Reservation> all, SessionEvent fact) => fact switch
    {
        SessionSeatsOffered e => [.. all.Select(r => r.Id == e.Reservation ? r with { OfferedUntil = e.Until } : r)],
        SessionSeatsAccepted e => [.. all.Select(r => r.Id == e.Reservation ? r with { Held = true, OfferedUntil = null } : r)],
        SessionSeatsLapsed e => [.. all.Where(r => r.Id != e.Reservation)],
        SessionSeatsReduced e => [.. all.Select(r => r.Id == e.Reservation ? r with { Count = r.Count - e.Count, People = [.. r.People.Except(e.Without)] } : r)],
        _ => all,
    };

    /// <summary>Until the deadline at most, so that the next has time too; after it, until the begin.</summary>
    private static DateTimeOffset TimeToAccept(this Session.Booked session, int hours, DateTimeOffset now)
    {
        var (wanted, latest) = (now.AddHours(hours), now < session.CancelUntil ? session.CancelUntil : session.StartsAt);
        return wanted < latest ? wanted : latest;
    }
}
