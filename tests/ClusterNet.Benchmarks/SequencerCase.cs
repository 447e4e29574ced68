using System.Collections.Concurrent;
using System.Diagnostics;
using ClusterNet.EventStore;
using ClusterNet.Ledger;
using Npgsql;

namespace ClusterNet.Benchmarks;

/// <summary>Giving positions while 16 writers append: how far behind, and how fast it could go.</summary>
internal static class SequencerCase
{
    private const int Writers = 16;

    public static async Task Run(Bench bench, Pace pace, BudgetTable table)
    {
        var (store, sequencer, signal) = (bench.Get<IEventStore>(), bench.Get<Sequencer>(), bench.Get<CommitSignal>());
        var capacity = await Drain(sequencer);
        var committed = new ConcurrentBag<(long SeqId, long At)>();
        var steps = new List<(long Size, long At)>();
        using var writing = new CancellationTokenSource();
        var sequencing = Task.Run(async () =>
        {
            while (true)
            {
                var over = writing.IsCancellationRequested;
                var placed = await sequencer.Step(CancellationToken.None);
                if (placed > 0) steps.Add((placed, Stopwatch.GetTimestamp()));
                else if (over) return;
                else await signal.Next(TimeSpan.FromMilliseconds(200), CancellationToken.None);
            }
        });
        var before = await bench.Scalar<long>("select size from ledger.state");

        var rate = await new Load("append", Writers, async _ =>
        {
            var result = await store.Commit(new([new("bench", Guid.CreateVersion7(), "meter", 0, [Sample.Read], [])], Sample.Metadata), CancellationToken.None);
            committed.Add((((CommitResult.Done)result).SeqId ?? 0, Stopwatch.GetTimestamp()));
        }).Measure(pace.Round * 4);
        await writing.CancelAsync();
        await sequencing;

        var lags = await Lags(bench, before, committed, steps);
        table.Figure(
            "sequencer behind 16 writers, p50 and p99", $"{BudgetTable.PerSecond(rate)} appended meanwhile", "",
            $"{BudgetTable.Number(lags[lags.Length / 2], "0.0")} and {BudgetTable.Number(lags[(int)(lags.Length * 0.99)], "0.0")} ms", "p99 <= 500 ms", lags[(int)(lags.Length * 0.99)] <= 500);
        table.Figure(
            "sequencer alone on a backlog", "append rate of 16 writers", BudgetTable.PerSecond(rate), BudgetTable.PerSecond(capacity), "above the append rate", capacity > rate);
    }

    /// <summary>What the earlier cases left behind is the backlog.</summary>
    private static async Task<double> Drain(Sequencer sequencer)
    {
        var (moved, watch) = (0L, Stopwatch.StartNew());
        while (await sequencer.Step(CancellationToken.None) is var placed and > 0) moved += placed;
        return moved / watch.Elapsed.TotalSeconds;
    }

    private static async Task<double[]> Lags(Bench bench, long before, IEnumerable<(long SeqId, long At)> committed, List<(long Placed, long At)> steps)
    {
        var positions = new Dictionary<long, long>();
        await using (var command = bench.Get<Database>().Source.CreateCommand("select seq_id, position from ledger.leaf where position >= $1"))
        {
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = before });
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync()) positions[reader.GetInt64(0)] = reader.GetInt64(1);
        }

        var placedAt = new long[positions.Count];
        var position = 0;
        foreach (var (placed, at) in steps)
            for (var i = 0; i < placed && position < placedAt.Length; i++) placedAt[position++] = at;
        return [.. committed.Select(c => Math.Max(0, Stopwatch.GetElapsedTime(c.At, placedAt[positions[c.SeqId] - before]).TotalMilliseconds)).Order()];
    }
}
