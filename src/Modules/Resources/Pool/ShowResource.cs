using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Resources.Sessions;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Resources.Pool;

internal static class ShowResourceEndpoint
{
    private const int DaysShown = 28;

    /// <param name="Bookings">Sessions that use it between <paramref name="From"/> and <paramref name="To"/>.</param>
    internal sealed record Answer(ResourceView Resource, DateTimeOffset From, DateTimeOffset To, IReadOnlyList<BookedSession> Bookings);

    internal static void MapShowResource(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/resources/resources/{id}", Handle)
            .WithName("ShowResource")
            .WithSummary($"One resource with its bookings between from and to; the next {DaysShown} days unless told").Produces<Answer>()
            .SignedInMayCall("who belongs to the cluster");

    private static async Task<IResult> Handle(
        Id<Resource> id, Caller caller, PoolQueries pool, Timetables timetables, TimeProvider clock, HttpContext http, CancellationToken ct,
        DateTimeOffset? from = null, DateTimeOffset? to = null)
    {
        var start = from?.ToUniversalTime() ?? clock.GetUtcNow();
        // The last days that there are have no days after them.
        var slot = new Slot(start, to?.ToUniversalTime() ?? (start > DateTimeOffset.MaxValue.AddDays(-DaysShown) ? DateTimeOffset.MaxValue : start.AddDays(DaysShown)));
        if (Between.Refuse(slot) is { } refusal) return Problems.From(refusal);
        if (await pool.Find(id, caller, ct) is not { } resource) return Problems.From(Timetable.ResourceUnknown);
        ETags.Set(http, resource.Version);
        var views = await pool.Views([resource], ct);
        return Results.Ok(new Answer(views[0], slot.Start, slot.End, await timetables.BookedOn(id, slot, ct)));
    }
}

/// <summary>The time between two instants that a read asks for.</summary>
internal static class Between
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    private static readonly Refusal Wrong = new("wrong-time-range", "The parameter to must come after from, by 366 days at most.", 422);

    public static Refusal? Refuse(Slot slot) => slot.Start < slot.End && slot.End - slot.Start <= Longest ? null : Wrong;
}
