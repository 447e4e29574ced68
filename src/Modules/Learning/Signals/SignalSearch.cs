using ClusterNet.Access.Contracts;
using ClusterNet.Learning.Records;
using ClusterNet.Search;

namespace ClusterNet.Learning.Signals;

/// <summary>Finds signals that the caller may see by what they say.</summary>
internal sealed class SignalSearch(SignalDesk desk) : ISearchSource
{
    public bool NamesPeople => true;

    public async Task<IReadOnlyList<SearchHit>> Find(string text, int max, Caller caller, CancellationToken ct) => FoldedQuery.Of(text) is not { } query
        ? []
        : [.. (await desk.List(new(text), caller, null, max, ct)).Select(s => new SearchHit(
            "signal", Shortened.Of(s.Row.What.Or("")), Shortened.Of(s.Row.SoWhat.Or("")), $"/signals/{s.Row.Id}", query.RankOf(s.Row.What.Or(""))))];
}
