using Npgsql;

namespace ClusterNet.Projections;

/// <summary>A replayed copy of a read table, made to be compared: bare columns, so that what breaks a constraint shows as a difference.</summary>
internal sealed class SideTable(NpgsqlConnection connection, string schema, ITable table)
{
    public ITable Table => table;

    public string Sql { get; } = $"{schema}.{table.Schema}_{table.Name}";

    /// <summary>The elements of the published digest: where a personal value came from stands for the value.</summary>
    public IEnumerable<string> Published => table.Columns.Select(c => c.IsPersonal ? Origin(c) : RowDigest.Element(c));

    public async Task Create(IEnumerable<object> rows, CancellationToken ct)
    {
        var columns = table.Columns.Select(c => $"{c.Name} {c.Sql}").Concat(table.Columns.Where(c => c.IsPersonal).Select(c => $"{Origin(c)} text"));
        await Run($"create unlogged table {Sql} ({string.Join(", ", columns)})", ct);
        await Fill(rows, ct);
    }

    public async Task Refill(IEnumerable<object> rows, CancellationToken ct)
    {
        await Run($"truncate {Sql}", ct);
        await Fill(rows, ct);
    }

    /// <summary>Puts the rows of some streams in the place of those that stand there.</summary>
    public async Task Replace(string streamColumn, Guid[] streams, IEnumerable<object> rows, CancellationToken ct)
    {
        await Run($"delete from {Sql} where {streamColumn} = any($1)", ct, streams);
        await Fill(rows, ct);
    }

    private async Task Fill(IEnumerable<object> rows, CancellationToken ct)
    {
        var personal = table.Columns.Where(c => c.IsPersonal).ToArray();
        await BulkCopy.Into(
            connection, Sql, [.. table.Columns.Select(c => c.Name), .. personal.Select(Origin)],
            [.. table.Columns.Select(c => c.Write), .. personal.Select(WriteOrigin)], rows, ct);
    }

    private static Action<NpgsqlBinaryImporter, object> WriteOrigin(Column column) => (importer, row) =>
    {
        if (column.OriginOf(row) is { } origin) importer.Write(origin);
        else importer.WriteNull();
    };

    private static string Origin(Column column) => $"\"{column.Name} ct\"";

    private async Task Run(string sql, CancellationToken ct, params object[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        foreach (var parameter in parameters) command.Parameters.Add(new() { Value = parameter });
        await command.ExecuteNonQueryAsync(ct);
    }
}

/// <summary>Rows into a table by binary COPY.</summary>
internal static class BulkCopy
{
    public static Task Into(NpgsqlConnection connection, string target, ITable table, IEnumerable<object> rows, CancellationToken ct) =>
        Into(connection, target, [.. table.Columns.Select(c => c.Name)], [.. table.Columns.Select(c => c.Write)], rows, ct);

    /// <param name="write">Writes one column of a row each.</param>
    public static async Task Into(
        NpgsqlConnection connection, string target, IReadOnlyList<string> columns, Action<NpgsqlBinaryImporter, object>[] write, IEnumerable<object> rows,
        CancellationToken ct)
    {
        await using var importer = await connection.BeginBinaryImportAsync($"copy {target} ({string.Join(", ", columns)}) from stdin (format binary)", ct);
        foreach (var row in rows)
        {
            ct.ThrowIfCancellationRequested();
            importer.StartRow();
            foreach (var column in write) column(importer, row);
        }

        await importer.CompleteAsync(ct);
    }
}
