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
    public static IReadOnlyList<FreeSlot> Of(PoolRow resource, IReadOnlyList<Taken> occupied, Slot within)
    {
        var (free, taken) = (new List<FreeSlot>(), new TakenUnits(resource, occupied));
        foreach (var open in resource.Active ? resource.Availability.Open(resource.Needed(within)) : [])
        {
            var (start, until) = (open.Start.AddMinutes(resource.BufferBefore), open.End.AddMinutes(-resource.BufferAfter));
            var same = false;
            while (start < until)
            {
                same = !taken.PassTo(start) && same;
                var (end, units) = (taken.Next is { } next && next < until ? next : until, resource.Units - taken.Count);
                if (same && units > 0) free[^1] = free[^1] with { End = end };
                else if (units > 0) free.Add(new(start, end, units));
                (start, same) = (end, true);
            }
        }

        return free;
    }

    /// <summary>Which units of a resource are taken as time goes by: one way through all bookings, however many there are.</summary>
    private sealed class TakenUnits(PoolRow resource, IReadOnlyList<Taken> occupied)
    {
        private readonly List<(DateTimeOffset At, int Unit, int By)> _changes =
        [
            .. occupied.Where(o => o.Resource == resource.Id && o.Unit <= resource.Units)
                .SelectMany(o => new[] { (At: o.During.Start.AddMinutes(-resource.BufferAfter), o.Unit, By: 1), (At: o.During.End.AddMinutes(resource.BufferBefore), o.Unit, By: -1) })
                .OrderBy(c => c.At),
        ];

        private readonly Dictionary<int, int> _uses = [];
        private int _passed;

        public int Count { get; private set; }

        /// <summary>When something begins or ends next.</summary>
        public DateTimeOffset? Next => _passed < _changes.Count ? _changes[_passed].At : null;

        /// <returns>Whether others are taken now than before.</returns>
        public bool PassTo(DateTimeOffset at)
        {
            var before = new Dictionary<int, bool>();
            for (; Next <= at; _passed++)
            {
                var (_, unit, by) = _changes[_passed];
                before.TryAdd(unit, IsTaken(unit));
                _uses[unit] = _uses.GetValueOrDefault(unit) + by;
            }

            var changed = before.Where(b => b.Value != IsTaken(b.Key)).ToList();
            Count += changed.Sum(b => b.Value ? -1 : 1);
            return changed.Count > 0;
        }

        private bool IsTaken(int unit) => _uses.GetValueOrDefault(unit) > 0;
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
        var occupied = await timetables.Taken([id.Value], slot, ct);
        return Results.Ok(new Answer(id, slot.Start, slot.End, FreeSlot.Of(resource, occupied, slot)));
    }
}
