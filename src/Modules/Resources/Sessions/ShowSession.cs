using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Resources.Bookings;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Resources.Sessions;

internal static class ShowSessionEndpoint
{
    internal static void MapShowSession(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/resources/sessions/{id}", Handle)
            .WithName("ShowSession").WithSummary("One session, now or as it was").Produces<SessionView>()
            .SignedInMayCall("who belongs to the cluster");

    private static async Task<IResult> Handle(
        Id<Session> id, Caller caller, Standing standing, Moments moments, Streams<Session, SessionEvent> sessions, HttpContext http,
        CancellationToken ct, long? asOfVersion = null, string? asOf = null, long? asOfPosition = null)
    {
        var now = await sessions.Load(id.Value, ct);
        if (Sessions.Of(now.Events) is not { } known || !await standing.MaySee(caller, known.Cluster, ct)) return Problems.From(Session.Unknown);
        var query = new MomentQuery(asOfVersion, asOf, asOfPosition);
        var moment = await moments.Find(query, now.Version, ct);
        if (moment.Refusal is { } refusal) return Problems.From(refusal);
        var then = query.IsNow ? now : await sessions.Load(id.Value, moment.AsOf, ct);
        if (Sessions.Of(then.Events) is not { } session) return Problems.From(Session.Unknown);
        return ETags.NotModified(http, session.Version)
            ? Results.StatusCode(StatusCodes.Status304NotModified)
            : Results.Ok(SessionView.Of(session, caller, known) with { SeatOrder = SeatOrder.Of(then.Events) });
    }
}
