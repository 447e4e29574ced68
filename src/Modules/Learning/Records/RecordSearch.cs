using System.Globalization;
using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Search;

namespace ClusterNet.Learning.Records;

/// <summary>Finds learning records by what happened and what was learnt: one's own, and those that others show the caller.</summary>
internal sealed class RecordSearch(Database database, RecordReader records) : ISearchSource
{
    private const int Words = 4;

    private static readonly string Sql = RecordList.Table.Select(
        $"where {Reader.Sees} and {FoldedQuery.Condition("folded", Words)} order by person = $1 desc, happened_at desc, id desc limit ${Words + FoldedQuery.ParameterCount}");

    public bool NamesPeople => true;

    public async Task<IReadOnlyList<SearchHit>> Find(string text, int max, Caller caller, CancellationToken ct)
    {
        if (FoldedQuery.Of(text) is not { } query) return [];
        var reader = await records.ReaderOf(caller, ct);
        var rows = await database.Query(
            LearningModule.Name, Statement.Of(Sql, [.. reader.Values, .. query.BeginsWords, max]), RecordList.Table.Read, ct);
        return [.. rows.Select(r => HitOf(r, query))];
    }

    private static SearchHit HitOf(RecordRow row, FoldedQuery query)
    {
        var what = row.What.Or("");
        return new("learning-record", Shortened.Of(what), row.HappenedAt.ToString("d", CultureInfo.CurrentCulture), $"/learning/records/{row.Id}", query.RankOf(what));
    }
}
