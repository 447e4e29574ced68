using ClusterNet.EventStore;
using ClusterNet.Tests.EventStore.Fakes;
using Npgsql;
using Shouldly;
using static ClusterNet.Tests.EventStore.Fakes.Given;
using static ClusterNet.Tests.EventStore.Fakes.Rig;

namespace ClusterNet.Tests.EventStore;

public class ConcurrencyTests
{
    [Fact]
    public async Task Many_writers_on_one_stream_lose_nothing_and_skip_no_version()
    {
        await using var rig = await Start();
        var id = Guid.CreateVersion7();

        var outcomes = await Task.WhenAll(Enumerable.Range(1, 32).Select(n => Task.Run(() => rig.Tallies.Execute(id, Adding(n), By(), Ct))));

        outcomes.Select(o => o.Written().Version).Order().ShouldBe(Enumerable.Range(1, 32).Select(n => (long)n));
        var loaded = await rig.Tallies.Load(id, Ct);
        (loaded.Version, loaded.State.Sum, loaded.State.Count).ShouldBe((32, 32 * 33 / 2, 32));
        loaded.Events.Select(e => e.Version).ShouldBe(Enumerable.Range(1, 32).Select(n => (long)n));
        (await rig.Scalar<long>("select sum from fake.tallies where id = $1 and version = 32", id)).ShouldBe(32 * 33 / 2);
    }

    [Fact]
    public async Task Losers_of_a_race_burn_no_sequence_value()
    {
        await using var rig = await Start();
        var id = Guid.CreateVersion7();

        await Task.WhenAll(Enumerable.Range(1, 32).Select(n => Task.Run(() => rig.Tallies.Execute(id, Adding(n), By(), Ct))));

        (await rig.Scalar<long>("select max(seq_id) from events.mt_events")).ShouldBe(32);
    }

    [Fact]
    public async Task Who_waits_for_a_stream_writes_in_the_order_of_arrival()
    {
        await using var rig = await Start();
        var id = Guid.CreateVersion7();
        await rig.Tallies.Execute(id, Adding(0), By(), Ct);
        await using var holder = await rig.Source.OpenConnectionAsync(Ct);
        await using var holding = await holder.BeginTransactionAsync(Ct);
        await new NpgsqlCommand($"select 1 from events.mt_streams where id = '{id}' for update", holder).ExecuteNonQueryAsync(Ct);

        var writers = new List<Task<CommitResult>>();
        for (var n = 1; n <= 8; n++)
        {
            var amount = n;
            writers.Add(rig.Store.CommitLocked(id, [id], true, null, slice => Task.FromResult<Commit?>(Next(id, slice, amount)), Ct));
            await rig.Until("select count(*) = $1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'", (long)n);
        }

        await holding.CommitAsync(Ct);
        (await Task.WhenAll(writers)).ShouldAllBe(r => r is CommitResult.Done);
        var loaded = await rig.Tallies.Load(id, Ct);
        loaded.Events.Select(e => ((TallyAdded)e.Fact).Amount).ShouldBe(Enumerable.Range(0, 9).Select(n => (long)n));
    }

    [Fact]
    public async Task Of_two_who_open_a_stream_one_opens_it()
    {
        await using var rig = await Start();
        var id = Guid.CreateVersion7();

        var outcomes = await Task.WhenAll(Enumerable.Range(1, 12).Select(n => Task.Run(() => rig.Tallies.Execute(id, new OpenTally($"{n}"), By(), Ct))));

        outcomes.Count(o => o is Outcome.Written).ShouldBe(1);
        outcomes.Count(o => o is Outcome.Refused { Refusal.Code: "tally-open" }).ShouldBe(11);
    }

    [Fact]
    public async Task A_command_that_conflicts_with_a_transaction_that_fails_is_carried_out()
    {
        await using var rig = await Start();
        var id = Guid.CreateVersion7();
        await rig.Tallies.Execute(id, Adding(1), By(), Ct);
        await using var other = await rig.Source.OpenConnectionAsync(Ct);
        await using var failing = await other.BeginTransactionAsync(Ct);
        await new NpgsqlCommand($"update events.mt_streams set version = 2 where id = '{id}'", other).ExecuteNonQueryAsync(Ct);

        var writing = rig.Tallies.Execute(id, Adding(2), By(), Ct);
        await rig.Until("select count(*) = 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'");
        await failing.RollbackAsync(Ct);

        (await writing).Written().Version.ShouldBe(2);
    }

    [Fact]
    public async Task Commands_over_the_same_streams_in_opposite_order_all_succeed()
    {
        await using var rig = await Start();
        var (one, two) = (Guid.CreateVersion7(), Guid.CreateVersion7());

        var outcomes = await Task.WhenAll(Enumerable.Range(1, 24).Select(n => Task.Run(() =>
        {
            var (first, second) = n % 2 == 0 ? (one, two) : (two, one);
            return rig.Tallies.Execute(first, Adding(1), By() with { Also = async _ => [await rig.Tallies.Prepare(second, Adding(100), Ct)] }, Ct);
        })));

        outcomes.ShouldAllBe(o => o is Outcome.Written);
        (await rig.Tallies.Load(one, Ct)).State.Sum.ShouldBe(12 * 1 + 12 * 100);
        (await rig.Tallies.Load(two, Ct)).State.Sum.ShouldBe(12 * 1 + 12 * 100);
    }

    [Fact]
    public async Task A_stream_that_many_commands_write_on_the_side_starves_none_of_them()
    {
        await using var rig = await Start();
        var shared = Guid.CreateVersion7();

        var outcomes = await Task.WhenAll(Enumerable.Range(1, 40).Select(n => Task.Run(() => rig.Tallies.Execute(
            Guid.CreateVersion7(), Adding(1), By() with { Also = async _ => [await rig.Tallies.Prepare(shared, Adding(1), Ct)] }, Ct))));

        outcomes.ShouldAllBe(o => o is Outcome.Written);
        (await rig.Tallies.Load(shared, Ct)).State.Sum.ShouldBe(40);
    }

    [Theory]
    [InlineData("40001")]
    [InlineData("40P01")]
    public async Task A_command_whose_transaction_failed_for_another_is_tried_again(string sqlState)
    {
        await using var rig = await Start();
        await rig.Execute("create sequence failures");
        await rig.Execute($$"""
            create function fail_twice() returns trigger language plpgsql security definer as $f$ begin
                if nextval('public.failures') <= 2 then raise exception 'injected' using errcode = '{{sqlState}}'; end if;
                return new;
            end $f$;
            create trigger fail_twice before insert on fake.tallies for each row execute function fail_twice();
            """);
        var id = Guid.CreateVersion7();

        (await rig.Tallies.Execute(id, Adding(1), By(), Ct)).Written().Version.ShouldBe(1);
        (await rig.Tallies.Load(id, Ct)).Version.ShouldBe(1);
    }

    private static Commit Next(Guid id, StreamSlice slice, long amount) => new(
        [new Append(Fake.Module, id, "tally", slice.Version, [new TallyAdded(amount, "hours", Ada, "x")], [])], By().Metadata);
}
