using Npgsql;

namespace ClusterNet.Projections;

/// <summary>Names the rows in which a live table differs from its replay, within the buckets that differ: keys and columns, never values.</summary>
internal static class RowDifferences
{
    public static async Task<IReadOnlyList<RowDifference>> Of(
        NpgsqlConnection connection, SideTable side, IReadOnlyList<int> buckets, IReadOnlyList<Column> compared, CancellationToken ct)
    {
        var table = side.Table;
        var live = $"{table.Schema}.{table.Name}";
        var others = compared.Where(c => !table.Key.Contains(c.Name)).ToList();
        var differing = others.Select(c => $"case when l.{c.Name} is distinct from r.{c.Name} then '{c.Name}' end");
        var on = string.Join(" and ", table.Key.Select(k => $"l.{k} = r.{k}"));
        var key = string.Join(" || ' ' || ", table.Key.Select(k => $"'{k}=' || ({RowDigest.Element(compared.First(c => c.Name == k).Sql, $"coalesce(l.{k}, r.{k})")})::text"));
        var columns = string.Join(", ", compared.Select(c => c.Name));
        await using var command = new NpgsqlCommand($"""
            with live as (select {columns} from {live} where {InBuckets(table)}), replayed as (select {columns} from {side.Sql} where {InBuckets(table)}),
            l as (select true as there, * from (select * from live except all select * from replayed) d),
            r as (select true as there, * from (select * from replayed except all select * from live) d)
            select * from (select {key} as named, l.there is true, r.there is true,
                array_remove(array[{string.Join(", ", differing.DefaultIfEmpty("null"))}]::text[], null) from l full join r on {on}) d
            order by named collate "C"
            """, connection) { CommandTimeout = 0 };
        command.Parameters.Add(new() { Value = buckets.ToArray() });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var found = new List<RowDifference>();
        while (await reader.ReadAsync(ct))
            found.Add(new(reader.GetString(0), reader.GetBoolean(1), reader.GetBoolean(2), reader.GetFieldValue<string[]>(3)));
        return found;
    }

    private static string InBuckets(ITable table) => $"get_byte(sha256(convert_to({RowDigest.KeyText(table)}, 'UTF8')), 0) = any($1)";
}

/// <summary>A row that is not in both tables as it should be.</summary>
/// <param name="Columns">Where it differs, when it is in both.</param>
public sealed record RowDifference(string Key, bool Live, bool Replayed, IReadOnlyList<string> Columns)
{
    public override string ToString() => (Live, Replayed) switch
    {
        (true, true) => $"{Key} differs in {string.Join(", ", Columns)}",
        (true, false) => $"{Key} is only in the live table, or more often there",
        _ => $"{Key} is only in the replay, or more often there",
    };
}
