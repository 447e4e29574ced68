using System.Text.Encodings.Web;
using System.Text.Json;
using ClusterNet.Projections;

namespace ClusterNet.Host.CommandLine;

/// <summary>A replay's report on stdout.</summary>
internal static class ReplayPrint
{
    private const int ShownRows = 10;
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Json(ReplayReport report, int recorded) => Console.WriteLine(JsonSerializer.Serialize(
        new
        {
            report.Until,
            report.Compared,
            report.Erased,
            report.Equal,
            EventsRecorded = recorded,
            Tables = report.Tables.Select(t => new
            {
                t.Table,
                t.CodeVersion,
                t.Rows,
                t.Digest,
                t.LiveRows,
                t.ReplayedRows,
                t.Equal,
                t.Buckets,
                t.Differences,
                t.Recorded,
            }),
        },
        Format));

    public static void Text(ReplayReport report, int recorded)
    {
        var width = Math.Max("read table".Length, report.Tables.Max(r => r.Table.Length));
        Console.WriteLine($"{"read table".PadRight(width)}  {"live",9}  {"replayed",9}  {"digest of the rows at this position",-64}  result");
        foreach (var table in report.Tables) Line(report, table, width);
        Console.WriteLine(Summary(report));
        if (recorded > 0) Console.WriteLine($"{recorded} digests and incidents are recorded as events.");
    }

    private static void Line(ReplayReport report, TableReport table, int width)
    {
        var live = report.Compared ? $"{table.LiveRows}" : "";
        var result = !table.Equal ? "DIFFERENT" : report.Compared ? "equal" : table.Recorded.Any(r => r.CodeVersion == table.CodeVersion) ? "as recorded" : "not recorded";
        Console.WriteLine($"{table.Table.PadRight(width)}  {live,9}  {table.Rows,9}  {table.Digest}  {result}");
        if (table.Buckets.Count > 0) Console.WriteLine($"    in {table.Buckets.Count} of 256 buckets: {string.Join(", ", table.Buckets.Take(ShownRows))}{(table.Buckets.Count > ShownRows ? " …" : "")}");
        foreach (var difference in table.Differences.Take(ShownRows)) Console.WriteLine($"    {difference}");
        if (table.Differences.Count > ShownRows) Console.WriteLine($"    and {table.Differences.Count - ShownRows} more rows; --json names all");
        foreach (var other in table.Recorded.Where(r => r.Digest != table.Digest))
            Console.WriteLine($"    recorded at {other.At.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ} by code {other.CodeVersion}: {other.Digest}");
    }

    private static string Summary(ReplayReport report)
    {
        var of = report.Erased ? " in all that is not personal" : "";
        if (!report.Equal) return $"{report.Tables.Count(r => !r.Equal)} of {report.Tables.Count} read tables differ from what the events up to position {report.Until} say{of}.";
        return report.Compared
            ? $"All {report.Tables.Count} read tables equal what the events up to position {report.Until} say{of}."
            : $"These are the rows that the events up to position {report.Until} give; there is no live table of that time.";
    }
}
