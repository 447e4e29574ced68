using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Resources.Sessions;

internal sealed record CancelSession(string Reason, Id<Person> By, DateTimeOffset Now) : ICommand<Session, SessionEvent>
{
    public Decision<SessionEvent> Decide(Session state) => state switch
    {
        Session.Booked s when s.StartsAt <= Now => Session.Started,
        Session.Booked or Session.Requested => new SessionCancelled(Reason, By, Now),
        Session.Cancelled => Decision<SessionEvent>.Nothing,
        _ => Session.Unknown,
    };
}

internal static class CancelSessionEndpoint
{
    internal sealed record Body(string Reason) : IValidated
    {
        public void Validate(Faults faults) => faults.Text("reason", Reason, 1, 500);
    }

    internal static void MapCancelSession(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/resources/sessions/{id}/cancellation", Handle)
            .WithName(nameof(CancelSession))
            .WithSummary("Cancel a session, with a reason; its resources are free at once. A request is withdrawn")
            .WithExample(new Body("The trainer is ill"))
            .SignedInMayCall("a manager of the organising firm, or the cluster's coordinator");

    internal static async Task<IResult> Handle(
        Id<Session> id, Body body, Caller caller, Standing standing, Streams<Session, SessionEvent> sessions, Commands commands,
        TimeProvider clock, CancellationToken ct)
    {
        if (Sessions.Of((await sessions.Load(id.Value, ct)).Events) is not { } session) return Problems.From(Session.Unknown);
        if (await standing.MayOrganise(caller, session, ct) is { } refusal) return Problems.From(refusal);
        return await commands.Run(
            sessions, id.Value, new CancelSession(body.Reason.Trim(), caller.Person, clock.GetUtcNow()),
            Reply.Changed($"/api/v1/resources/sessions/{id}", id), ct);
    }
}
