using ClusterNet.Ledger;
using ClusterNet.Tests.EventStore.Fakes;
using Npgsql;
using Shouldly;
using static ClusterNet.Tests.EventStore.Fakes.Given;
using static ClusterNet.Tests.EventStore.Fakes.Rig;

namespace ClusterNet.Tests.EventStore;

public class LedgerTests
{
    [Fact]
    public async Task Every_event_of_many_writers_with_rollbacks_and_pauses_gets_a_position()
    {
        await using var rig = await Start();
        using var writing = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var followed = new List<long>();
        var following = Task.Run(async () =>
        {
            var after = -1L;
            while (true)
            {
                var over = writing.IsCancellationRequested;
                var placed = await rig.Get<Sequencer>().Step(Ct);
                foreach (var fact in await rig.Store.ReadAll(after, 10_000, null, Ct))
                {
                    fact.Position.ShouldBe(++after);
                    followed.Add(fact.Event.SeqId);
                }

                if (over && placed == 0) return;
            }
        }, Ct);

        await Task.WhenAll(Enumerable.Range(0, 16).Select(n => Task.Run(() => WriteWithTrouble(rig, n))));
        await writing.CancelAsync();
        await following;

        var committed = await rig.Scalar<long[]>("select array_agg(seq_id order by seq_id) from events.mt_events");
        followed.Order().ShouldBe(committed);
        committed.Length.ShouldBeGreaterThan(16 * 30);
        (await rig.Scalar<long>("select count(*) from ledger.pending")).ShouldBe(0);
        (await rig.Scalar<long>("select size from ledger.state")).ShouldBe(committed.Length);
        (await rig.Scalar<bool>("select max(position) = count(*) - 1 and min(position) = 0 from ledger.leaf")).ShouldBeTrue();
    }

    [Fact]
    public async Task The_log_keeps_the_order_inside_each_stream()
    {
        await using var rig = await Start();
        var ids = Enumerable.Range(0, 4).Select(_ => Guid.CreateVersion7()).ToArray();

        await Task.WhenAll(Enumerable.Range(0, 16).Select(n => Task.Run(async () =>
        {
            for (var i = 0; i < 10; i++)
            {
                await rig.Tallies.Execute(ids[(n + i) % 4], Adding(1, times: 1 + (i % 3)), By(), Ct);
                if (i % 4 == 0) await rig.Get<Sequencer>().Step(Ct);
            }
        })));
        await rig.CatchUp();

        (await rig.Scalar<long>("""
            select count(*) from (select e.version, row_number() over (partition by e.stream_id order by l.position) as place
                from ledger.leaf l join events.mt_events e using (seq_id)) o where version <> place
            """)).ShouldBe(0);
    }

    [Fact]
    public async Task Of_two_sequencers_one_works_and_positions_stay_whole()
    {
        await using var rig = await Start();
        await using var second = await rig.SecondHost();
        for (var i = 0; i < 20; i++) await rig.Tallies.Execute(Guid.CreateVersion7(), Adding(1), By(), Ct);
        await using var holder = await rig.Source.OpenConnectionAsync(Ct);
        await using var holding = await holder.BeginTransactionAsync(Ct);
        await new NpgsqlCommand("select pg_advisory_xact_lock(7203215903)", holder).ExecuteNonQueryAsync(Ct);

        (await rig.Get<Sequencer>().Step(Ct)).ShouldBe(0);
        await holding.RollbackAsync(Ct);
        var placed = await Task.WhenAll(rig.Get<Sequencer>().Step(Ct), second.Get<Sequencer>().Step(Ct));
        await rig.CatchUp();

        placed.Sum().ShouldBe(20);
        (await rig.Scalar<bool>("select max(position) = 19 and count(*) = 20 from ledger.leaf")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_time_of_the_log_names_the_position_it_had()
    {
        await using var rig = await Start();
        var times = rig.Get<LogTimes>();
        await rig.Tallies.Execute(Guid.CreateVersion7(), Adding(1, times: 2), By(), Ct);
        await rig.Sign();
        var first = rig.Clock.Now;
        rig.Clock.Now = first.AddHours(2);
        await rig.Tallies.Execute(Guid.CreateVersion7(), Adding(1), By(), Ct);
        await rig.Sign();

        (await times.At(first, Ct)).ShouldBe(new LogMoment.Known(1, first));
        (await times.At(first.AddHours(1), Ct)).ShouldBe(new LogMoment.Known(1, first));
        (await times.At(rig.Clock.Now, Ct)).ShouldBe(new LogMoment.Known(2, rig.Clock.Now));
    }

    [Fact]
    public async Task A_time_outside_the_log_names_the_range_that_it_knows()
    {
        await using var rig = await Start();
        var times = rig.Get<LogTimes>();
        (await times.At(rig.Clock.Now, Ct)).ShouldBe(new LogMoment.OutOfRange(null, null));
        await rig.Tallies.Execute(Guid.CreateVersion7(), Adding(1), By(), Ct);
        await rig.Sign();
        var only = rig.Clock.Now;

        (await times.At(only.AddSeconds(-1), Ct)).ShouldBe(new LogMoment.OutOfRange(only, only));
        (await times.At(only.AddSeconds(1), Ct)).ShouldBe(new LogMoment.OutOfRange(only, only));
    }

    [Fact]
    public async Task Times_of_the_log_never_go_back()
    {
        await using var rig = await Start();
        await rig.Tallies.Execute(Guid.CreateVersion7(), Adding(1), By(), Ct);
        await rig.Sign();
        var noon = rig.Clock.Now;
        rig.Clock.Now = noon.AddHours(-1);
        await rig.Tallies.Execute(Guid.CreateVersion7(), Adding(1), By(), Ct);
        await rig.Sign();
        rig.Clock.Now = noon;

        (await rig.Get<LogTimes>().At(noon, Ct)).ShouldBe(new LogMoment.Known(1, noon));
    }

    /// <summary>What no client of ours does, but others may: pauses between statement and commit, and rollbacks.</summary>
    private static async Task WriteWithTrouble(Rig rig, int seed)
    {
        var random = new Random(seed);
        await using var connection = await rig.Source.OpenConnectionAsync(Ct);
        for (var i = 0; i < 50; i++)
        {
            await using var transaction = await connection.BeginTransactionAsync(Ct);
            await using var append = new NpgsqlCommand("""
                with stream as (insert into events.mt_streams (id, version) values ($1, 1) returning id),
                event as (insert into events.mt_events (seq_id, id, stream_id, version, data, type)
                    select nextval('events.mt_events_sequence'), gen_random_uuid(), id, 1, '{}', 'tally_closed' from stream returning seq_id)
                select seq_id, pg_sleep($2) from event
                """, connection, transaction);
            append.Parameters.Add(new() { Value = Guid.CreateVersion7() });
            append.Parameters.Add(new() { Value = random.Next(5) == 0 ? random.NextDouble() * 0.004 : 0 });
            await append.ExecuteNonQueryAsync(Ct);
            if (random.Next(10) == 0) await transaction.RollbackAsync(Ct);
            else await transaction.CommitAsync(Ct);
        }
    }
}
