using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Projections;
using ClusterNet.Resources.Pool;
using ClusterNet.Resources.Sessions;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Resources.Calendar;

/// <summary>What somebody looks for in a pool.</summary>
/// <param name="Minutes">For how long it must be free at a time.</param>
/// <param name="Capacity">How many places a resource has at least; of what is shared, how many units are free.</param>
internal sealed record Sought(ResourceKind? Kind = null, int Minutes = 1, int Capacity = 1);

/// <summary>When a resource can be booked.</summary>
internal sealed record FreeResource(PoolRow Row, IReadOnlyList<FreeSlot> Free);

/// <summary>When the resources of a pool are free: one query for the pool and one for what lies on it, however many resources there are.</summary>
internal sealed class PoolAvailability(Database database, Timetables timetables)
{
    /// <param name="after">The last resource seen already.</param>
    public async Task<IReadOnlyList<FreeResource>> Of(Id<Cluster> cluster, Sought sought, Slot within, Guid after, int most, CancellationToken ct)
    {
        var rows = await database.Query(
            ResourcesModule.Name,
            Statement.Of(
                Pools.Table.Select("where cluster = $1 and active and kind <> 'money' and ($2 = '' or kind = $2) and capacity >= $3 and id > $4 order by id limit $5"),
                cluster.Value, sought.Kind is { } kind ? WireNames.Of(kind) : "", sought.Capacity, after, most),
            Pools.Table.Read, ct);
        var taken = (await timetables.Taken([.. rows.Select(r => r.Id.Value)], within, ct)).GroupBy(o => o.Resource).ToDictionary(g => g.Key, g => (IReadOnlyList<Taken>)[.. g]);
        return [.. rows.Select(r => new FreeResource(r, [.. FreeSlot.Of(r, taken.GetValueOrDefault(r.Id) ?? [], within).Where(f => Fits(f, r, sought))]))];
    }

    private static bool Fits(FreeSlot free, PoolRow row, Sought sought) =>
        free.End - free.Start >= TimeSpan.FromMinutes(sought.Minutes) && (!row.Kind.IsShared() || free.Units >= sought.Capacity);
}

internal static class PoolAvailabilityEndpoint
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(35);

    internal sealed record FreeView(Id<Resource> Resource, ResourceKind Kind, Privacy.Personal<string> Name, Id<Firm> Firm, int? Capacity, string TimeZone, IReadOnlyList<FreeSlot> Free);

    internal static void MapPoolAvailability(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/resources/clusters/{cluster}/availability", Handle)
            .WithName("PoolAvailability").WithSummary("When the resources of a pool are free between from and to, all of them at once")
            .WithDescription(
                "35 days at most. kind: only such resources. minutes: only times that are as long. capacity: only resources with as many places; of seats and licences, only times "
                + "with as many free units. Resources without a free time have an empty list.")
            .Produces<Page<FreeView>>().SignedInMayCall("who belongs to the cluster");

    private static async Task<IResult> Handle(
        Id<Cluster> cluster, DateTimeOffset from, DateTimeOffset to, Caller caller, Standing standing, PoolAvailability availability, PageRequest page, CancellationToken ct,
        string? kind = null, int minutes = 1, int capacity = 1)
    {
        if (!await standing.MaySee(caller, cluster, ct)) return Problems.From(Standing.ClusterUnknown);
        var within = new Slot(from.ToUniversalTime(), to.ToUniversalTime());
        if (within.Start >= within.End || within.End - within.Start > Longest || within.Start.Year is < 2000 or > 9000)
            return Problems.Of(422, "wrong-time-range", "The parameter to must come after from, by 35 days at most.", ("parameter", "to"));
        ResourceKind? wanted = null;
        if (kind is not null)
        {
            if (!WireNames.TryParse<ResourceKind>(kind, out var named) || !named.IsBookable())
                return Problems.Of(400, "unknown-kind", "The parameter 'kind' takes trainer, room, equipment, seats or licence.", ("parameter", "kind"));
            wanted = named;
        }

        if (minutes is < 1 or > 50_400 || capacity is < 1 or > ContributeResourceEndpoint.MaxCapacity)
            return Problems.Of(400, "out-of-range", "'minutes' takes 1 to 50400, 'capacity' 1 to 10000.");
        return page.Answer(
            await availability.Of(cluster, new(wanted, minutes, capacity), within, page.After<Guid>() ?? Guid.Empty, page.Fetch, ct), f => f.Row.Id.Value,
            f => new FreeView(f.Row.Id, f.Row.Kind, f.Row.Name, f.Row.Firm, f.Row.Capacity, f.Row.TimeZone, f.Free));
    }
}
