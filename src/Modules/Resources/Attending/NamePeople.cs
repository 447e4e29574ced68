using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Resources.Sessions;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Resources.Attending;

internal sealed record NamePeople(Id<Reservation> Reservation, ValueList<Id<Person>> People, Id<Person> By, DateTimeOffset Now)
    : ICommand<Session, SessionEvent>
{
    public static readonly Refusal MoreThanSeats = new(
        "more-people-than-seats", "The reservation has fewer seats than that. Name fewer people, or reserve more seats.", 422);

    public Decision<SessionEvent> Decide(Session state) => state switch
    {
        Session.Booked s when s.Reservations.FirstOrDefault(r => r.Id == Reservation) is { } mine => Decide(s, mine),
        Session.Booked => CancelSeats.Unknown,
        _ => Session.WhyNotBooked(state),
    };

    private Decision<SessionEvent> Decide(Session.Booked session, Reservation mine)
    {
        if (session.StartsAt <= Now) return Session.Started;
        if (People.Count > mine.Count) return MoreThanSeats.With("seats", mine.Count);
        var elsewhere = session.Reservations.Where(r => r.Id != Reservation).SelectMany(r => r.People);
        if (elsewhere.Intersect(People).ToList() is { Count: > 0 } seated) return ReserveSeats.SeatedAlready.With("people", seated);
        return mine.People.ToHashSet().SetEquals(People) ? Decision<SessionEvent>.Nothing : new SessionSeatsNamed(Reservation, People, By, Now);
    }
}

internal static class NamePeopleEndpoint
{
    /// <param name="People">All who come on these seats, at most as many as there are; those left out come no more.</param>
    internal sealed record Body(IReadOnlyList<Id<Person>> People) : IValidated
    {
        public void Validate(Faults faults) => faults.Count("people", People, 0, 1_000)
            .Check(People is null || People.Distinct().Count() == People.Count, "people", "repeated", "Name each person once.");
    }

    internal static void MapNamePeople(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/resources/sessions/{id}/seats/{reservation}/people", Handle)
            .WithName(nameof(NamePeople))
            .WithSummary("Say who comes on reserved seats, or who comes instead, until the session begins")
            .WithExample(new Body([]))
            .SignedInMayCall("a manager of the firm that reserved, or the cluster's coordinator");

    internal static async Task<IResult> Handle(
        Id<Session> id, Id<Reservation> reservation, Body body, Caller caller, SessionDesk desk, Standing standing, Streams<Session, SessionEvent> sessions,
        Commands commands, TimeProvider clock, CancellationToken ct)
    {
        if (await desk.Seen(id, caller, ct) is not { } session) return Problems.From(Session.Unknown);
        if (session.Reservations.FirstOrDefault(r => r.Id == reservation) is not { } mine) return Problems.From(CancelSeats.Unknown);
        if (!Standing.IsFor(caller, session.Cluster, mine.Firm)) return Problems.From(Standing.NotForFirm);
        if (await standing.NotIn(mine.Firm, body.People, ct) is { Count: > 0 } strangers) return Problems.From(ReserveSeatsEndpoint.NotInFirm.With("people", strangers));
        return await commands.Run(
            sessions, id.Value, new NamePeople(reservation, [.. body.People], caller.Person, clock.GetUtcNow()), Reply.Changed($"/api/v1/resources/sessions/{id}", id), ct);
    }
}
