using ClusterNet.EventStore;

namespace ClusterNet.Projections;

/// <summary>What follows the log in its order with a checkpoint of its own, at most one owner at a time.</summary>
internal interface IFollower
{
    string Name { get; }

    /// <summary>The module under whose role its rows are written.</summary>
    string Module { get; }

    /// <summary>Base types of the facts that concern it; null for all.</summary>
    IReadOnlyList<Type>? Families { get; }

    /// <summary>Which inline read rows leave it nothing to do, where an event's writer stored them with it; null when it takes every event.</summary>
    string? Rows => null;

    /// <summary>The tables that it fills, as this program makes them. When another program has replaced one, it stands aside.</summary>
    IReadOnlyList<(string Table, string CodeVersion)> Fills => [];

    /// <summary>What the facts mean: statements that are committed together with the checkpoint.</summary>
    /// <param name="locking">Runs a statement at once in the transaction that will commit them: for locks.</param>
    Task<IReadOnlyList<Statement>> Take(IReadOnlyList<Positioned> facts, Func<Statement, Task> locking, CancellationToken ct);
}

/// <summary>A <see cref="LedgerProjection"/> on its live tables.</summary>
internal sealed class ProjectionFollower(LedgerProjection projection, Database database, ReadModels models) : IFollower
{
    public string Name => projection.Name;

    public string Module => projection.Module;

    public IReadOnlyList<Type>? Families => projection.Families;

    public IReadOnlyList<(string Table, string CodeVersion)> Fills { get; } =
        [.. projection.Tables.Select(t => ($"{t.Schema}.{t.Name}", models.CodeVersion(t)))];

    public async Task<IReadOnlyList<Statement>> Take(IReadOnlyList<Positioned> facts, Func<Statement, Task> locking, CancellationToken ct)
    {
        var rows = new RowCache(Load);
        foreach (var fact in facts) await projection.Apply(rows, fact, ct);
        return [.. rows.Changes()];
    }

    private async Task<object?> Load(ITable table, object[] key, CancellationToken ct)
    {
        var sql = RowSql.Of(table);
        var columns = string.Join(", ", table.Columns.Select(c => c.Name));
        var found = await database.Query(
            projection.Module,
            new Statement($"select {columns} from {table.Schema}.{table.Name} where {sql.Where(0)}", [.. sql.KeyParameters(key)]),
            r => table.ReadRow(r), ct);
        return found.SingleOrDefault();
    }
}

/// <summary>Applies to inline read rows what their writers did not: another program, or an older one. The rows of such a stream are folded anew.</summary>
internal sealed class InlineFollower(IInlineProjection projection, IEventStore store, ReadModels models) : IFollower
{
    public string Name => NameOf(projection);

    public string Module => projection.Module;

    public IReadOnlyList<Type>? Families => [projection.Family];

    public string? Rows { get; } = models.Fingerprint(projection.Family);

    public IReadOnlyList<(string Table, string CodeVersion)> Fills { get; } =
        [($"{projection.Table.Schema}.{projection.Table.Name}", models.CodeVersion(projection.Table))];

    public static string NameOf(IInlineProjection projection) => $"inline/{projection.Table.Schema}.{projection.Table.Name}";

    public async Task<IReadOnlyList<Statement>> Take(IReadOnlyList<Positioned> facts, Func<Statement, Task> locking, CancellationToken ct)
    {
        // Who stored the same rows as this program would have, stored them with the event.
        var foreign = facts.Where(f => f.Event.Metadata.Rows != Rows).Select(f => f.Event.Stream).Distinct().ToArray();
        if (foreign.Length == 0) return [];
        // No command writes these rows until they are right.
        await locking(Statement.Of("select 1 from events.mt_streams where id = any($1) order by id for update", foreign));
        var statements = new List<Statement>();
        foreach (var stream in foreign)
        {
            var events = (await store.Read(projection.Module, stream, AsOf.Now, true, ct)).Events;
            var rows = events.Aggregate((IReadOnlyList<object>)[], projection.Apply);
            statements.Add(Statement.Of(
                $"delete from {projection.Table.Schema}.{projection.Table.Name} where {projection.StreamColumn} = $1", stream));
            statements.AddRange(rows.Select(RowSql.Of(projection.Table).Insert));
        }

        return statements;
    }
}
