using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Projections;
using ClusterNet.Resources.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ClusterNet.Resources.Pool;

/// <summary>What could be had where a booking was refused.</summary>
/// <param name="Times">The next times, as long as the wanted one, in which all that is wanted is free together.</param>
/// <param name="Resources">Others of the same kind that are free at the wanted time.</param>
internal sealed record Alternatives(IReadOnlyList<Slot> Times, IReadOnlyList<Alternatives.Other> Resources)
{
    /// <param name="InsteadOf">The wanted resource in whose place it could be booked.</param>
    internal sealed record Other(Id<Resource> InsteadOf, Id<Resource> Resource, Personal<string> Name, Id<Firm> Firm, int? Capacity);

    /// <summary>What an answer offers; null where it offers nothing.</summary>
    public static Alternatives? Of(IResult answer) => answer is ProblemHttpResult refused ? refused.ProblemDetails.Extensions.AsReadOnly().GetValueOrDefault("alternatives") as Alternatives : null;

    /// <summary>The next times in which all that is wanted can be booked together; none of them overlaps another.</summary>
    /// <param name="timetable">What lies on the wanted resources within <paramref name="within"/> and near to it.</param>
    /// <param name="busy">When the wanted trainer teaches.</param>
    /// <param name="within">From the wanted start on.</param>
    public static IReadOnlyList<Slot> Next(
        Timetable timetable, IReadOnlyList<Wanted> wanted, TimeSpan length, int seats, IReadOnlyList<Slot> busy, Slot within, int most)
    {
        // The earliest time begins where something opens or ends, or where the search does.
        var starts = new SortedSet<DateTimeOffset> { within.Start };
        foreach (var row in timetable.Resources)
        {
            starts.UnionWith(row.Availability.Open(within).Select(open => open.Start.AddMinutes(row.BufferBefore)));
            starts.UnionWith(timetable.Occupied.Where(o => o.Resource == row.Id).Select(o => o.During.End.AddMinutes(row.BufferBefore)));
        }

        starts.UnionWith(busy.Select(b => b.End));
        var found = new List<Slot>();
        while (found.Count < most && starts.Count > 0)
        {
            var start = starts.Min;
            starts.Remove(start);
            var slot = new Slot(start, start + length);
            if (start < within.Start || slot.End > within.End || busy.Any(b => b.Start < slot.End && slot.Start < b.End)) continue;
            if (timetable.Near(slot).Refuse(wanted, slot, seats) is not null) continue;
            found.Add(slot);
            starts.RemoveWhere(s => s < slot.End);
            starts.Add(slot.End);
        }

        return found;
    }
}

/// <summary>Finds what could be had instead of what is taken or shut.</summary>
internal sealed class AlternativeFinder(Database database, Timetables timetables)
{
    private const int Most = 3;
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(28);

    /// <param name="moving">The session keeps its resources: only other times help.</param>
    /// <returns>The timetable; with alternatives where it refuses the request for a reason that another time or resource would not have.</returns>
    public async Task<Timetable> Offer(Request request, Timetable timetable, int seats, DateTimeOffset now, CancellationToken ct, bool moving = false)
    {
        if (request.Slot.Start <= now || timetable.Refuse(request.Wanted, request.Slot, seats) is not { } refusal || !Timetable.HasAlternatives(refusal)) return timetable;
        return timetable with { Instead = new(await Times(request, timetable, seats, ct), moving ? [] : await Others(request, timetable, seats, ct)) };
    }

    private async Task<IReadOnlyList<Slot>> Times(Request request, Timetable timetable, int seats, CancellationToken ct)
    {
        var length = request.Slot.End - request.Slot.Start;
        // The last days that there are have no days after them.
        var within = new Slot(request.Slot.Start, request.Slot.End > DateTimeOffset.MaxValue - Ahead ? request.Slot.End : request.Slot.End + Ahead);
        var occupied = await timetables.Occupied([.. request.Wanted.Select(w => w.Resource.Value)], within, request.Session, ct);
        var busy = await timetables.Busy(request, within, ct);
        return Alternatives.Next(timetable with { Occupied = occupied, TrainerBusy = false }, request.Wanted, length, seats, busy, within, Most);
    }

    private async Task<IReadOnlyList<Alternatives.Other>> Others(Request request, Timetable timetable, int seats, CancellationToken ct)
    {
        var inTheWay = request.Wanted.Where(w => timetable.RefusesOne(w, request.Slot)).ToList();
        if (inTheWay.Count == 0) return [];
        var wanted = request.Wanted.Select(w => w.Resource).ToHashSet();
        var kinds = timetable.Resources.Where(r => inTheWay.Any(w => w.Resource == r.Id)).Select(r => WireNames.Of(r.Kind)).Distinct().ToArray();
        var rows = (await database.Query(
            ResourcesModule.Name, Statement.Of(Pools.Table.Select("where cluster = $1 and active and kind = any($2) order by id limit 200"), request.Cluster.Value, kinds),
            Pools.Table.Read, ct)).Where(r => !wanted.Contains(r.Id)).ToList();
        var occupied = await timetables.Occupied([.. rows.Select(r => r.Id.Value)], request.Slot, request.Session, ct);
        var candidates = new Timetable([.. timetable.Resources, .. rows], [.. timetable.Occupied, .. occupied]);
        return
        [
            .. from want in inTheWay
               let kind = timetable.Resources.First(r => r.Id == want.Resource).Kind
               from row in rows.Where(r => r.Kind == kind && !candidates.RefusesOne(new(r.Id, want.Units), request.Slot) && candidates.HasRoom(Swapped(want, r), seats)).Take(Most)
               select new Alternatives.Other(want.Resource, row.Id, row.Name, row.Firm, row.Capacity),
        ];

        IReadOnlyList<Wanted> Swapped(Wanted want, PoolRow row) => [.. request.Wanted.Where(w => w != want), want with { Resource = row.Id }];
    }
}
