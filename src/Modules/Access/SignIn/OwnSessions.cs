using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Access.SignIn;

internal static class OwnSessionsEndpoints
{
    internal static readonly Refusal Unknown = new("session-unknown", "There is no such session of yours; it may have ended. Read the list again.", 404);

    /// <param name="LastSeenAt">To five minutes.</param>
    internal sealed record Item(Guid Id, string Device, string Method, DateTimeOffset BegunAt, DateTimeOffset LastSeenAt, bool Current);

    internal static void MapOwnSessions(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/access/me/sessions", List)
            .WithName("ListOwnSessions").WithSummary("Where one is signed in").SignedInMayCall("everybody about themselves");
        routes.MapPost("/access/me/sessions/{id}/end", End)
            .WithName("EndOwnSession").WithSummary("End one of one's own sessions").SignedInMayCall("everybody for themselves").OwnAffairs();
        routes.MapPost("/access/me/sessions/end", EndAll)
            .WithName("EndOwnSessions").WithSummary("Sign out everywhere, here too").SignedInMayCall("everybody for themselves").OwnAffairs();
    }

    private static async Task<IResult> List(Caller caller, HttpContext http, Database database, TimeProvider clock, CancellationToken ct)
    {
        var current = CurrentSession.Of(http)?.Id;
        var sessions = await Sessions.Of(caller.Person, database, clock.GetUtcNow(), ct);
        return Results.Ok(new { items = sessions.Select(s => new Item(s.Id, s.Device, s.Method, s.BegunAt, s.LastSeenAt, s.Id == current)) });
    }

    private static async Task<IResult> End(Guid id, Caller caller, Database database, CancellationToken ct) =>
        await database.Execute(AccessModule.Name, [Sessions.EndOne(caller.Person, id)], ct) == 0 ? Problems.From(Unknown) : Results.NoContent();

    private static async Task<IResult> EndAll(Caller caller, HttpContext http, Database database, CancellationToken ct)
    {
        await database.Execute(AccessModule.Name, [Sessions.EndAll(caller.Person)], ct);
        await SignInDesk.SignOut(http);
        return Results.NoContent();
    }
}
