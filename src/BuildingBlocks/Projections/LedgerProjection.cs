using ClusterNet.EventStore;

namespace ClusterNet.Projections;

/// <summary>
/// Read rows made from many streams, in the one global order, shortly after the commit. Pure: rows and the next fact give the rows after it;
/// no clock, no random, no I/O but its own rows. Of a fact it reads data, stream, version, time and position; metadata is for people.
/// </summary>
public abstract class LedgerProjection(string module, string name)
{
    public string Module => module;

    public string Name => name;

    public abstract IReadOnlyList<ITable> Tables { get; }

    /// <inheritdoc cref="IInlineProjection.CodeVersion"/>
    public virtual int CodeVersion => 1;

    /// <summary>Base types of the facts that it reads.</summary>
    public abstract IReadOnlyList<Type> Families { get; }

    public abstract Task Apply(Rows rows, Positioned fact, CancellationToken ct);
}

/// <summary>The rows of a projection while facts are applied: read on demand, written together.</summary>
public abstract class Rows
{
    /// <summary>The row with this key, as the facts so far left it.</summary>
    public abstract Task<TRow?> Find<TRow>(Table<TRow> table, object[] key, CancellationToken ct)
        where TRow : class;

    public abstract void Put<TRow>(Table<TRow> table, TRow row)
        where TRow : class;

    public abstract void Remove<TRow>(Table<TRow> table, TRow row)
        where TRow : class;
}

/// <summary>Rows held in memory, with what changed; missing ones are asked from <paramref name="load"/>.</summary>
internal sealed class RowCache(Func<ITable, object[], CancellationToken, Task<object?>> load) : Rows
{
    private readonly Dictionary<(ITable, string), (object? Row, object? Last)> _rows = [];
    private readonly HashSet<(ITable, string)> _changed = [];

    public override async Task<TRow?> Find<TRow>(Table<TRow> table, object[] key, CancellationToken ct)
        where TRow : class
    {
        var name = (table, RowSql.Of(table).KeyFor(key));
        if (_rows.TryGetValue(name, out var held)) return (TRow?)held.Row;
        var row = await load(table, key, ct);
        _rows[name] = (row, row);
        return (TRow?)row;
    }

    public override void Put<TRow>(Table<TRow> table, TRow row)
        where TRow : class => Set(table, row, row);

    public override void Remove<TRow>(Table<TRow> table, TRow row)
        where TRow : class => Set(table, row, null);

    /// <summary>All rows that stand, per table.</summary>
    public IEnumerable<object> Standing(ITable table) => _rows.Where(r => r.Key.Item1 == table && r.Value.Row is not null).Select(r => r.Value.Row!);

    /// <summary>The statements for what changed since the start.</summary>
    public IEnumerable<Statement> Changes()
    {
        // Deletes first: a freed unique value may be taken by another row.
        foreach (var (table, key) in _changed)
            if (_rows[(table, key)] is { Row: null, Last: { } last }) yield return RowSql.Of(table).Delete(last);
        foreach (var (table, key) in _changed)
            if (_rows[(table, key)].Row is { } row) yield return RowSql.Of(table).Upsert(row);
    }

    /// <summary>What stands is stored: only later changes count.</summary>
    public void Settle()
    {
        foreach (var name in _changed) _rows[name] = (_rows[name].Row, _rows[name].Row);
        _changed.Clear();
    }

    private void Set(ITable table, object row, object? now)
    {
        var name = (table, RowSql.Of(table).KeyOf(row));
        _rows[name] = (now, row);
        _changed.Add(name);
    }
}
