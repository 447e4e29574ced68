using ClusterNet.EventStore;

namespace ClusterNet.Projections;

/// <summary>
/// Read rows of one stream, written in the transaction of the command that changed the stream: what you did, you see.
/// A pure fold: rows so far and the next fact give the rows after it.
/// </summary>
public interface IInlineProjection
{
    /// <summary>The module whose role writes the table.</summary>
    string Module { get; }

    /// <summary>The facts that it reads: a family's base type.</summary>
    Type Family { get; }

    ITable Table { get; }

    /// <summary>To be raised when the fold gives other rows than before: the table is then rebuilt, as after a change of its definition.</summary>
    int CodeVersion => 1;

    /// <summary>The column that names the stream in the table.</summary>
    string StreamColumn { get; }

    IReadOnlyList<object> Apply(IReadOnlyList<object> rows, Recorded recorded);
}

/// <summary>One row per stream; its table's key is the stream's id, in a member <c>Id</c>.</summary>
public abstract class InlineProjection<TEvent, TRow>(string module, Table<TRow> table) : IInlineProjection
    where TRow : class
{
    public string Module => module;

    public Type Family => typeof(TEvent);

    ITable IInlineProjection.Table => table;

    public virtual int CodeVersion => 1;

    public string StreamColumn => "id";

    public IReadOnlyList<object> Apply(IReadOnlyList<object> rows, Recorded recorded)
    {
        if (recorded.As<TEvent>() is not { } fact) return rows;
        return Apply(rows.Count == 0 ? null : (TRow)rows[0], fact) is { } row ? [row] : [];
    }

    /// <returns>The row after the fact; null for no row.</returns>
    protected abstract TRow? Apply(TRow? row, Recorded<TEvent> recorded);
}

/// <summary>Several rows per stream, such as one per resource of a session.</summary>
/// <param name="streamColumn">The column that holds the stream's id.</param>
public abstract class InlineRows<TEvent, TRow>(string module, Table<TRow> table, string streamColumn) : IInlineProjection
    where TRow : class
{
    public string Module => module;

    public Type Family => typeof(TEvent);

    ITable IInlineProjection.Table => table;

    public virtual int CodeVersion => 1;

    public string StreamColumn => streamColumn;

    public IReadOnlyList<object> Apply(IReadOnlyList<object> rows, Recorded recorded) =>
        recorded.As<TEvent>() is { } fact ? Apply(rows as IReadOnlyList<TRow> ?? [.. rows.Cast<TRow>()], fact) : rows;

    protected abstract IReadOnlyList<TRow> Apply(IReadOnlyList<TRow> rows, Recorded<TEvent> recorded);
}

/// <summary>Rows before and after: the statements that bring the table from one to the other.</summary>
internal static class RowChanges
{
    public static IEnumerable<Statement> Between(ITable table, IReadOnlyList<object> before, IReadOnlyList<object> after)
    {
        var sql = RowSql.Of(table);
        var old = before.ToDictionary(sql.KeyOf);
        var now = after.ToDictionary(sql.KeyOf);
        // Deletes first: a freed place may be taken by another row of the same stream.
        foreach (var (key, row) in old)
            if (!now.ContainsKey(key)) yield return sql.Delete(row);
        foreach (var (key, row) in now)
        {
            if (!old.TryGetValue(key, out var same)) yield return sql.Insert(row);
            else if (!Equals(same, row)) yield return sql.Update(row);
        }
    }
}
