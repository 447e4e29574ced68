using System.Collections.Concurrent;
using ClusterNet.EventStore;

namespace ClusterNet.Benchmarks;

/// <summary>Appending to new and to existing streams, beside the same inserts by bare Npgsql.</summary>
internal static class WriteCases
{
    private const int Writers = 8;

    public static async Task Run(Bench bench, Pace pace, BudgetTable table)
    {
        var bare = await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Bare.Open(bench.ConnectionString)));
        var (store, meters) = (bench.Get<IEventStore>(), bench.Get<Streams<Meter, MeterFact>>());
        var existing = new ConcurrentQueue<Guid>();
        var command = new ReadThrice(Sample.Read);
        var execution = new Execution(Sample.Metadata);

        var rates = await Rounds.Interleaved(
            pace,
            new("bare inserts", Writers, worker => bare[worker].Insert()),
            new("append", Writers, async _ =>
            {
                var id = Guid.CreateVersion7();
                await store.Commit(new([new("bench", id, "meter", 0, [Sample.Read], [])], Sample.Metadata), CancellationToken.None);
                existing.Enqueue(id);
            }),
            new("load, decide, append", Writers, async _ =>
            {
                // A stream of one event, as long as there are any.
                var id = existing.TryDequeue(out var next) ? next : Guid.CreateVersion7();
                await meters.Execute(id, command, execution, CancellationToken.None);
            }));

        table.Share("append of one event, new stream, 8 writers", "two bare inserts", rates[0].Rate, rates[1].Rate, rates[1].Share, 0.8);
        table.Share("load, decide, append 3 events, 8 writers", "two bare inserts", rates[0].Rate, rates[2].Rate, rates[2].Share, 0.55);
        foreach (var connection in bare) await connection.DisposeAsync();
    }
}
