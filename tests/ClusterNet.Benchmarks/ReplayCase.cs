using System.Data;
using System.Diagnostics;
using ClusterNet.EventStore;
using ClusterNet.Host.Composition;
using ClusterNet.Privacy;
using ClusterNet.Projections;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace ClusterNet.Benchmarks;

/// <summary>A replay of all modules' projections over bulk history, beside a bare SELECT of its events in the same round.</summary>
internal static class ReplayCase
{
    public static async Task Run(Bench bench, Pace pace, BudgetTable table)
    {
        var quick = pace == Pace.Quick;
        await Measure(bench, "replay_clear", quick ? 100_000 : 1_000_000, quick ? 3 : 5, "nothing decrypted", d => d.Clear, 200_000, table);
        await Measure(bench, "replay_sealed", quick ? 50_000 : 300_000, quick ? 3 : 5, "every event decrypted", d => d.Sealed, 50_000, table);
    }

    private static async Task Measure(
        Bench bench, string name, int events, int rounds, string what, Func<ReplayData, Func<int, Task>> fill, double budget, BudgetTable table)
    {
        var folder = Path.Combine(bench.Folder, name);
        var settings = new HostSettings(
            await bench.NewDatabase(name), await bench.NewDatabase($"{name}_keys"), folder, Path.Combine(folder, "keys"), Path.Combine(folder, "mirror"), folder, null, null,
            Path.Combine(folder, "keys", "log-policy"));
        var builder = WebHost.Builder(["--urls", "http://127.0.0.1:0", "--environment", "Production"]);
        builder.Configuration.AddInMemoryCollection([new("Serilog:MinimumLevel:Default", "Fatal")]);
        await using var backbone = await Backbone.Open(settings, _ => { }, CancellationToken.None);
        await using var app = WebHost.Build(builder, settings, backbone);
        await app.Services.GetRequiredService<Installation>().Apply(CancellationToken.None);
        var database = app.Services.GetRequiredService<Database>();
        await fill(new(database, app.Services.GetRequiredService<KeyRing>()))(events);
        await using var connection = await database.Source.OpenConnectionAsync();
        List<double> bare = [], fold = [], replay = [], digest = [], share = [], cpu = [];
        for (var round = 0; round <= rounds; round++)
        {
            var select = await Select(connection);
            var before = Environment.CpuUsage.TotalTime;
            var (folding, copying, digesting, rows) = await Replay(app.Services, database);
            cpu.Add((Environment.CpuUsage.TotalTime - before).TotalMicroseconds / events);
            if (round == 0) continue;
            bare.Add(events / select);
            fold.Add(events / folding);
            replay.Add(events / (folding + copying));
            share.Add(select / (folding + copying));
            digest.Add(rows / digesting);
        }

        var rate = Median(replay);
        table.Share($"replay of {events} events, {what}: fold and COPY", "bare SELECT of the events", Median(bare), rate, Median(share), 0.25);
        table.Figure("the same, events per second", "", "", BudgetTable.PerSecond(rate), $">= {BudgetTable.PerSecond(budget)}", rate >= budget);
        table.Figure("its fold alone; digests of its rows", "", BudgetTable.PerSecond(Median(fold)), $"{BudgetTable.PerSecond(Median(digest))} rows", "", true);
        table.Figure("CPU time of our process per event, whatever else the machine does", "", "", $"{BudgetTable.Number(Median(cpu), "0.0")} us", "", true);
    }

    private static async Task<double> Select(NpgsqlConnection connection)
    {
        var watch = Stopwatch.StartNew();
        await using var command = new NpgsqlCommand($"select {NpgsqlEventStore.RowColumns} from events.mt_events e order by seq_id", connection) { CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            for (var i = 0; i < reader.FieldCount; i++)
                if (!reader.IsDBNull(i)) LoadCase.Touch(reader, i);
        }

        return watch.Elapsed.TotalSeconds;
    }

    private static async Task<(double Fold, double Copy, double Digest, long Rows)> Replay(IServiceProvider services, Database database)
    {
        var (models, codec) = (services.GetRequiredService<ReadModels>(), services.GetRequiredService<EventCodec>());
        await using var reading = await database.Source.OpenConnectionAsync();
        await using var reads = await reading.BeginTransactionAsync(IsolationLevel.RepeatableRead);
        var watch = Stopwatch.StartNew();
        var fold = new ReplayFold(models.Inline, models.Ledger.Select(p => (p, long.MaxValue)));
        await fold.Everything(codec, reading, null, CancellationToken.None);
        var folded = watch.Elapsed.TotalSeconds;
        await using var writing = await database.Source.OpenConnectionAsync();
        await using var writes = await writing.BeginTransactionAsync();
        await using (var create = new NpgsqlCommand("create schema replay_bench", writing)) await create.ExecuteNonQueryAsync();
        var sides = new List<SideTable>();
        foreach (var (table, rows) in fold.Result())
        {
            sides.Add(new(writing, "replay_bench", table));
            await sides[^1].Create(rows, CancellationToken.None);
        }

        var copied = watch.Elapsed.TotalSeconds;
        var count = 0L;
        foreach (var side in sides) count += (await RowDigest.Of(writing, side.Sql, side.Table, side.Published, CancellationToken.None)).Rows;
        await writes.RollbackAsync();
        return (folded, copied - folded, watch.Elapsed.TotalSeconds - copied, count);
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
