using System.Runtime.InteropServices;
using ClusterNet.EventStore;
using Npgsql;

namespace ClusterNet.Projections;

/// <summary>Folds history into read rows, in memory: the same pure functions that keep the live tables.</summary>
internal sealed class ReplayFold
{
    private static readonly Task<object?> NoRow = Task.FromResult<object?>(null);
    private readonly List<InlineFold> _inline;
    private readonly List<LedgerFold> _ledger;
    private readonly Dictionary<Type, (InlineFold[] Inline, LedgerFold[] Ledger)> _readers = [];

    /// <param name="ledger">The ledger projections, each with the last position that it is to apply.</param>
    public ReplayFold(IEnumerable<IInlineProjection> inline, IEnumerable<(LedgerProjection Projection, long Until)> ledger)
    {
        _inline = [.. inline.Select(p => new InlineFold(p, []))];
        _ledger = [.. ledger.Select(l => new LedgerFold(l.Projection, l.Until, new RowCache((_, _, _) => NoRow)))];
    }

    /// <summary>Whether a fact of this class means anything to any of the projections.</summary>
    public bool Reads(Type fact) => ReadersOf(fact) is not { Inline.Length: 0, Ledger.Length: 0 };

    /// <param name="facts">In ledger order; events that have no position yet come last, with <see cref="long.MaxValue"/>.</param>
    public async Task Apply(IReadOnlyList<Positioned> facts, CancellationToken ct)
    {
        for (var i = 0; i < facts.Count; i++)
        {
            var fact = facts[i];
            var (inline, ledger) = ReadersOf(fact.Event.Fact.GetType());
            foreach (var fold in inline)
            {
                ref var rows = ref CollectionsMarshal.GetValueRefOrAddDefault(fold.Rows, fact.Event.Stream, out _);
                rows = fold.Projection.Apply(rows ?? [], fact.Event);
            }

            foreach (var fold in ledger)
                if (fact.Position <= fold.Until) await fold.Projection.Apply(fold.Rows, fact, ct);
        }
    }

    /// <summary>Folds all that the connection's snapshot shows, events that wait for a position included.</summary>
    /// <returns>The log's last position.</returns>
    public async Task<long> Everything(EventCodec codec, NpgsqlConnection connection, IProgress<ReplayProgress>? progress, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select size - 1 from ledger.state", connection);
        var head = (long)(await command.ExecuteScalarAsync(ct))!; // the state row always exists
        var history = new History(codec, connection, Reads, keyless: false);
        await history.Placed(-1, head, async (facts, last) =>
        {
            await Apply(facts, ct);
            progress?.Report(new(last + 1, head + 1));
        }, ct);
        await Apply(await history.Waiting(ct), ct);
        return head;
    }

    /// <summary>All tables with their rows.</summary>
    public IEnumerable<(ITable Table, IEnumerable<object> Rows)> Result()
    {
        foreach (var fold in _inline) yield return (fold.Projection.Table, fold.Rows.Values.SelectMany(r => r));
        foreach (var fold in _ledger)
            foreach (var table in fold.Projection.Tables) yield return (table, fold.Rows.Standing(table));
    }

    /// <summary>The rows of some streams.</summary>
    public IEnumerable<object> RowsOf(IInlineProjection projection, IEnumerable<Guid> streams)
    {
        var rows = _inline.First(f => f.Projection == projection).Rows;
        return streams.SelectMany(s => rows.GetValueOrDefault(s) ?? []);
    }

    public RowCache RowsOf(LedgerProjection projection) => _ledger.First(f => f.Projection == projection).Rows;

    private (InlineFold[] Inline, LedgerFold[] Ledger) ReadersOf(Type fact)
    {
        lock (_readers)
        {
            if (_readers.TryGetValue(fact, out var known)) return known;
            return _readers[fact] =
                ([.. _inline.Where(f => f.Projection.Family.IsAssignableFrom(fact))],
                [.. _ledger.Where(f => f.Projection.Families.Any(family => family.IsAssignableFrom(fact)))]);
        }
    }

    private sealed record InlineFold(IInlineProjection Projection, Dictionary<Guid, IReadOnlyList<object>> Rows);

    private sealed record LedgerFold(LedgerProjection Projection, long Until, RowCache Rows);
}
