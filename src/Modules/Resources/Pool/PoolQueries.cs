using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Projections;

namespace ClusterNet.Resources.Pool;

/// <summary>A resource as a cluster's members see it.</summary>
/// <param name="Available">Weekly hours in <paramref name="TimeZone"/>.</param>
/// <param name="HourlyCents">What an hour of one unit is worth in the pool's books; 0 until it is valued.</param>
/// <param name="HoursAYear">For how many hours a year the firm gives it.</param>
/// <param name="Exceptions">Days on which it is closed or has other hours.</param>
/// <param name="TrainingUri">The skill that one needs before one uses it.</param>
/// <param name="AsksApproval">Whether bookings of other firms need the firm's approval.</param>
/// <param name="BufferBefore">Minutes that it needs before each booking; <paramref name="BufferAfter"/> after it.</param>
internal sealed record ResourceView(
    Id<Resource> Id, Id<Cluster> Cluster, Id<Firm> Firm, string? FirmName, ResourceKind Kind, Personal<string> Name, int? Capacity,
    string Unit, long? AmountCents, string Available, string TimeZone, bool Active, Id<Person> ContributedBy, DateTimeOffset ContributedAt,
    DateTimeOffset? WithdrawnAt, long HourlyCents, int HoursAYear,
    IReadOnlyList<HoursException> Exceptions, Personal<string>? Equipment, IReadOnlyList<Accessibility> Accessibility, string? TrainingUri, int BufferBefore, int BufferAfter,
    bool AsksApproval,
    long Version)
{
    public static ResourceView Of(PoolRow row, IReadOnlyDictionary<Id<Firm>, string> names) => new(
        row.Id, row.Cluster, row.Firm, names.GetValueOrDefault(row.Firm), row.Kind, row.Name, row.Capacity, row.Unit, row.AmountCents,
        row.Available, row.TimeZone,
        row.Active, row.ContributedBy, row.ContributedAt, row.WithdrawnAt, row.HourlyCents, row.HoursAYear,
        row.Exceptions, row.Equipment, row.Accessibility, row.TrainingUri, row.BufferBefore, row.BufferAfter, row.AsksApproval, row.Version);
}

/// <summary>Finds resources for those who may see them.</summary>
internal sealed class PoolQueries(Database database, Standing standing)
{
    /// <returns>The resource; null when it is unknown or in a pool that the caller may not see.</returns>
    public async Task<PoolRow?> Find(Id<Resource> id, Caller caller, CancellationToken ct)
    {
        var rows = await database.Query(
            ResourcesModule.Name, Statement.Of(Pools.Table.Select("where id = $1"), id.Value), Pools.Table.Read, ct);
        return rows.Count == 1 && await standing.MaySee(caller, rows[0].Cluster, ct) ? rows[0] : null;
    }

    /// <summary>
    /// What firms have put into a cluster's pool, by firm, kind and name in lower case; the value says whether it is there still.
    /// </summary>
    public async Task<Dictionary<(Id<Firm>, ResourceKind, string), bool>> Named(Id<Cluster> cluster, CancellationToken ct)
    {
        var rows = await database.Query(
            ResourcesModule.Name,
            Statement.Of(
                "select firm, kind, lower(name), bool_or(active) from resources.pool where cluster = $1 and name is not null " +
                "group by firm, kind, lower(name)",
                cluster.Value),
            r => (
                Key: (new Id<Firm>(r.GetGuid(0)), WireNames.Parse<ResourceKind>(r.GetString(1)), r.GetString(2)),
                Active: r.GetBoolean(3)),
            ct);
        return rows.ToDictionary(r => r.Key, r => r.Active);
    }

    /// <summary>Those of some resources that are or were in a cluster's pool.</summary>
    public async Task<Dictionary<Id<Resource>, PoolRow>> All(Id<Cluster> cluster, IEnumerable<Id<Resource>> ids, CancellationToken ct) =>
        (await database.Query(
            ResourcesModule.Name, Statement.Of(Pools.Table.Select("where cluster = $1 and id = any($2)"), cluster.Value, ids.Select(i => i.Value).ToArray()), Pools.Table.Read, ct))
        .ToDictionary(r => r.Id);

    public async Task<IReadOnlyList<ResourceView>> Views(IReadOnlyList<PoolRow> rows, CancellationToken ct)
    {
        var names = await standing.NamesOf(rows.Select(r => r.Firm), ct);
        return [.. rows.Select(r => ResourceView.Of(r, names))];
    }
}
