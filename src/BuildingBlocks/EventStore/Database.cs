using Npgsql;

namespace ClusterNet.EventStore;

/// <summary>One SQL statement with its parameters.</summary>
public sealed record Statement(string Sql, IReadOnlyList<NpgsqlParameter> Parameters)
{
    /// <summary>
    /// PostgreSQL keeps one plan for all values (<c>plan_cache_mode</c>, PostgreSQL 15, 20.7.4): for look-ups of a few rows by their keys, whose planning costs
    /// more than they do. It holds for all queries that are sent with it.
    /// </summary>
    public bool PlannedOnce { get; init; }

    public static Statement Of(string sql, params IEnumerable<object?> values) =>
        new(sql, [.. values.Select(v => v as NpgsqlParameter ?? new NpgsqlParameter { Value = v is IId id ? id.Value : v ?? DBNull.Value })]);

    internal NpgsqlBatchCommand ToBatchCommand()
    {
        var command = new NpgsqlBatchCommand(Sql);
        // Copies: a parameter belongs to one command, and a statement may be run again.
        foreach (var parameter in Parameters) command.Parameters.Add(parameter.Clone());
        return command;
    }
}

/// <summary>The installation's database. A module's SQL runs under its role, so that SQL into another module's schema is refused (42501).</summary>
public sealed class Database(NpgsqlDataSource source) : IAsyncDisposable
{
    public NpgsqlDataSource Source { get; } = source;

    /// <summary>
    /// How many may hold a connection while they wait for another's lock. The rest of the pool stays free for reads, which wait for nobody:
    /// a holder of a lock always gets the second connection that its decision may need.
    /// </summary>
    internal SemaphoreSlim Writers { get; } = new(Math.Max(1, new NpgsqlConnectionStringBuilder(source.ConnectionString).MaxPoolSize * 3 / 5));

    /// <summary>Runs one query under the role of <paramref name="module"/>, in one round trip.</summary>
    public async Task<List<T>> Query<T>(string module, Statement statement, Func<NpgsqlDataReader, T> map, CancellationToken ct)
    {
        await using var batch = As(module, statement);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        return await Rows(reader, map, ct);
    }

    /// <summary>Two queries under the role of <paramref name="module"/>, in one round trip.</summary>
    public async Task<(List<TFirst> First, List<TSecond> Second)> Query<TFirst, TSecond>(
        string module, Statement first, Func<NpgsqlDataReader, TFirst> mapFirst, Statement second, Func<NpgsqlDataReader, TSecond> mapSecond, CancellationToken ct)
    {
        await using var batch = As(module, first, second);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        return (await Rows(reader, mapFirst, ct), await Rows(reader, mapSecond, ct));
    }

    /// <summary>Runs statements under the role of <paramref name="module"/>, all or none, in one round trip.</summary>
    /// <returns>How many rows they changed together.</returns>
    public async Task<int> Execute(string module, IEnumerable<Statement> statements, CancellationToken ct)
    {
        await using var batch = As(module, [.. statements]);
        await using (var reader = await batch.ExecuteReaderAsync(ct))
        {
            while (await reader.NextResultAsync(ct))
            {
                // Reading on surfaces the errors of later statements.
            }
        }

        return batch.BatchCommands.Cast<NpgsqlBatchCommand>().Sum(c => c.StatementType == StatementType.Select ? 0 : (int)c.RecordsAffected);
    }

    public ValueTask DisposeAsync()
    {
        Writers.Dispose();
        return Source.DisposeAsync();
    }

    private NpgsqlBatch As(string module, params IReadOnlyCollection<Statement> statements)
    {
        var batch = Source.CreateBatch();
        var role = AsRole(module);
        if (statements.Any(s => s.PlannedOnce)) role.CommandText += ", set_config('plan_cache_mode', 'force_generic_plan', true)";
        batch.BatchCommands.Add(role);
        foreach (var statement in statements) batch.BatchCommands.Add(statement.ToBatchCommand());
        return batch;
    }

    /// <summary>The rows of the next result.</summary>
    private static async Task<List<T>> Rows<T>(NpgsqlDataReader reader, Func<NpgsqlDataReader, T> map, CancellationToken ct)
    {
        await reader.NextResultAsync(ct);
        var rows = new List<T>();
        while (await reader.ReadAsync(ct)) rows.Add(map(reader));
        return rows;
    }

    /// <summary>The role that owns a module's schema.</summary>
    internal static string RoleOf(string module) => $"clusternet_{module}";

    /// <summary><c>set local role</c>, as a function: it ends with the transaction, and warns not when that is a batch's implicit one.</summary>
    internal static NpgsqlBatchCommand AsRole(string module)
    {
        var command = new NpgsqlBatchCommand("select set_config('role', $1, true)");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = RoleOf(module) });
        return command;
    }
}
