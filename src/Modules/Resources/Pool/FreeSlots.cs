using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Resources.Sessions;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Resources.Pool;

/// <summary>A time in which units of a resource are free, as many all along.</summary>
internal sealed record FreeSlot(DateTimeOffset Start, DateTimeOffset End, int Units)
{
    /// <summary>The open hours of a slot, less what is booked.</summary>
    public static IReadOnlyList<FreeSlot> Of(PoolRow resource, IReadOnlyList<Occupied> occupied, Slot within)
    {
        var free = new List<FreeSlot>();
        foreach (var open in resource.Active ? resource.Availability.Open(within) : [])
        {
            var cuts = occupied.SelectMany(o => new[] { o.By.Start, o.By.End })
                .Where(at => at > open.Start && at < open.End).Append(open.End).Distinct().Order();
            var start = open.Start;
            foreach (var end in cuts)
            {
                var taken = occupied.Where(o => o.By.Start < end && start < o.By.End).Select(o => o.Unit).Distinct().Count();
                var units = resource.Units - taken;
                if (free is [.., var last] && last.End == start && last.Units == units) free[^1] = last with { End = end };
                else if (units > 0) free.Add(new(start, end, units));
                start = end;
            }
        }

        return free;
    }
}

internal static class FreeSlotsEndpoint
{
    internal sealed record Answer(Id<Resource> Resource, DateTimeOffset From, DateTimeOffset To, IReadOnlyList<FreeSlot> Free);

    internal static void MapFreeSlots(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/resources/resources/{id}/free", Handle)
            .WithName("FreeSlots").WithSummary("When a resource is free between from and to, and how many of its units").Produces<Answer>()
            .SignedInMayCall("who belongs to the cluster");

    private static async Task<IResult> Handle(
        Id<Resource> id, DateTimeOffset from, DateTimeOffset to, Caller caller, PoolQueries pool, Timetables timetables,
        CancellationToken ct)
    {
        var slot = new Slot(from.ToUniversalTime(), to.ToUniversalTime());
        if (Between.Refuse(slot) is { } refusal) return Problems.From(refusal);
        if (await pool.Find(id, caller, ct) is not { } resource) return Problems.From(Timetable.ResourceUnknown);
        var occupied = await timetables.Occupied([id.Value], slot, default, ct);
        return Results.Ok(new Answer(id, slot.Start, slot.End, FreeSlot.Of(resource, occupied, slot)));
    }
}
