using ClusterNet.EventStore;

namespace ClusterNet.Projections;

/// <summary>Folds the whole history into read rows, in memory: the same pure functions that keep the live tables.</summary>
internal sealed class ReplayFold
{
    private readonly IReadOnlyList<IInlineProjection> _inline;
    private readonly Dictionary<Type, IInlineProjection[]> _inlineOf = [];
    private readonly Dictionary<(ITable, Guid), IReadOnlyList<object>> _inlineRows = [];
    private readonly List<(LedgerProjection Projection, long Until, RowCache Rows)> _ledger;

    /// <param name="ledger">The ledger projections, each with the last position that it has applied.</param>
    public ReplayFold(IReadOnlyList<IInlineProjection> inline, IEnumerable<(LedgerProjection Projection, long Until)> ledger)
    {
        _inline = inline;
        _ledger = [.. ledger.Select(l => (l.Projection, l.Until, new RowCache((_, _, _) => Task.FromResult<object?>(null))))];
    }

    /// <param name="facts">In ledger order; events that have no position yet come last, with <see cref="long.MaxValue"/>.</param>
    public async Task Apply(IEnumerable<Positioned> facts, CancellationToken ct)
    {
        foreach (var fact in facts)
        {
            foreach (var projection in InlineOf(fact.Event.Fact.GetType()))
            {
                var name = (projection.Table, fact.Event.Stream);
                _inlineRows[name] = projection.Apply(_inlineRows.GetValueOrDefault(name) ?? [], fact.Event);
            }

            foreach (var (projection, until, rows) in _ledger)
                if (fact.Position <= until && projection.Families.Any(f => f.IsInstanceOfType(fact.Event.Fact))) await projection.Apply(rows, fact, ct);
        }
    }

    public IEnumerable<(string Module, ITable Table, IEnumerable<object> Rows)> Result()
    {
        foreach (var projection in _inline)
            yield return (projection.Module, projection.Table, _inlineRows.Where(r => r.Key.Item1 == projection.Table).SelectMany(r => r.Value));
        foreach (var (projection, _, rows) in _ledger)
            foreach (var table in projection.Tables) yield return (projection.Module, table, rows.Standing(table));
    }

    private IInlineProjection[] InlineOf(Type fact)
    {
        if (_inlineOf.TryGetValue(fact, out var known)) return known;
        return _inlineOf[fact] = [.. _inline.Where(p => p.Family.IsAssignableFrom(fact))];
    }
}
