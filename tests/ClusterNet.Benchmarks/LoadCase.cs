using ClusterNet.EventStore;
using Npgsql;

namespace ClusterNet.Benchmarks;

/// <summary>Loading and folding a stream of 200 events, beside a bare SELECT of its rows.</summary>
internal static class LoadCase
{
    private const int Streams = 50, Events = 200, Readers = 4;

    public static async Task Run(Bench bench, Pace pace, BudgetTable table)
    {
        var (store, meters) = (bench.Get<IEventStore>(), bench.Get<Streams<Meter, MeterFact>>());
        var ids = Enumerable.Range(0, Streams).Select(_ => Guid.CreateVersion7()).ToArray();
        foreach (var id in ids)
            await store.Commit(new([new("bench", id, "meter", 0, [.. Enumerable.Repeat(Sample.Read, Events)], [])], Sample.Metadata), CancellationToken.None);
        await bench.Execute("analyze events.mt_events");
        var selects = await Task.WhenAll(Enumerable.Range(0, Readers).Select(_ => Prepared(bench.ConnectionString)));
        var next = 0;
        Guid Next() => ids[(uint)Interlocked.Increment(ref next) % Streams];

        var rates = await Rounds.Interleaved(
            pace,
            new("bare select", Readers, worker => Select(selects[worker], Next())),
            new("load and fold", Readers, async _ =>
            {
                if ((await meters.Load(Next(), CancellationToken.None)).State.Count != Events) throw new InvalidOperationException("lost events");
            }));

        table.Share("load and fold of a 200-event stream, 4 readers", "bare SELECT of its rows", rates[0].Rate, rates[1].Rate, rates[1].Share, 0.6);
        foreach (var select in selects)
        {
            var connection = select.Connection;
            await select.DisposeAsync();
            if (connection is not null) await connection.DisposeAsync();
        }
    }

    private static async Task<NpgsqlCommand> Prepared(string connectionString)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        var command = new NpgsqlCommand($"select {NpgsqlEventStore.RowColumns} from events.mt_events e where e.stream_id = $1 order by e.version", connection);
        command.Parameters.Add(new NpgsqlParameter<Guid>());
        await command.PrepareAsync();
        return command;
    }

    private static async Task Select(NpgsqlCommand command, Guid stream)
    {
        ((NpgsqlParameter<Guid>)command.Parameters[0]).TypedValue = stream;
        await using var reader = await command.ExecuteReaderAsync();
        var count = 0;
        while (await reader.ReadAsync())
        {
            for (var i = 0; i < reader.FieldCount; i++)
                if (!reader.IsDBNull(i)) Touch(reader, i);
            count++;
        }

        if (count != Events) throw new InvalidOperationException("lost events");
    }

    internal static void Touch(NpgsqlDataReader reader, int i)
    {
        switch (i)
        {
            case 0 or 3: reader.GetInt64(i); break;
            case 1 or 2: reader.GetGuid(i); break;
            case 4 or 7: reader.GetFieldValue<byte[]>(i); break;
            case 6: reader.GetFieldValue<DateTimeOffset>(i); break;
            default: reader.GetString(i); break;
        }
    }
}
