using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Resources.Sessions;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Resources.Pool;

/// <summary>A time in which units of a resource are free, the same ones all along.</summary>
internal sealed record FreeSlot(DateTimeOffset Start, DateTimeOffset End, int Units)
{
    /// <summary>
    /// The open hours of a slot, less what is booked, and less the time that the resource needs before and after a use: all of a free
    /// slot, and any part of it, can be booked.
    /// </summary>
    /// <param name="occupied">What lies on the resource, in the slot and as near to it as its time before and after reaches.</param>
    public static IReadOnlyList<FreeSlot> Of(PoolRow resource, IReadOnlyList<Occupied> occupied, Slot within)
    {
        var taken = occupied.Where(o => o.Resource == resource.Id)
            .Select(o => (o.Unit, Start: o.During.Start.AddMinutes(-resource.BufferAfter), End: o.During.End.AddMinutes(resource.BufferBefore))).ToList();
        var (free, before) = (new List<FreeSlot>(), (List<int>)[]);
        foreach (var open in resource.Active ? resource.Availability.Open(resource.Needed(within)) : [])
        {
            var (start, until) = (open.Start.AddMinutes(resource.BufferBefore), open.End.AddMinutes(-resource.BufferAfter));
            var cuts = taken.SelectMany(t => new[] { t.Start, t.End }).Where(at => at > start && at < until).Append(until).Distinct().Order();
            foreach (var end in cuts.Where(end => end > start))
            {
                var units = Enumerable.Range(1, resource.Units).Except(taken.Where(t => t.Start < end && start < t.End).Select(t => t.Unit)).ToList();
                if (free is [.., var last] && last.End == start && units.SequenceEqual(before)) free[^1] = last with { End = end };
                else if (units.Count > 0) free.Add(new(start, end, units.Count));
                before = units;
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
