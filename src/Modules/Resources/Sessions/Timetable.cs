using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Resources.Bookings;
using ClusterNet.Resources.Pool;

namespace ClusterNet.Resources.Sessions;

/// <summary>A session that lies on a resource, as a cluster's members see it.</summary>
internal sealed record BookedSession(
    Id<Session> Id, Personal<string> Title, DateTimeOffset Start, DateTimeOffset End, Id<Firm> Firm, string? FirmName)
{
    /// <summary>Whoever booked earlier has it.</summary>
    public DateTimeOffset BookedAt { get; init; }
}

/// <summary>A unit of a resource that cannot be had for a time.</summary>
/// <param name="During">A session, and the time that the resource needs before and after it.</param>
internal record Taken(Id<Resource> Resource, int Unit, Slot During);

/// <summary>A unit of a resource that a session has.</summary>
internal sealed record Occupied(Id<Resource> Resource, int Unit, BookedSession By) : Taken(Resource, Unit, new(By.Start, By.End));

/// <summary>A resource that is to be used, and how many of its units.</summary>
internal sealed record Wanted(Id<Resource> Resource, int Units);

/// <summary>
/// The pool as a booking meets it: the cluster's resources that it wants, and what other sessions have of them at that time.
/// </summary>
/// <param name="TrainerBusy">Another session has the wanted trainer at that time.</param>
/// <param name="Instead">What could be had instead, where what is wanted is taken or shut.</param>
internal sealed record Timetable(IReadOnlyList<PoolRow> Resources, IReadOnlyList<Occupied> Occupied, bool TrainerBusy = false, Alternatives? Instead = null)
{
    public static readonly Refusal ResourceUnknown = new(
        "resource-unknown", "The cluster's pool has no such resource. Read the list of its resources and choose from it.", 404);

    public static readonly Refusal Withdrawn = new("resource-withdrawn", "The firm has withdrawn this resource. Choose another one.");

    public static readonly Refusal NotBookable = new(
        "resource-not-bookable", "Money is not booked for a time; leave it out of the session's resources.", 422);

    public static readonly Refusal TooManyUnits = new(
        "too-many-units",
        "The resource has fewer units than that; rooms, trainers and equipment are used as a whole, one unit. Ask for fewer.", 422);

    public static readonly Refusal RoomTooSmall = new(
        "room-too-small", "The rooms have fewer places than the session has seats. Offer fewer seats, or add a room.", 422);

    public static readonly Refusal OutsideAvailability = new(
        "outside-availability", "A resource is not available for all of that time. Choose a time within the windows that are named.", 422);

    public static readonly Refusal AlreadyBooked = new(
        "already-booked",
        "Another session has a resource at that time. Choose another time or another resource; bookings names what is in the way.");

    public static readonly Refusal TrainerTaken = new(
        "trainer-busy", "The trainer teaches another session at that time. Choose another time or another trainer.");

    /// <summary>Why the session cannot have what it wants; null when it can.</summary>
    public Refusal? Refuse(IReadOnlyList<Wanted> wanted, Slot slot, int seats)
    {
        var found = wanted.Select(w => (Wanted: w, Row: Resources.FirstOrDefault(r => r.Id == w.Resource))).ToList();
        if (found.Where(f => f.Row is null).Select(f => f.Wanted.Resource).ToList() is { Count: > 0 } unknown)
            return ResourceUnknown.With("resources", unknown);
        var rows = found.Select(f => (f.Wanted.Units, Row: f.Row!)).ToList(); // unknown ones were refused
        return Unfit(rows, slot, seats) ?? Shut(rows, slot) ?? Taken(rows);
    }

    /// <summary>Other firms whose resources are lent on approval.</summary>
    public ValueList<Id<Firm>> OwnersToAsk(Id<Firm> organiser) => [.. Resources.Where(r => r.AsksApproval && r.Firm != organiser).Select(r => r.Firm).Distinct().Order()];

    /// <summary>Whether another time or another resource helps.</summary>
    public static bool HasAlternatives(Refusal refusal) => refusal == OutsideAvailability || refusal == AlreadyBooked || refusal == TrainerTaken;

    private static Refusal? Unfit(List<(int Units, PoolRow Row)> rows, Slot slot, int seats)
    {
        if (rows.Where(r => !r.Row.Active).Select(r => Named(r.Row)).ToList() is { Count: > 0 } gone)
            return Withdrawn.With("resources", gone);
        if (rows.Any(r => !r.Row.Kind.IsBookable())) return NotBookable;
        if (rows.FirstOrDefault(r => r.Units > r.Row.Units) is { Row: { } small })
            return TooManyUnits.With("resource", Named(small)).With("units", small.Units);
        if (Places(rows.Select(r => r.Row)) is { } places && places < seats) return RoomTooSmall.With("places", places);
        return null;
    }

    /// <summary>Whether the rooms among what is wanted have places for all seats.</summary>
    public bool HasRoom(IReadOnlyList<Wanted> wanted, int seats) => Places(Resources.Where(r => wanted.Any(w => w.Resource == r.Id))) is not { } places || places >= seats;

    /// <summary>Whether a resource alone cannot be had: it is shut, or too many of its units are taken.</summary>
    public bool RefusesOne(Wanted wanted, Slot slot) =>
        Resources.First(r => r.Id == wanted.Resource) is var row && (!row.Availability.Covers(row.Needed(slot)) || FreeUnits(row).Count() < wanted.Units);

    /// <summary>As it is for another slot: what lies there, and nearer to it than the resources need.</summary>
    public Timetable Near(Slot slot) =>
        this with { Occupied = [.. Occupied.Where(o => Resources.First(r => r.Id == o.Resource).Needed(slot) is var needed && o.During.Start < needed.End && needed.Start < o.During.End)] };

    /// <param name="busy">When the wanted trainer teaches.</param>
    public Timetable Near(Slot slot, IReadOnlyList<Slot> busy) => Near(slot) with { TrainerBusy = busy.Any(b => b.Start < slot.End && slot.Start < b.End) };

    private static int? Places(IEnumerable<PoolRow> rows) => rows.Where(r => r.Kind == ResourceKind.Room).ToList() is { Count: > 0 } rooms ? rooms.Sum(r => r.Capacity ?? 0) : null;

    private Refusal? Shut(List<(int Units, PoolRow Row)> rows, Slot slot) =>
        rows.Where(r => !r.Row.Availability.Covers(r.Row.Needed(slot))).Select(r => Hours(r.Row, slot)).ToList() is { Count: > 0 } shut
            ? Offering(OutsideAvailability.With("windows", shut))
            : null;

    private Refusal? Taken(List<(int Units, PoolRow Row)> rows)
    {
        if (rows.Where(r => FreeUnits(r.Row).Count() < r.Units).SelectMany(r => InTheWay(r.Row)).ToList() is { Count: > 0 } taken)
            return Offering(AlreadyBooked.With("bookings", taken));
        return TrainerBusy ? Offering(TrainerTaken) : null;
    }

    private Refusal Offering(Refusal refusal) => Instead is null ? refusal : refusal.With("alternatives", Instead);

    /// <summary>
    /// Chooses units for a booking that is not refused: those it has already, then free ones from a place of its own, so that rivals meet
    /// seldom.
    /// </summary>
    public ValueList<Use> Choose(IReadOnlyList<Wanted> wanted, IReadOnlyList<Use> before, Guid session) =>
        [
            .. from want in wanted
            let row = Resources.First(r => r.Id == want.Resource)
            let kept = before.FirstOrDefault(u => u.Resource == want.Resource)?.Units ?? []
            let place = (int)((uint)session.GetHashCode() % (uint)row.Units)
            let free = FreeUnits(row).OrderByDescending(kept.Contains).ThenBy(unit => (unit - 1 - place + row.Units) % row.Units)
            select new Use(want.Resource, [.. free.Take(want.Units).Order()]) { Before = row.BufferBefore, After = row.BufferAfter },
        ];

    private IEnumerable<int> FreeUnits(PoolRow row) =>
        Enumerable.Range(1, row.Units).Except(Occupied.Where(o => o.Resource == row.Id).Select(o => o.Unit));

    private IEnumerable<InTheWay> InTheWay(PoolRow row) =>
        from booking in Occupied.Where(o => o.Resource == row.Id).Select(o => o.By).DistinctBy(b => b.Id)
        select new InTheWay(row.Id, row.Name, booking);

    private static object Named(PoolRow row) => new { id = row.Id, name = row.Name };

    private static object Hours(PoolRow row, Slot slot)
    {
        var (first, last) = (row.Availability.Day(slot.Start).AddDays(-1), row.Availability.Day(slot.End).AddDays(1));
        return new
        {
            resource = row.Id,
            name = row.Name,
            available = row.Available,
            timeZone = row.TimeZone,
            bufferBefore = row.BufferBefore,
            bufferAfter = row.BufferAfter,
            exceptions = row.Exceptions.Where(e => e.From <= last && first <= e.To).ToList(),
        };
    }
}
