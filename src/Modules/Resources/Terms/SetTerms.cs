using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Resources.Sessions;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Resources.Terms;

internal sealed record SetTerms(SeatTerms Terms, Id<Person> By, DateTimeOffset Now) : ICommand<Session, SessionEvent>
{
    public static readonly Refusal Worse = new(
        "terms-worse", "Firms have reserved under the terms as they are, so terms can only become better for them now: no higher fee, no less time to accept.");

    public Decision<SessionEvent> Decide(Session state) => state switch
    {
        Session.Booked s when s.Terms == Terms => Decision<SessionEvent>.Nothing,
        Session.Booked s when s.StartsAt <= Now => Session.Started,
        Session.Booked s when s.Reservations.Count > 0 && !Terms.AreNoWorseThan(s.Terms) => Worse,
        Session.Booked => new SessionTermsSet(Terms, By, Now),
        _ => Session.WhyNotBooked(state),
    };
}

internal static class SetTermsEndpoint
{
    internal static void MapSetTerms(this IEndpointRouteBuilder routes) =>
        routes.MapPut("/resources/sessions/{id}/terms", Handle)
            .WithName(nameof(SetTerms))
            .WithSummary("Say what a late return and an empty seat cost, and how long whoever moves up has to accept")
            .WithDescription("Once a firm has reserved, only in the firms' favour.")
            .WithExample(new TermsBody(2_000, 3_000, 24))
            .SignedInMayCall("a manager of the organising firm, or the cluster's coordinator");

    internal static async Task<IResult> Handle(
        Id<Session> id, TermsBody body, Caller caller, SessionDesk desk, Standing standing, Streams<Session, SessionEvent> sessions, Commands commands,
        TimeProvider clock, CancellationToken ct)
    {
        if (await desk.Seen(id, caller, ct) is not { } session) return Problems.From(Session.Unknown);
        if (await standing.MayOrganise(caller, session, ct) is { } refusal) return Problems.From(refusal);
        return await commands.Run(
            sessions, id.Value, new SetTerms(body.ToTerms(), caller.Person, clock.GetUtcNow()), Reply.Changed($"/api/v1/resources/sessions/{id}", id), ct);
    }
}
