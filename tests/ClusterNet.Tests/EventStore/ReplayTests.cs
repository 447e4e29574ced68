using ClusterNet.EventStore;
using ClusterNet.Ledger;
using ClusterNet.Projections;
using ClusterNet.Tests.EventStore.Fakes;
using Shouldly;
using static ClusterNet.Tests.EventStore.Fakes.Given;
using static ClusterNet.Tests.EventStore.Fakes.Rig;

namespace ClusterNet.Tests.EventStore;

public class ReplayTests
{
    [Fact]
    public async Task What_the_events_say_equals_the_live_tables()
    {
        await using var rig = await Start();
        await Populate(rig);
        await rig.CatchUp();

        var reports = await rig.Get<Replay>().Verify(null, Ct);

        reports.Select(r => (r.Table, r.Equal, r.LiveRows, r.ReplayedRows)).ShouldBe([
            ("fake.room_uses", true, 2, 2), ("fake.tallies", true, 5, 5), ("fake.unit_totals", true, 2, 2)]);
        (await rig.Scalar<long>("select count(*) from pg_class where relname like 'replay%'")).ShouldBe(0);
    }

    [Fact]
    public async Task It_holds_while_events_wait_for_positions_and_projections_for_events()
    {
        await using var rig = await Start();
        await Populate(rig);
        await rig.CatchUp();
        await rig.Tallies.Execute(Guid.CreateVersion7(), Adding(1), By(), Ct);
        await rig.Get<Sequencer>().Step(Ct);
        await rig.Tallies.Execute(Guid.CreateVersion7(), Adding(1), By(), Ct);

        (await rig.Get<Replay>().Verify(null, Ct)).ShouldAllBe(r => r.Equal);
    }

    [Theory]
    [InlineData("update fake.tallies set sum = sum + 1 where sum = 20", "fake.tallies", "id=")]
    [InlineData("delete from fake.unit_totals where unit = 'days'", "fake.unit_totals", "unit=days")]
    [InlineData("insert into fake.unit_totals values ('years', 1, 1, 0)", "fake.unit_totals", "unit=years")]
    [InlineData("update fake.room_uses set room = 'white' where room = 'red'", "fake.room_uses", "room=white")]
    [InlineData("update fake.tallies set last_note = 'forged' where sum = 20", "fake.tallies", "id=")]
    public async Task A_row_that_somebody_changed_is_found_named_and_repaired(string tamper, string table, string named)
    {
        await using var rig = await Start();
        await Populate(rig);
        await rig.CatchUp();
        await rig.Execute(tamper);

        var found = (await rig.Get<Replay>().Verify(null, Ct)).Where(r => !r.Equal).ShouldHaveSingleItem();
        found.Table.ShouldBe(table);
        found.Differences.ShouldContain(d => d.Key.Contains(named, StringComparison.Ordinal));

        await rig.Get<Replay>().Rebuild([.. rig.Get<ReadModels>().Tables.Where(t => $"{t.Schema}.{t.Name}" == table)], null, Ct);
        (await rig.Get<Replay>().Verify(null, Ct)).ShouldAllBe(r => r.Equal);
        rig.Listener.Heard.Count.ShouldBe(6);
    }

    [Fact]
    public async Task Tables_are_rebuilt_under_writers_and_lose_nothing()
    {
        await using var rig = await Start();
        await Populate(rig);
        await rig.Log.StartAsync(Ct);
        var ids = Enumerable.Range(0, 4).Select(_ => Guid.CreateVersion7()).ToArray();

        var writing = Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(async () =>
        {
            for (var i = 0; i < 25; i++) await rig.Tallies.Execute(ids[(n + i) % 4], Adding(1, $"unit {n % 3}"), By(), Ct);
        })));
        var rebuilds = 0;
        do await rig.Get<Replay>().Rebuild([.. rig.Get<ReadModels>().Tables], null, Ct);
        while (++rebuilds < 3 || !writing.IsCompleted);
        await writing;
        await rig.CatchUp();
        await rig.Log.StopAsync(Ct);

        (await rig.Scalar<decimal>("select sum(sum) from fake.tallies where id = any($1)", ids)).ShouldBe(200);
        (await rig.Get<Replay>().Verify(null, Ct)).ShouldAllBe(r => r.Equal);
    }

    [Fact]
    public async Task Without_any_key_everything_but_the_personal_columns_is_the_same()
    {
        await using var rig = await Start();
        await Populate(rig);
        await rig.CatchUp();
        await using var drop = rig.Keys.CreateCommand("delete from keys.data_key");
        await drop.ExecuteNonQueryAsync(Ct);
        await using var afterwards = await rig.SecondHost();

        await afterwards.Get<Replay>().Rebuild([.. afterwards.Get<ReadModels>().Tables], null, Ct);

        (await rig.Scalar<bool>("select bool_and(last_note is null) and sum(sum) = 145 from fake.tallies")).ShouldBeTrue();
        (await afterwards.Get<Replay>().Verify(null, Ct)).ShouldAllBe(r => r.Equal);
    }

    [Fact]
    public async Task A_changed_table_is_made_anew_and_named_for_filling()
    {
        await using var rig = await Start();
        await Populate(rig);
        await rig.Execute("update projections.definition set digest = 'older' where name = 'fake.tallies'");

        var changed = await rig.Get<Installation>().Apply(Ct);
        changed.ShouldBe([TallyList.Table]);
        await rig.Get<Replay>().Rebuild(changed, null, Ct);

        (await rig.Scalar<long>("select count(*) from fake.tallies")).ShouldBe(5);
    }

    private static async Task Populate(Rig rig)
    {
        for (var n = 1; n <= 5; n++) await rig.Tallies.Execute(Guid.CreateVersion7(), Adding(n * 10, n % 2 == 0 ? "hours" : "days", $"note {n}"), By(), Ct);
        await rig.Tallies.Execute((await rig.Scalar<Guid>("select id from fake.tallies where sum = 50")), new AddToTally(-5, "hours", Ada, "less"), By(), Ct);
        await rig.Visits.Execute(Guid.CreateVersion7(), Planning(Slot("blue", 9, 11), Slot("red", 9, 11)), By(), Ct);
    }
}
