using System.CommandLine;
using ClusterNet.Projections;

namespace ClusterNet.Host.CommandLine;

/// <summary><c>replay</c> rebuilds the read tables from the events; <c>replay --verify</c> compares them and changes nothing.</summary>
internal static class ReplayVerb
{
    public static Command Command(string[] args)
    {
        var verify = new Option<bool>("--verify") { Description = "Only compare: print a line per read table, exit 1 on a difference" };
        var command = new Command("replay", "Rebuild all read tables from the events, or prove that they equal what the events say") { verify };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((parsed, ct) => Run(args, parsed.GetValue(verify), ct));
        return command;
    }

    private static async Task<int> Run(string[] args, bool verify, CancellationToken ct)
    {
        await using var offline = await Offline.Open(args, ct);
        if (!verify)
        {
            var tables = offline.Services.GetRequiredService<ReadModels>().Tables.ToList();
            await offline.Services.GetRequiredService<Replay>().Rebuild(tables, Folded(), ct);
            await Console.Error.WriteLineAsync();
        }

        return await Compare(offline.Services, ct) ? 0 : 1;
    }

    /// <summary>Folds all events and compares every read table; prints a line for each.</summary>
    /// <returns>Whether all are equal.</returns>
    public static async Task<bool> Compare(IServiceProvider services, CancellationToken ct)
    {
        await services.GetRequiredService<LogWorker>().CatchUp(ct);
        var reports = await services.GetRequiredService<Replay>().Verify(Folded(), ct);
        await Console.Error.WriteLineAsync();
        Print(reports);
        return reports.All(r => r.Equal);
    }

    private static Progress<ReplayProgress> Folded() => new(p => Console.Error.Write($"\r{p.Events} events folded "));

    private static void Print(IReadOnlyList<TableReport> reports)
    {
        var width = reports.Max(r => r.Table.Length);
        Console.WriteLine($"{"read table".PadRight(width)}  {"live",9}  {"replayed",9}  digest of the replay  result");
        foreach (var report in reports)
        {
            var result = report.Equal ? "equal" : "DIFFERENT";
            Console.WriteLine($"{report.Table.PadRight(width)}  {report.LiveRows,9}  {report.ReplayedRows,9}  {report.Digest[..16]}…     {result}");
            foreach (var difference in report.Differences) Console.WriteLine($"    {difference}");
        }

        Console.WriteLine(reports.All(r => r.Equal)
            ? $"All {reports.Count} read tables equal what the events say."
            : $"{reports.Count(r => !r.Equal)} of {reports.Count} read tables differ from what the events say.");
    }
}
