using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Resources.Sessions;

internal static class ShowSessionEndpoint
{
    internal static void MapShowSession(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/resources/sessions/{id}", Handle)
            .WithName("ShowSession").WithSummary("One session, now or as it was (asOfVersion, asOf)").Produces<SessionView>()
            .SignedInMayCall("who belongs to the cluster");

    private static async Task<IResult> Handle(
        Id<Session> id, Caller caller, Standing standing, Moments moments, Streams<Session, SessionEvent> sessions, HttpContext http,
        CancellationToken ct, long? asOfVersion = null, DateTimeOffset? asOf = null)
    {
        var (at, refusal) = await moments.Of(asOfVersion, asOf, ct);
        if (refusal is not null) return Problems.From(refusal);
        if (Sessions.Of((await sessions.Load(id.Value, at, ct)).Events) is not { } session) return Problems.From(Session.Unknown);
        if (!await standing.MaySee(caller, session.Cluster, ct)) return Problems.From(Session.Unknown);
        return ETags.NotModified(http, session.Version)
            ? Results.StatusCode(StatusCodes.Status304NotModified)
            : Results.Ok(SessionView.Of(session, caller));
    }
}
