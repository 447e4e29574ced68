using ClusterNet.Resources.Accounts;
using ClusterNet.Resources.Pool;

namespace ClusterNet.Resources.Demand;

/// <summary>A room or trainer of the pool, and when it can be booked.</summary>
/// <param name="Free">In order, none touching another.</param>
internal sealed record Candidate(PoolRow Row, IReadOnlyList<Slot> Free);

/// <summary>The earliest time in which a room that is large enough and a trainer are free together.</summary>
/// <param name="Trainer">Null where the pool has none.</param>
/// <param name="Seats">As many as there are people, or places in the room.</param>
internal sealed record Offer(Slot Slot, PoolRow Room, PoolRow? Trainer, int Seats)
{
    private const int StepMinutes = 15;

    public IReadOnlyList<PoolRow> Resources => Trainer is null ? [Room] : [Room, Trainer];

    /// <param name="rooms">The largest is taken where none is large enough.</param>
    /// <param name="trainers">Those that are preferred come first; none where the pool has none.</param>
    /// <returns>Null where nothing is free together.</returns>
    public static Offer? Earliest(IReadOnlyList<Candidate> rooms, IReadOnlyList<Candidate> trainers, int people, TimeSpan length)
    {
        var most = rooms.Select(r => r.Row.Capacity ?? 0).DefaultIfEmpty(0).Max();
        var seats = Math.Min(people, most);
        if (seats == 0) return null;
        var fitting = rooms.Where(r => r.Row.Capacity >= seats).OrderBy(r => r.Row.Capacity).ToList();
        var found =
            from room in fitting
            from trainer in trainers.Count == 0 ? [null] : trainers.Select(t => (Candidate?)t)
            let start = Start(trainer is null ? room.Free : Both(room.Free, trainer.Free), length)
            where start is not null
            select (Start: start.Value, room.Row, Trainer: trainer?.Row);
        return found.ToList() is { Count: > 0 } all && all.MinBy(f => f.Start) is var first
            ? new(new(first.Start, first.Start + length), first.Row, first.Trainer, seats)
            : null;
    }

    /// <summary>The parts that two lists of times share.</summary>
    public static IReadOnlyList<Slot> Both(IReadOnlyList<Slot> one, IReadOnlyList<Slot> other)
    {
        var both = new List<Slot>();
        for (int i = 0, j = 0; i < one.Count && j < other.Count;)
        {
            var start = one[i].Start > other[j].Start ? one[i].Start : other[j].Start;
            var end = one[i].End < other[j].End ? one[i].End : other[j].End;
            if (start < end) both.Add(new(start, end));
            if (one[i].End < other[j].End) i++;
            else j++;
        }

        return both;
    }

    /// <summary>On a quarter of an hour.</summary>
    private static DateTimeOffset? Start(IReadOnlyList<Slot> free, TimeSpan length)
    {
        foreach (var slot in free)
        {
            var step = TimeSpan.FromMinutes(StepMinutes).Ticks;
            var start = new DateTimeOffset((slot.Start.UtcTicks + step - 1) / step * step, TimeSpan.Zero);
            if (start + length <= slot.End) return start;
        }

        return null;
    }
}

/// <summary>What a training costs a head, bought alone and shared in the pool.</summary>
/// <param name="TotalCents">What the pool's resources are worth for the time, as a settlement values them.</param>
/// <param name="People">Among whom it is shared.</param>
/// <param name="PooledCents">What the one pays who gets the odd cents; null where no resource has a value yet.</param>
internal sealed record HeadCosts(long AloneCents, long TotalCents, int People, long? PooledCents)
{
    public static HeadCosts Of(long aloneCents, long totalCents, int people) =>
        new(aloneCents, totalCents, people, totalCents == 0 || people == 0 ? null : Split.ByWeight(totalCents, [.. Enumerable.Repeat(1L, people)])[0]);

    /// <summary>What resources are worth for a time, as <see cref="SettleSessionEndpoint"/> counts them later.</summary>
    public static long Worth(IEnumerable<(PoolRow Row, int Units)> resources, Slot slot) =>
        resources.Sum(r => SessionCosts.Worth(r.Row.HourlyCents, r.Units, r.Row.Availability.OpenTime(slot)));

    /// <summary>What all of them save together; null while the pool's part is not known.</summary>
    public long? SavedCents => PooledCents is { } pooled ? (AloneCents - pooled) * People : null;
}
