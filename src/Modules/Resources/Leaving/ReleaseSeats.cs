using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Resources.Sessions;
using ClusterNet.Resources.Terms;

namespace ClusterNet.Resources.Leaving;

/// <summary>Gives all that a firm has of a session to come back, without a fee: its seats, and its places on the waiting list.</summary>
internal sealed record ReleaseSeats(Id<Firm> Firm, Id<Person> By, DateTimeOffset Now) : ICommand<Session, SessionEvent>
{
    public Decision<SessionEvent> Decide(Session state)
    {
        if (state is not Session.Booked session || session.StartsAt <= Now) return Decision<SessionEvent>.Nothing;
        List<SessionEvent> back = [.. session.Reservations.Where(r => r.Firm == Firm).Select(r => new SessionSeatsCancelled(r.Id, By, Now))];
        return Decision<SessionEvent>.Of([.. back, .. back.Aggregate(session, (s, fact) => s.After(fact)).MovedUp(Now).Facts]);
    }
}
