using System.Globalization;

namespace ClusterNet.Benchmarks;

/// <summary>Each figure beside its raw limit and its budget.</summary>
internal sealed class BudgetTable
{
    private readonly List<string[]> _rows = [["what", "raw limit", "limit", "ours", "share", "budget", ""]];

    /// <param name="limit">Operations per second of the raw limit.</param>
    /// <param name="ours">Operations per second of ours.</param>
    public void Share(string what, string limitName, double limit, double ours, double share, double budget) =>
        _rows.Add([what, limitName, PerSecond(limit), PerSecond(ours), $"{Number(share, "0.00")}x", $">= {Number(budget, "0.00")}x", share >= budget ? "met" : "MISSED"]);

    public void Figure(string what, string limitName, string limit, string ours, string budget, bool met) =>
        _rows.Add([what, limitName, limit, ours, "", budget, met ? "met" : "MISSED"]);

    public void Print()
    {
        var widths = Enumerable.Range(0, _rows[0].Length).Select(i => _rows.Max(r => r[i].Length)).ToArray();
        foreach (var row in _rows)
            Console.WriteLine(string.Join("  ", row.Select((cell, i) => i is 2 or 3 or 4 ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]))).TrimEnd());
    }

    public static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    public static string Milliseconds(double time) => $"{Number(time, "0.0")} ms";

    public static string PerSecond(double rate) => $"{Number(rate, "#,0")}/s";
}
