using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Projections;
using ClusterNet.Search;

namespace ClusterNet.Clusters.Firms;

/// <param name="Folded">Name, place, region and sector as search compares them.</param>
internal sealed record FirmWords(Guid Id, string Folded);

/// <summary>What firms are found by; beside <see cref="FirmRows"/>, which is a guard and stays as it is.</summary>
internal sealed class FirmWordRows() : InlineProjection<FirmProfileEvent, FirmWords>(ClustersModule.Name, Table)
{
    public static readonly Table<FirmWords> Table = new(ClustersModule.Name, "firm_words", nameof(FirmWords.Id))
    {
        Indexes = ["using gin (folded gin_trgm_ops)"],
    };

    protected override FirmWords? Apply(FirmWords? row, Recorded<FirmProfileEvent> recorded) => recorded.Fact switch
    {
        FirmRegistered e => new(recorded.Stream, Folding.ForIndex($"{e.Name} {e.City} {e.Nuts} {e.Nace}")),
        _ => row,
    };
}

/// <summary>Finds firms; which there are is no secret among those signed in.</summary>
internal sealed class FirmSearch(Database database) : ISearchSource
{
    private static readonly string Sql = $"""
        select f.id, f.name, f.city from clusters.firm_words w join clusters.firms f on f.id = w.id
        where {FoldedQuery.Condition("w.folded", 1)}
        order by w.folded like $9 || ' %' desc, {FoldedQuery.Condition("w.folded", 5)} desc, f.name, f.id limit $10
        """;

    public async Task<IReadOnlyList<SearchHit>> Find(string text, int max, Caller caller, CancellationToken ct) => FoldedQuery.Of(text) is not { } query
        ? []
        : await database.Query(
            ClustersModule.Name, Statement.Of(Sql, [.. query.Inside, .. query.BeginsWords, query.Whole, max]),
            r => new SearchHit("firm", r.GetString(1), r.GetString(2), $"/firms/{r.GetGuid(0)}", query.RankOf(r.GetString(1)), r.GetGuid(0)), ct);
}
