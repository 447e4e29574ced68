using System.Security.Cryptography;
using Npgsql;

namespace ClusterNet.Projections;

/// <summary>
/// The digest of a table, so defined that whoever has the rows can repeat it, in any language and on any machine (docs/replay.md has an example).
/// <list type="number">
/// <item>A row's text is a JSON array of its columns in their order, its key's text one of the key columns, as <c>jsonb</c> is written: <c>, </c>
/// between elements, <c>: </c> after names, members ordered by the length of their names in bytes and then by these bytes, no escapes but for
/// <c>"</c>, <c>\</c> and control characters (Python's <c>json.dumps(row, ensure_ascii=False)</c>).</item>
/// <item>uuid and text are strings, integers numbers, booleans true and false, arrays arrays, jsonb itself, null null. Instants are strings
/// <c>2026-03-01T09:00:00.000000Z</c> in UTC, dates <c>2026-03-01</c>, ranges of instants <c>[from,until)</c>, bytes lower-case hex.</item>
/// <item>In the published digest a personal column holds, instead of its value, the hash <c>ct</c> of the envelope that it came from (lower-case
/// hex; several joined by +; null when no envelope held it), so that the digest stays the same after the person is forgotten.</item>
/// <item>A row belongs to the bucket that is the first byte of SHA-256(key's text). A bucket's digest is SHA-256 over the SHA-256 hashes of its
/// rows' texts, ordered by the bytes of their keys' texts; the table's digest is SHA-256 over its 256 bucket digests.</item>
/// </list>
/// </summary>
internal sealed record RowDigest(long Rows, IReadOnlyList<byte[]> Buckets)
{
    /// <summary>The name of this definition, in every recorded digest.</summary>
    public const string Form = "clusternet.rows/v1";

    private const int BucketCount = 256;

    public string Hex { get; } = Convert.ToHexStringLower(SHA256.HashData(Buckets.SelectMany(b => b).ToArray()));

    public static async Task<RowDigest> Of(NpgsqlConnection connection, string from, ITable table, IEnumerable<string> elements, CancellationToken ct)
    {
        // The inner query stands by itself (offset 0), so that no text is made twice.
        await using var command = new NpgsqlCommand($"""
            select bucket, count(*), sha256(string_agg(hash, ''::bytea order by key_text collate "C"))
            from (select get_byte(sha256(convert_to(key_text, 'UTF8')), 0) as bucket, key_text, sha256(convert_to(row_text, 'UTF8')) as hash
                from (select {KeyText(table)} as key_text, {Text(elements)} as row_text from {from} t offset 0) texts offset 0) hashes
            group by bucket order by bucket
            """, connection) { CommandTimeout = 0 };
        var (rows, buckets) = (0L, Enumerable.Repeat(SHA256.HashData([]), BucketCount).ToArray());
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            rows += reader.GetInt64(1);
            buckets[reader.GetInt32(0)] = reader.GetFieldValue<byte[]>(2);
        }

        return new(rows, buckets);
    }

    /// <summary>The buckets in which the two tables differ.</summary>
    public IReadOnlyList<int> DifferingFrom(RowDigest other) =>
        [.. Enumerable.Range(0, BucketCount).Where(b => !Buckets[b].AsSpan().SequenceEqual(other.Buckets[b]))];

    /// <summary>SQL of a key's text.</summary>
    public static string KeyText(ITable table) => Text(table.Key.Select(k => Element(table.Columns.First(c => c.Name == k))));

    /// <summary>SQL of the JSON that stands for a column.</summary>
    public static string Element(Column column) => Element(column.Sql, column.Name);

    public static string Element(string type, string value) => type switch
    {
        "timestamptz" => Instant(value),
        "date" => $"to_char({value}, 'YYYY-MM-DD')",
        "tstzrange" => Range(value),
        "bytea" => $"encode({value}, 'hex')",
        _ => value,
    };

    private static string Text(IEnumerable<string> elements) => $"jsonb_build_array({string.Join(", ", elements)})::text";

    private static string Instant(string value) =>
        $"case when isfinite({value}) then to_char({value} at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') else {value}::text end";

    private static string Range(string value) => $"""
        case when isempty({value}) then 'empty' else
            case when lower_inc({value}) then '[' else '(' end || coalesce({Instant($"lower({value})")}, '') || ',' ||
            coalesce({Instant($"upper({value})")}, '') || case when upper_inc({value}) then ']' else ')' end end
        """;
}
