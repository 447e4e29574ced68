using System.CommandLine;
using ClusterNet.EventStore;
using ClusterNet.Projections;
using Npgsql;

namespace ClusterNet.Host.CommandLine;

/// <summary><c>replay</c> rebuilds the read tables from the events; <c>replay --verify</c> proves that they equal what the events say.</summary>
internal static class ReplayVerb
{
    /// <summary>A new command each time, so that it can stand under several parents.</summary>
    public static Command Command()
    {
        var verify = new Option<bool>("--verify") { Description = "Only compare: a line per read table, exit 1 on a difference, 2 when it cannot be told" };
        var until = new Option<long?>("--until") { Description = "With --verify: fold up to this position of the log; of the past there are digests only" };
        var erased = new Option<bool>("--erased") { Description = "With --verify: as if every key were gone; compares what is not personal" };
        var noRecord = new Option<bool>("--no-record") { Description = "Do not append the digests as events" };
        var json = new Option<bool>("--json") { Description = "Print the report as JSON" };
        var command = new Command("replay", "Rebuild all read tables from the events, or prove that they equal what the events say")
        {
            verify, until, erased, noRecord, json,
        };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((parsed, ct) =>
        {
            var request = new ReplayRequest { Until = parsed.GetValue(until), Erased = parsed.GetValue(erased) };
            var wanted = new Wanted(parsed.GetValue(verify), request, !parsed.GetValue(noRecord) && !request.Erased, parsed.GetValue(json));
            return Run([.. parsed.UnmatchedTokens], wanted, ct);
        });
        return command;
    }

    private static async Task<int> Run(string[] settings, Wanted wanted, CancellationToken ct)
    {
        if (!wanted.Verify && wanted.Request != new ReplayRequest()) throw new Composition.SettingsException(["--until and --erased go with --verify."]);
        await using var offline = await Offline.Open(settings, ct);
        try
        {
            if (!wanted.Verify) await Rebuild(offline.Services, ct);
            return await Prove(offline.Services, wanted, ct) ? 0 : 1;
        }
        catch (Exception e) when (e is UnknownEventException or BeyondTheLogException or NpgsqlException)
        {
            await Console.Error.WriteLineAsync($"{Environment.NewLine}{e.Message}");
            return 2;
        }
    }

    /// <summary>Folds all events and compares every read table; prints a line for each.</summary>
    /// <returns>Whether all are equal.</returns>
    public static Task<bool> Compare(IServiceProvider services, CancellationToken ct) => Prove(services, new(true, new(), false, false), ct);

    private static async Task Rebuild(IServiceProvider services, CancellationToken ct)
    {
        using var progress = new ReplayProgressLine();
        await services.GetRequiredService<Replay>().Rebuild([.. services.GetRequiredService<ReadModels>().Tables], progress, ct);
    }

    private static async Task<bool> Prove(IServiceProvider services, Wanted wanted, CancellationToken ct)
    {
        await services.GetRequiredService<LogWorker>().CatchUp(ct);
        var log = services.GetRequiredService<ReplayLog>();
        ReplayReport report;
        using (var progress = new ReplayProgressLine())
            report = await log.WithRecorded(await services.GetRequiredService<Replay>().Prove(wanted.Request, progress, ct), ct);
        var recorded = wanted.Record ? await log.Record(report, ct) : 0;
        if (wanted.Json) ReplayPrint.Json(report, recorded);
        else ReplayPrint.Text(report, recorded);
        return report.Equal;
    }

    private sealed record Wanted(bool Verify, ReplayRequest Request, bool Record, bool Json);
}
