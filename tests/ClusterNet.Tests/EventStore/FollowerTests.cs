using ClusterNet.EventStore;
using ClusterNet.Ledger;
using ClusterNet.Projections;
using ClusterNet.Tests.EventStore.Fakes;
using Npgsql;
using Shouldly;
using static ClusterNet.Tests.EventStore.Fakes.Given;
using static ClusterNet.Tests.EventStore.Fakes.Rig;

namespace ClusterNet.Tests.EventStore;

public class FollowerTests
{
    [Fact]
    public async Task A_projection_over_many_streams_follows_the_log()
    {
        await using var rig = await Start();
        await rig.Tallies.Execute(Guid.CreateVersion7(), Adding(3, "hours"), By(), Ct);
        await rig.Tallies.Execute(Guid.CreateVersion7(), Adding(4, "days"), By(), Ct);
        await rig.CatchUp();
        await rig.Tallies.Execute(Guid.CreateVersion7(), Adding(5, "hours", times: 2), By(), Ct);
        await rig.CatchUp();

        (await Totals(rig)).ShouldBe([new UnitTotal("days", 4, 1, 1), new UnitTotal("hours", 13, 3, 3)]);
    }

    [Fact]
    public async Task A_projection_that_fails_stands_still_and_resumes_without_a_gap()
    {
        await using var rig = await Start();
        await rig.Tallies.Execute(Guid.CreateVersion7(), Adding(3, "hours"), By(), Ct);
        await rig.CatchUp();
        rig.Totals.Chokes = "days";
        await rig.Tallies.Execute(Guid.CreateVersion7(), Adding(4, "days"), By(), Ct);
        await rig.Tallies.Execute(Guid.CreateVersion7(), Adding(5, "hours"), By(), Ct);

        await Should.ThrowAsync<InvalidOperationException>(rig.CatchUp());
        (await Totals(rig)).ShouldBe([new UnitTotal("hours", 3, 1, 0)]);

        rig.Totals.Chokes = null;
        await rig.CatchUp();
        (await Totals(rig)).ShouldBe([new UnitTotal("days", 4, 1, 1), new UnitTotal("hours", 8, 2, 2)]);
    }

    [Fact]
    public async Task A_background_worker_goes_on_after_a_failure()
    {
        await using var rig = await Start();
        rig.Totals.Chokes = "days";
        await rig.Log.StartAsync(Ct);
        await rig.Tallies.Execute(Guid.CreateVersion7(), Adding(4, "days"), By(), Ct);
        await rig.Until("select exists (select from projections.checkpoint where name = 'subscription/listener')");

        rig.Totals.Chokes = null;

        await rig.Until("select exists (select from fake.unit_totals where sum = 4)");
        await rig.Log.StopAsync(Ct);
    }

    [Fact]
    public async Task A_subscription_hears_every_published_fact_in_order_at_least_once()
    {
        await using var rig = await Start();
        for (var n = 1; n <= 5; n++) await rig.Tallies.Execute(Guid.CreateVersion7(), Adding(n), By(), Ct);
        rig.Listener.FailsOnceAt = 3;

        await Should.ThrowAsync<InvalidOperationException>(rig.CatchUp());
        await rig.CatchUp();

        rig.Listener.Heard.Select(f => ((SomebodyAdded)f.Fact).Amount).ShouldBe([1L, 2, 1, 2, 3, 4, 5]);
        rig.Listener.Heard.DistinctBy(f => f.EventId).Count().ShouldBe(5);
    }

    [Fact]
    public async Task Two_hosts_share_the_followers_and_every_fact_is_applied_once()
    {
        await using var rig = await Start();
        await using var second = await rig.SecondHost();
        await rig.Log.StartAsync(Ct);
        await second.Log.StartAsync(Ct);

        await Task.WhenAll(Enumerable.Range(0, 60).Select(n => Task.Run(() =>
            (n % 2 == 0 ? rig : second).Tallies.Execute(Guid.CreateVersion7(), Adding(1), By(), Ct))));
        await rig.CatchUp();

        (await rig.Scalar<long>("select sum from fake.unit_totals")).ShouldBe(60);
        rig.Listener.Heard.Concat(second.Listener.Heard).Select(f => f.EventId).Distinct().Count().ShouldBe(60);
        await rig.Log.StopAsync(Ct);
        await second.Log.StopAsync(Ct);
    }

    [Fact]
    public async Task A_follower_that_another_host_owns_is_left_alone()
    {
        await using var rig = await Start();
        await rig.Tallies.Execute(Guid.CreateVersion7(), Adding(1), By(), Ct);
        await rig.Get<Sequencer>().Step(Ct);
        var follower = new ProjectionFollower(rig.Totals, rig.Database, rig.Get<ReadModels>());
        await using var holder = await rig.Source.OpenConnectionAsync(Ct);
        await using var holding = await holder.BeginTransactionAsync(Ct);
        await using var own = new NpgsqlCommand(FollowerRunner.Own, holder) { Parameters = { new() { Value = follower.Name } } };
        await own.ExecuteNonQueryAsync(Ct);

        (await rig.Get<FollowerRunner>().Step(follower, Ct)).ShouldBe(Step.Busy);
        (await Totals(rig)).ShouldBeEmpty();
        await holding.RollbackAsync(Ct);
        (await rig.Get<FollowerRunner>().Step(follower, Ct)).ShouldBe(Step.Done);
    }

    [Fact]
    public async Task Followers_whom_nothing_new_concerns_go_to_the_end_without_reading()
    {
        await using var rig = await Start();
        var totals = new ProjectionFollower(rig.Totals, rig.Database, rig.Get<ReadModels>());
        var runner = rig.Get<FollowerRunner>();
        await rig.Tallies.Execute(Guid.CreateVersion7(), Adding(3, "hours"), By(), Ct);
        await rig.CatchUp();
        await runner.Look([totals], Ct);
        rig.Totals.Chokes = "days";
        await rig.Visits.Execute(Guid.CreateVersion7(), Planning("blue", 9, 11), By(), Ct);
        await rig.Get<Sequencer>().Step(Ct);

        await runner.Look([totals], Ct);
        runner.IsBehind(totals).ShouldBeFalse();
        (await Position(rig, totals)).ShouldBe(1);

        await rig.Tallies.Execute(Guid.CreateVersion7(), Adding(4, "days"), By(), Ct);
        await rig.Get<Sequencer>().Step(Ct);
        await runner.Look([totals], Ct);
        runner.IsBehind(totals).ShouldBeTrue();
        (await Position(rig, totals)).ShouldBe(1);
    }

    [Fact]
    public async Task Nobody_moves_a_follower_on_that_another_host_owns_or_whose_table_another_program_fills()
    {
        await using var rig = await Start();
        var totals = new ProjectionFollower(rig.Totals, rig.Database, rig.Get<ReadModels>());
        var runner = rig.Get<FollowerRunner>();
        await rig.Tallies.Execute(Guid.CreateVersion7(), Adding(3, "hours"), By(), Ct);
        await rig.CatchUp();
        await rig.Visits.Execute(Guid.CreateVersion7(), Planning("blue", 9, 11), By(), Ct);
        await rig.Get<Sequencer>().Step(Ct);
        await using (var holder = await rig.Source.OpenConnectionAsync(Ct))
        {
            await using var holding = await holder.BeginTransactionAsync(Ct);
            await using var own = new NpgsqlCommand(FollowerRunner.Own, holder) { Parameters = { new() { Value = totals.Name } } };
            await own.ExecuteNonQueryAsync(Ct);
            await runner.Look([totals], Ct);
            runner.IsBehind(totals).ShouldBeTrue();
        }

        await runner.Look([totals], Ct);
        runner.IsBehind(totals).ShouldBeFalse();
        await rig.Visits.Execute(Guid.CreateVersion7(), Planning("red", 9, 11), By(), Ct);
        await rig.Get<Sequencer>().Step(Ct);
        await rig.Execute("update projections.definition set digest = 'another' where name = 'fake.unit_totals'");
        await runner.Look([totals], Ct);
        runner.IsBehind(totals).ShouldBeTrue();
    }

    [Fact]
    public async Task A_reader_can_wait_until_a_projection_has_passed_what_was_written()
    {
        await using var rig = await Start();
        var fresh = rig.Get<Freshness>();
        var wrote = (await rig.Tallies.Execute(Guid.CreateVersion7(), Adding(1), By(), Ct)).Written().SeqId ?? 0;

        (await fresh.Wait(UnitTotals.Title, wrote, TimeSpan.Zero, TimeProvider.System, Ct)).ShouldBeFalse();
        var waiting = fresh.Wait(UnitTotals.Title, wrote, TimeSpan.FromMinutes(1), TimeProvider.System, Ct);
        await rig.CatchUp();

        (await waiting).ShouldBeTrue();
    }

    private static Task<long> Position(Rig rig, ProjectionFollower follower) => rig.Scalar<long>($"select position from projections.checkpoint where name = '{follower.Name}'");

    private static Task<List<UnitTotal>> Totals(Rig rig) =>
        rig.Database.Query(Fake.Module, Statement.Of(UnitTotals.Table.Select("order by unit")), UnitTotals.Table.Read, Ct);
}
