using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Resources.Sessions;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Resources.Leaving;

/// <summary>Another firm organises the session from now on.</summary>
[StoredAs("session_taken_over")]
internal sealed record SessionTakenOver(Id<Firm> Firm, Id<Person> By, DateTimeOffset At) : SessionEvent;

internal sealed record TakeOverSession(Id<Firm> Firm, Id<Person> By, DateTimeOffset Now) : ICommand<Session, SessionEvent>
{
    public Decision<SessionEvent> Decide(Session state) => state switch
    {
        Session.Booked s when s.Firm == Firm => Decision<SessionEvent>.Nothing,
        Session.Booked s when s.StartsAt <= Now => Session.Started,
        Session.Booked => new SessionTakenOver(Firm, By, Now),
        _ => Session.WhyNotBooked(state),
    };
}

internal static class TakeOverSessionEndpoint
{
    internal sealed record Body(Id<Firm> Firm);

    internal static void MapTakeOverSession(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/resources/sessions/{id}/organiser", Handle)
            .WithName(nameof(TakeOverSession))
            .WithSummary("Have another firm of the cluster organise a session from now on, such as one of a firm that left")
            .WithExample(new Body(new(Guid.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e5f"))))
            .SignedInMayCall("the cluster's coordinator");

    internal static async Task<IResult> Handle(
        Id<Session> id, Body body, Caller caller, SessionDesk desk, Standing standing, Streams<Session, SessionEvent> sessions, Commands commands, TimeProvider clock, CancellationToken ct)
    {
        if (await desk.Seen(id, caller, ct) is not { } session) return Problems.From(Session.Unknown);
        if (await standing.MayKeepBooks(caller, session.Cluster, ct) is { } refusal) return Problems.From(refusal);
        if (await standing.MayActFor(caller, session.Cluster, body.Firm, ct) is { } outside) return Problems.From(outside);
        return await commands.Run(
            sessions, id.Value, new TakeOverSession(body.Firm, caller.Person, clock.GetUtcNow()), Reply.Changed($"/api/v1/resources/sessions/{id}", id), ct);
    }
}
