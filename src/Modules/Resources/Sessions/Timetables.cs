using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Resources.Pool;
using Npgsql;
using NpgsqlTypes;

namespace ClusterNet.Resources.Sessions;

/// <summary>What a booking asks the pool for.</summary>
/// <param name="Session">The session itself: what it has is not in its own way.</param>
internal sealed record Request(Id<Session> Session, Id<Cluster> Cluster, IReadOnlyList<Wanted> Wanted, Slot Slot, Id<Person>? Trainer);

/// <summary>Reads timetables, and books against them until the guard agrees or the timetable says no.</summary>
internal sealed class Timetables(Database database, Standing standing)
{
    private const int Attempts = 64;

    public static readonly Refusal Contested = new(
        "booking-contested", "Many bookings for these resources arrive at this moment. Send yours again.", 409);

    // One resource after the other by the index of its own times: the planner has no way to know how little of years a slot is.
    private const string WithinReach = """
        resources.pool p cross join lateral (
            select * from resources.allocation
            where resource = p.id and during && tstzrange($2 - make_interval(mins => $4 * p.buffer_before), $3 + make_interval(mins => $4 * p.buffer_after)) offset 0) a
        """;

    private const string Lying = $"""
        select a.resource, a.unit, s.id, s.title, s.starts_at, s.ends_at, s.firm, lower(a.during), upper(a.during), s.booked_at
        from {WithinReach} join resources.sessions s on s.id = a.session
        where p.id = any($1) and a.session <> $5
        order by s.starts_at, s.id, a.resource, a.unit
        """;

    /// <summary>
    /// Decides on a fresh timetable; when the guard refuses because another booking came first, reads again: either other units are free,
    /// or the timetable now names what is in the way.
    /// </summary>
    /// <param name="attempt">Carries the command out; says whether the guard refused it.</param>
    public async Task<T> Settle<T>(Request request, Func<Timetable, Task<(T Result, bool Lost)>> attempt, CancellationToken ct)
    {
        for (var n = 1; ; n++)
        {
            var (result, lost) = await attempt(await Read(request, ct));
            if (!lost || n == Attempts) return result;
        }
    }

    public async Task<Timetable> Read(Request request, CancellationToken ct)
    {
        var ids = request.Wanted.Select(w => w.Resource.Value).ToArray();
        var (resources, occupied) = await database.Query(
            ResourcesModule.Name, Statement.Of(Pools.Table.Select("where id = any($1) and cluster = $2"), ids, request.Cluster.Value), Pools.Table.Read,
            LyingOn(ids, request.Slot, request.Session, 1), Read, ct);
        return new(resources, await Named(occupied, ct), (await Busy(request, request.Slot, ct)).Count > 0);
    }

    /// <summary>
    /// What lies on resources within a slot, or nearer to it than the time that they need before and after a use, but for one session's own.
    /// </summary>
    public Task<IReadOnlyList<Occupied>> Occupied(Guid[] resources, Slot slot, Id<Session> butFor, CancellationToken ct) =>
        Lies(resources, slot, butFor, 1, ct);

    /// <summary>What lies on a resource within a slot.</summary>
    public Task<IReadOnlyList<Occupied>> LiesOn(Id<Resource> resource, Slot slot, CancellationToken ct) => Lies([resource.Value], slot, default, 0, ct);

    private async Task<IReadOnlyList<Occupied>> Lies(Guid[] resources, Slot slot, Id<Session> butFor, int buffers, CancellationToken ct) =>
        await Named(await database.Query(ResourcesModule.Name, LyingOn(resources, slot, butFor, buffers), Read, ct), ct);

    private async Task<IReadOnlyList<Occupied>> Named(List<Occupied> found, CancellationToken ct)
    {
        var names = await standing.NamesOf(found.Select(f => f.By.Firm), ct);
        return [.. found.Select(f => f with { By = f.By with { FirmName = names.GetValueOrDefault(f.By.Firm) } })];
    }

    /// <summary>
    /// When units of resources cannot be had within a slot or near it, in one query for as many resources as a pool has: without a word of what lies there.
    /// </summary>
    public Task<List<Taken>> Taken(Guid[] resources, Slot slot, CancellationToken ct) => database.Query(
        ResourcesModule.Name,
        Statement.Of(
            $"select a.resource, a.unit, lower(a.during), upper(a.during) from {WithinReach} where p.id = any($1)",
            resources, slot.Start, slot.End, 1),
        r => new Taken(new(r.GetGuid(0)), r.GetInt32(1), new(r.GetFieldValue<DateTimeOffset>(2), r.GetFieldValue<DateTimeOffset>(3))), ct);

    private static Statement LyingOn(Guid[] resources, Slot slot, Id<Session> butFor, int buffers) =>
        Statement.Of(Lying, resources, slot.Start, slot.End, buffers, butFor.Value) with { PlannedOnce = true };

    /// <summary>The sessions that use a resource within a slot, in order of their start.</summary>
    public async Task<IReadOnlyList<BookedSession>> BookedOn(Id<Resource> resource, Slot slot, CancellationToken ct) =>
        WithdrawResourceEndpoint.Named(await LiesOn(resource, slot, ct));

    /// <summary>When the wanted trainer teaches another session; empty where none is wanted.</summary>
    public async Task<IReadOnlyList<Slot>> Busy(Request request, Slot within, CancellationToken ct) => request.Trainer is { } trainer
        ? await database.Query(
            ResourcesModule.Name,
            Statement.Of(
                "select during from resources.engagement where trainer = $1 and during && tstzrange($2, $3) and id <> $4", trainer.Value, within.Start, within.End,
                request.Session.Value),
            r => r.GetFieldValue<NpgsqlRange<DateTimeOffset>>(0) is var during ? new Slot(during.LowerBound, during.UpperBound) : default, ct)
        : [];

    private static Occupied Read(NpgsqlDataReader r) => new(
        new(r.GetGuid(0)), r.GetInt32(1),
        new(
            new(r.GetGuid(2)), r.IsDBNull(3) ? Personal<string>.Erased : r.GetString(3), r.GetFieldValue<DateTimeOffset>(4),
            r.GetFieldValue<DateTimeOffset>(5), new(r.GetGuid(6)), null)
        { BookedAt = r.GetFieldValue<DateTimeOffset>(9) })
    {
        During = new(r.GetFieldValue<DateTimeOffset>(7), r.GetFieldValue<DateTimeOffset>(8)),
    };
}
