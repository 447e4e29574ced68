using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Resources.Sessions;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Resources.Bookings;

/// <summary>Sessions that were booked together, each of which can be moved and cancelled by itself.</summary>
internal sealed record SessionSeries(Id<SessionSeries> Id, Id<Cluster> Cluster, IReadOnlyList<SessionView> Sessions)
{
    public static readonly Refusal Unknown = new("series-unknown", "There is no such series, or you do not belong to its cluster. Check the address.", 404);
}

/// <summary>Reads series.</summary>
internal sealed class SeriesDesk(Database database, Standing standing)
{
    /// <returns>The sessions in order of their start; null for a series that the caller may not see.</returns>
    public async Task<IReadOnlyList<SessionRow>?> Seen(Id<SessionSeries> id, Caller caller, CancellationToken ct)
    {
        var rows = await database.Query(
            ResourcesModule.Name, Statement.Of(Sessions.Sessions.Table.Select("where series = $1 order by starts_at, id"), id.Value), Sessions.Sessions.Table.Read, ct);
        return rows.Count > 0 && await standing.MaySee(caller, rows[0].Cluster, ct) ? rows : null;
    }
}

internal static class SeriesEndpoints
{
    internal sealed record Body(string Reason, DateTimeOffset? From = null) : IValidated
    {
        public void Validate(Faults faults)
        {
            faults.Text("reason", Reason, 1, 500);
            faults.Instant("from", From);
        }
    }

    internal static void MapSeries(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/resources/series/{id}", Show)
            .WithName("ShowSeries").WithSummary("The sessions of a series in order of their start").Produces<SessionSeries>()
            .SignedInMayCall("who belongs to the cluster");
        routes.MapPost("/resources/series/{id}/cancellation", Cancel)
            .WithName("CancelSeries")
            .WithSummary("Cancel all sessions of a series that begin at an instant (from) or later, in one go; those that have begun stay, and so do those that others organise by now")
            .WithExample(new Body("The trainer has left", new(2027, 6, 1, 0, 0, 0, TimeSpan.Zero)))
            .SignedInMayCall("a manager of the organising firm, or the cluster's coordinator");
    }

    private static async Task<IResult> Show(Id<SessionSeries> id, Caller caller, SeriesDesk desk, CancellationToken ct) =>
        await desk.Seen(id, caller, ct) is { } rows
            ? Results.Ok(new SessionSeries(id, rows[0].Cluster, [.. rows.Select(r => SessionView.Of(r, caller))]))
            : Problems.From(SessionSeries.Unknown);

    internal static async Task<IResult> Cancel(
        Id<SessionSeries> id, Body body, Caller caller, SeriesDesk desk, Streams<Session, SessionEvent> sessions, Commands commands, TimeProvider clock, CancellationToken ct)
    {
        if (await desk.Seen(id, caller, ct) is not { } rows) return Problems.From(SessionSeries.Unknown);
        // A date of it may have another organiser by now.
        var own = rows.Where(r => Standing.IsFor(caller, r.Cluster, r.Firm)).ToList();
        if (own.Count == 0) return Problems.From(Standing.NotForFirm);
        var now = clock.GetUtcNow();
        var command = new CancelSession(body.Reason.Trim(), caller.Person, now);
        var first = body.From?.ToUniversalTime() is { } from && from > now ? from : now;
        var ahead = own.Where(r => r.StartsAt > now && r.StartsAt >= first && r.Standing != SessionStanding.Cancelled).ToList();
        if (ahead.Count == 0) return Problems.From(NothingAhead);
        return await commands.Run(
            sessions, ahead[0].Id.Value, command, Reply.Changed($"/api/v1/resources/series/{id}", id, ("cancelled", ahead.Count)), ct,
            also: _ => sessions.Prepare(ahead.Skip(1).Select(row => (row.Id.Value, (ICommand<Session, SessionEvent>)command)), ct));
    }

    private static readonly Refusal NothingAhead = new("series-over", "No session of the series is left from then on: they were cancelled or have begun. Choose an earlier day.");
}
