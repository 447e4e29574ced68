using Npgsql;

namespace ClusterNet.Backups;

/// <summary>A table as PostgreSQL's catalogue has it.</summary>
internal sealed record StoredTable(string Name, IReadOnlyList<string> Columns, bool HasTriggers)
{
    public string ColumnList => string.Join(", ", Columns.Select(c => $"\"{c}\""));
}

/// <summary>What a backup has to hold is asked of the catalogue, so that a table added later is never forgotten.</summary>
internal static class StoredTables
{
    /// <summary>All permanent tables of some schemas but the <paramref name="excluded"/>, those that others refer to first.</summary>
    public static async Task<IReadOnlyList<StoredTable>> Of(
        NpgsqlConnection connection, IReadOnlyCollection<string> schemas, IReadOnlySet<string> excluded, CancellationToken ct)
    {
        var tables = new List<StoredTable>();
        await using (var select = Command(connection, schemas, """
            select n.nspname || '.' || c.relname, array_agg(a.attname::text order by a.attnum),
                exists (select from pg_trigger t where t.tgrelid = c.oid and not t.tgisinternal)
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
            where n.nspname = any($1) and c.relkind = 'r' and c.relpersistence = 'p'
            group by c.oid, n.nspname, c.relname order by 1
            """))
        {
            await using var reader = await select.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct)) tables.Add(new(reader.GetString(0), reader.GetFieldValue<string[]>(1), reader.GetBoolean(2)));
        }

        tables.RemoveAll(t => excluded.Contains(t.Name));
        return InOrder(tables, await References(connection, schemas, ct));
    }

    public static async Task<IReadOnlyList<ArchivedSequence>> Sequences(NpgsqlConnection connection, IReadOnlyCollection<string> schemas, CancellationToken ct)
    {
        var names = new List<string>();
        await using (var select = Command(connection, schemas, "select schemaname || '.' || sequencename from pg_sequences where schemaname = any($1) order by 1"))
        {
            await using var reader = await select.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct)) names.Add(reader.GetString(0));
        }

        var sequences = new List<ArchivedSequence>();
        foreach (var name in names)
        {
            await using var select = new NpgsqlCommand($"select last_value, is_called from {name}", connection);
            await using var reader = await select.ExecuteReaderAsync(ct);
            await reader.ReadAsync(ct);
            sequences.Add(new(name, reader.GetInt64(0), reader.GetBoolean(1)));
        }

        return sequences;
    }

    private static async Task<List<(string From, string To)>> References(NpgsqlConnection connection, IReadOnlyCollection<string> schemas, CancellationToken ct)
    {
        await using var select = Command(connection, schemas, """
            select fn.nspname || '.' || f.relname, tn.nspname || '.' || t.relname from pg_constraint r
            join pg_class f on f.oid = r.conrelid join pg_namespace fn on fn.oid = f.relnamespace
            join pg_class t on t.oid = r.confrelid join pg_namespace tn on tn.oid = t.relnamespace
            where r.contype = 'f' and f.oid <> t.oid and fn.nspname = any($1)
            """);
        await using var reader = await select.ExecuteReaderAsync(ct);
        var references = new List<(string, string)>();
        while (await reader.ReadAsync(ct)) references.Add((reader.GetString(0), reader.GetString(1)));
        return references;
    }

    private static List<StoredTable> InOrder(List<StoredTable> tables, List<(string From, string To)> references)
    {
        var ordered = new List<StoredTable>(tables.Count);
        while (tables.Count > 0)
        {
            var next = tables.FirstOrDefault(t => !references.Any(r => r.From == t.Name && tables.Any(o => o.Name == r.To))) ?? tables[0];
            tables.Remove(next);
            ordered.Add(next);
        }

        return ordered;
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, IReadOnlyCollection<string> schemas, string sql) =>
        new(sql, connection) { Parameters = { new() { Value = schemas.ToArray() } } };
}
