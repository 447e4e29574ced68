using System.Diagnostics;
using ClusterNet.EventStore;
using ClusterNet.Ledger;

namespace ClusterNet.Benchmarks;

/// <summary>A log of a million events: sealing and signing it, and inclusion proofs out of it.</summary>
internal static class ProofCase
{
    private const int Proofs = 2_000;

    public static async Task Run(Bench bench, bool quick, BudgetTable table)
    {
        var events = quick ? 50_000 : 1_000_000;
        await Fill(bench, events);
        var sealing = await Rate(bench, () => Drain(bench.Get<Sequencer>()));
        var publisher = bench.Get<CheckpointPublisher>();
        var signing = await Rate(bench, async () =>
        {
            while (!await publisher.Step(CancellationToken.None) && publisher.Halted is null) await Task.Yield();
        });
        if (publisher.Halted is { } fault) throw new InvalidOperationException(fault);
        var size = await bench.Scalar<long>("select size from ledger.state");
        table.Figure($"sealing a backlog of {events:#,0} events", "", "", BudgetTable.PerSecond(sealing), "above the append rate", sealing > 5_000);
        table.Figure("second computation before signing", "", "", BudgetTable.PerSecond(signing), "above the append rate", signing > 5_000);

        var ids = await bench.Scalar<Guid[]>($"select array_agg(event_id) from (select event_id from ledger.leaf order by random() limit {Proofs}) r");
        var proofs = bench.Get<LogProofs>();
        var bare = await Times(ids, id => bench.Get<Database>().Source.CreateCommand($"select position from ledger.leaf where event_id = '{id}'").ExecuteScalarAsync());
        var ours = await Times(ids, id => proofs.OfEvent(id, CancellationToken.None));
        table.Figure(
            $"inclusion proof out of {size:#,0} events, p50 and p99", "bare look-up of the position, p50", $"{BudgetTable.Number(bare[Proofs / 2], "0.00")} ms",
            $"{BudgetTable.Number(ours[Proofs / 2], "0.00")} and {BudgetTable.Number(ours[Proofs * 99 / 100], "0.00")} ms", "p50 <= 1 ms", ours[Proofs / 2] <= 1);
    }

    private static async Task Fill(Bench bench, int events)
    {
        const int Streams = 100;
        await bench.Execute($$"""
            with streams as (insert into events.mt_streams (id, type, version, timestamp, created)
                select gen_random_uuid(), 'meter', {{events / Streams}}, now(), now() from generate_series(1, {{Streams}}) returning id)
            insert into events.mt_events (seq_id, id, stream_id, version, data, type, timestamp, mt_dotnet_type, correlation_id, causation_id, headers, user_name)
            select nextval('events.mt_events_sequence'), gen_random_uuid(), id, v, '{"Value": 17, "Unit": "kWh", "At": "2026-03-01T09:30:00+00:00"}', 'meter_read', now(),
                'A.Type, An.Assembly', 'request', 'command', '{"module": "bench", "schema": 1}', 'somebody'
            from streams, generate_series(1, {{events / Streams}}) v
            """);
    }

    private static async Task Drain(Sequencer sequencer)
    {
        while (await sequencer.Step(CancellationToken.None) > 0)
        {
            // Until nothing waits.
        }
    }

    /// <summary>Events a second by which the log, or what is signed of it, grew.</summary>
    private static async Task<double> Rate(Bench bench, Func<Task> work)
    {
        const string Done = "select size + coalesce((select max(size) from ledger.checkpoint), 0) from ledger.state";
        var (before, watch) = (await bench.Scalar<long>(Done), Stopwatch.StartNew());
        await work();
        return (await bench.Scalar<long>(Done) - before) / watch.Elapsed.TotalSeconds;
    }

    private static async Task<double[]> Times(Guid[] ids, Func<Guid, Task> ask)
    {
        var times = new List<double>(ids.Length);
        foreach (var id in ids)
        {
            var started = Stopwatch.GetTimestamp();
            await ask(id);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return [.. times.Order()];
    }
}
