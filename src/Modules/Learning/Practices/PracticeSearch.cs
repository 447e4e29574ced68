using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Records;
using ClusterNet.Search;

namespace ClusterNet.Learning.Practices;

/// <summary>Finds practices that the caller may see by what they say, and by what was asked and answered about them.</summary>
internal sealed class PracticeSearch(Database database, RecordReader readers) : ISearchSource
{
    private const int Words = 4;

    private static readonly string Sql = $"""
        select p.title, p.problem, p.id from learning.practices p
        where {PracticeDesk.Sees} and p.status = 'published' and not p.hidden and p.title is not null and ({FoldedQuery.Condition("p.folded", Words)}
            or exists (select 1 from learning.practice_words w where w.practice = p.id and not w.withdrawn and {FoldedQuery.Condition("w.folded", Words)}))
        order by p.shown_at desc, p.id limit ${Words + FoldedQuery.ParameterCount}
        """;

    public bool NamesPeople => true;

    public async Task<IReadOnlyList<SearchHit>> Find(string text, int max, Caller caller, CancellationToken ct) => FoldedQuery.Of(text) is not { } query
        ? []
        : await database.Query(
            LearningModule.Name, Statement.Of(Sql, [.. (await readers.ReaderOf(caller, ct)).Values, .. query.BeginsWords, max]),
            r => new SearchHit(
                "practice", r.GetString(0), r.IsDBNull(1) ? null : Shortened.Of(r.GetString(1)), $"/practices/{r.GetGuid(2)}", query.RankOf(r.GetString(0)), r.GetGuid(2)), ct);
}
