using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Projections;

namespace ClusterNet.Resources.Demand;

/// <summary>A wish that is open.</summary>
internal sealed record WishRow(
    Id<Wish> Id, Id<Cluster> Cluster, Id<Firm> Firm, Id<Person> Person, string SkillUri, Personal<string> Sentence, DateOnly? WantedBy, DateTimeOffset MadeAt, long Version);

internal sealed class WishRows() : InlineProjection<WishEvent, WishRow>(ResourcesModule.Name, Table)
{
    public static readonly Table<WishRow> Table = new(ResourcesModule.Name, "wishes", nameof(WishRow.Id)) { Indexes = ["(cluster, skill_uri)", "(person)"] };

    protected override WishRow? Apply(WishRow? row, Recorded<WishEvent> recorded) => recorded.Fact switch
    {
        TrainingWishMade e => new(new(recorded.Stream), e.Cluster, e.Firm, e.Person, e.SkillUri, e.Sentence, e.WantedBy, e.At, recorded.Version),
        TrainingWishTakenBack => null,
        _ => row,
    };
}

/// <summary>Reads wishes for those who may see them.</summary>
internal sealed class Wishes(Database database, IFirmDirectory directory)
{
    /// <summary>Open wishes of people who still work in the firm for which they wished.</summary>
    public async Task<IReadOnlyList<WishRow>> Of(Id<Cluster> cluster, CancellationToken ct)
    {
        var rows = await Rows("where cluster = $1 order by made_at, id", ct, cluster.Value);
        var firms = await directory.FirmsOf([.. rows.Select(r => r.Person).Distinct()], ct);
        var admitted = (await directory.AdmittedTo(cluster, ct)).Select(f => f.Firm).ToHashSet();
        return [.. rows.Where(r => admitted.Contains(r.Firm) && firms.TryGetValue(r.Person, out var of) && of.Contains(r.Firm))];
    }

    /// <summary>One's own, and those of the firms that one manages.</summary>
    public async Task<IReadOnlyList<WishRow>> SeenBy(Caller caller, Id<Cluster> cluster, CancellationToken ct) =>
        [.. (await Of(cluster, ct)).Where(w => w.Person == caller.Person || caller.Is(Role.Manager, RoleScope.Firm(w.Firm)))];

    public Task<List<WishRow>> Rows(string where, CancellationToken ct, params object[] values) =>
        database.Query(ResourcesModule.Name, Statement.Of(WishRows.Table.Select(where), values), WishRows.Table.Read, ct);
}

/// <summary>Who leaves takes the wishes along.</summary>
internal sealed class WishErasure(Wishes wishes, Streams<Wish, WishEvent> streams, TimeProvider clock) : IErasureStep
{
    public async Task<IReadOnlyList<StoreCount>> Close(Id<Person> person, Id<Person> by, CancellationToken ct)
    {
        var open = await wishes.Rows("where person = $1 order by id", ct, person.Value);
        foreach (var row in open) await streams.Execute(row.Id.Value, new TakeBackWish(person, clock.GetUtcNow()), new(CommandMetadata.System("erasure")), ct);
        return [new("wishes", open.Count)];
    }

    public Task<IReadOnlyList<StoreCount>> Scrub(ErasureOrder order, CancellationToken ct) => Task.FromResult<IReadOnlyList<StoreCount>>([]);
}
